package dev.reckoner.ledger.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.Books;
import dev.reckoner.ledger.ExchangeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Seeded lives of a journal: exchanges, faults, kills and power cuts in random order, over many restarts. Nothing whose
 * answer said "on disk" may ever be missing, and nothing may appear that was never appended.
 */
final class JournalCrashTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void life_withKillsAndPowerCuts_losesNothingPromised(long seed) throws Exception {
        new Life(seed).run();
    }

    private static final class Life {
        private static final int RESTARTS = 25;

        private final SplittableRandom random;
        private final String seed;
        private final ConcurrentLinkedQueue<Frame> promised = new ConcurrentLinkedQueue<>();
        private final Set<Frame> kept = new LinkedHashSet<>();
        private final Set<Frame> appended = new LinkedHashSet<>();
        private FakeFiles files = new FakeFiles();
        private long number;

        Life(long seed) {
            this.random = new SplittableRandom(seed);
            this.seed = "seed " + seed;
        }

        void run() throws Exception {
            for (int i = 0; i < RESTARTS; i++) {
                Journal.Limits limits = new Journal.Limits(
                        random.nextInt(2, 200), random.nextInt(100, 20_000), Duration.ofMillis(1), System::nanoTime);
                Journal journal = Journal.open(files, limits, Position.START, Samples::entry);
                check(journal, i);
                live(journal);
                files = end(journal);
                promised.clear();
            }
        }

        private void live(Journal journal) {
            int exchanges = random.nextInt(1, 60);
            for (int i = 0; i < exchanges; i++) {
                fault();
                number++;
                append(journal, Samples.opened(number), false);
                if (random.nextBoolean()) {
                    append(journal, Samples.noted(number), random.nextBoolean());
                }
                if (random.nextInt(5) > 0) {
                    append(journal, Samples.closed(number), false);
                }
            }
        }

        private void fault() {
            switch (random.nextInt(30)) {
                case 0 -> files.failSyncs(random.nextInt(1, 4));
                case 1 -> files.space(random.nextInt(2_000));
                case 2, 3, 4 -> files.space(Long.MAX_VALUE);
                default -> {}
            }
        }

        private void append(Journal journal, Frame frame, boolean careless) {
            appended.add(frame);
            if (careless) {
                journal.append(frame, Books.Done.NOTHING);
                return;
            }
            Acks ack = new Acks();
            journal.append(frame, failure -> {
                if (failure == null) {
                    promised.add(frame);
                }
                ack.done(failure);
            });
            if (random.nextInt(4) == 0) {
                ack.ok();
            }
        }

        /** The snapshot comes after the promises were counted, never before. */
        private FakeFiles end(Journal journal) {
            List<Frame> before = new ArrayList<>(promised);
            FakeFiles left;
            switch (random.nextInt(3)) {
                case 0 -> {
                    files.space(Long.MAX_VALUE);
                    files.failSyncs(0);
                    journal.close();
                    before = new ArrayList<>(promised);
                    left = files.afterPowerCut(random);
                }
                case 1 -> left = files.afterKill();
                default -> left = files.afterPowerCut(random);
            }
            kept.addAll(before);
            journal.close();
            return left;
        }

        private void check(Journal journal, int restart) {
            List<Frame> frames = Acks.read(journal, Position.START);
            Set<Frame> found = new LinkedHashSet<>(frames);
            for (Frame frame : kept) {
                assertTrue(found.contains(frame), () -> seed + ", restart " + restart + ": lost " + frame);
            }
            assertTrue(appended.containsAll(found), () -> seed + ": something was never appended");
            Map<ExchangeId, Frame> open = new HashMap<>();
            Set<ExchangeId> closed = new LinkedHashSet<>();
            for (Frame frame : frames) {
                if (frame instanceof Frame.Closed) {
                    open.remove(frame.id());
                    closed.add(frame.id());
                } else if (!closed.contains(frame.id())) {
                    open.put(frame.id(), frame);
                }
            }
            assertEquals(
                    Set.copyOf(open.values()),
                    Set.copyOf(journal.inFlight(List.of())),
                    () -> seed + ", restart " + restart + ": in flight");
        }
    }
}
