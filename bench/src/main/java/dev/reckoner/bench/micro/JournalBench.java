package dev.reckoner.bench.micro;

import dev.reckoner.config.RateTables;
import dev.reckoner.config.Settings;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.ExchangeIds;
import dev.reckoner.ledger.Opening;
import dev.reckoner.ledger.journal.Frame;
import dev.reckoner.ledger.journal.Journal;
import dev.reckoner.ledger.journal.Position;
import dev.reckoner.ledger.rating.Rater;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many exchanges a second the journal takes: each books its opening, waits for the disk, books its entry, waits for
 * the disk, and makes room for the next. The files lie below the system property {@code bench.dir}, on whatever disk
 * that is.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class JournalBench {

    private static final int EXCHANGES = 2_048;

    /** Exchanges in flight at a time. */
    @Param({"1", "64"})
    private int openers;

    private final ExchangeIds ids = new ExchangeIds(Clock.systemUTC());
    private final Rater rater = new Rater(RateTables.builtIn());
    private @Nullable Path directory;
    private @Nullable Journal journal;

    /** Opens an empty journal. */
    @Setup
    public void open() throws IOException {
        Path base = Path.of(System.getProperty("bench.dir", System.getProperty("java.io.tmpdir", ".")));
        Path made = Files.createTempDirectory(Files.createDirectories(base), "journal");
        directory = made;
        Function<Closing, Entry> booking =
                closing -> new Entry(closing, rater.rate(closing, closing.endedAt()), closing.endedAt());
        journal = Journal.open(made, Settings.defaults().ledger(), Position.START, booking);
    }

    /** So many exchanges, at most {@link #openers} of them in flight. */
    @Benchmark
    @OperationsPerInvocation(EXCHANGES)
    public long exchanges() throws InterruptedException {
        Journal open = opened();
        Round round = new Round(open);
        round.run();
        open.release(open.end());
        return open.frames();
    }

    /** Closes the journal and removes its files. */
    @TearDown
    public void close() throws IOException {
        opened().close();
        Path made = directory;
        if (made == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(made)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private Journal opened() {
        Journal open = journal;
        if (open == null) {
            throw new IllegalStateException("the journal is not open");
        }
        return open;
    }

    /** One invocation. What follows an answer is only appended, so it may be done on the writer's thread. */
    private final class Round {

        private final Journal journal;
        private final AtomicInteger left = new AtomicInteger(EXCHANGES);
        private final CountDownLatch over = new CountDownLatch(EXCHANGES);
        private final AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();

        Round(Journal journal) {
            this.journal = journal;
        }

        void run() throws InterruptedException {
            for (int i = 0; i < openers; i++) {
                next();
            }
            over.await();
            Throwable failure = failed.get();
            if (failure != null) {
                throw new IllegalStateException("the journal failed", failure);
            }
        }

        private void next() {
            if (left.getAndDecrement() > 0) {
                Opening opening = Exchanges.opening(ids.next());
                journal.append(new Frame.Opened(opening), failure -> opened(opening, failure));
            }
        }

        private void opened(Opening opening, @Nullable Throwable failure) {
            note(failure);
            journal.book(Exchanges.closing(opening), this::booked);
        }

        private void booked(@Nullable Throwable failure) {
            note(failure);
            over.countDown();
            next();
        }

        private void note(@Nullable Throwable failure) {
            if (failure != null) {
                failed.compareAndSet(null, failure);
            }
        }
    }
}
