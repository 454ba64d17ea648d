package dev.reckoner.bench.micro;

import dev.reckoner.config.LimitRule;
import dev.reckoner.config.RateTables;
import dev.reckoner.config.Settings;
import dev.reckoner.config.Settings.LedgerSettings;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.Attribution.Part;
import dev.reckoner.ledger.Attribution.Source;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.ExchangeIds;
import dev.reckoner.ledger.Ledger;
import dev.reckoner.ledger.Opening;
import dev.reckoner.ledger.limit.Admission;
import dev.reckoner.ledger.limit.Ask;
import dev.reckoner.ledger.limit.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it takes to admit an exchange and to give back what it held: without limits, with one, and with 10,000, of which
 * six count for each exchange (of its user a budget, input tokens and concurrency; of its team, of its tag and of all a
 * budget). Two threads at once, each exchange another user's.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Threads(2)
@Fork(1)
public class AdmissionBench {
    private static final int USERS = 3_332;

    /** Limits that are set. */
    @Param({"0", "1", "10000"})
    private int limits;

    private final ExchangeIds ids = new ExchangeIds(Clock.systemUTC());
    private final List<Ask> asks = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();
    private @Nullable Ledger ledger;

    /** Opens empty books with the limits. */
    @Setup
    public void open() throws IOException {
        LedgerSettings like = Settings.defaults().ledger();
        Path directory = Files.createTempDirectory("admission");
        ledger = Ledger.open(
                new LedgerSettings(
                        directory,
                        like.journalUnwritable(),
                        like.journalQueueMax(),
                        like.journalSegmentBytes(),
                        like.applyBatchMax(),
                        like.applyInterval(),
                        like.bookingInstant(),
                        like.rules(),
                        new Settings.LimitSettings(rules(), null)),
                RateTables.builtIn(),
                Clock.systemUTC());
        Opening opening = Exchanges.opening(ids.next());
        Attribution whose = opening.attribution();
        for (int user = 0; user < USERS; user++) {
            Attribution other = new Attribution(
                    new Part("user" + user, Source.BODY),
                    whose.team(),
                    whose.project(),
                    whose.session(),
                    whose.tags(),
                    whose.key(),
                    whose.virtualKey());
            asks.add(new Ask(opening.route(), other, opening.asked(), 1_200, opening.startedAt()));
        }
    }

    /** Closes them. */
    @TearDown
    public void close() {
        Ledger open = ledger;
        if (open != null) {
            open.close();
        }
    }

    /** One exchange, admitted and given back. */
    @Benchmark
    public Verdict admitAndRelease() {
        Admission admission = opened().admission();
        ExchangeId id = ids.next();
        Verdict verdict = admission.admit(id, asks.get((next.getAndIncrement() & Integer.MAX_VALUE) % USERS));
        admission.release(id);
        return verdict;
    }

    private Ledger opened() {
        Ledger open = ledger;
        if (open == null) {
            throw new IllegalStateException("not set up");
        }
        return open;
    }

    private List<LimitRule> rules() {
        List<String> lines = new ArrayList<>();
        lines.add("all 1000000/month");
        lines.add("team=payments 1000000/week Europe/Berlin");
        lines.add("tag=env=prod 1000000/day");
        for (int user = 0; lines.size() < limits; user++) {
            lines.add("user=user" + user + " 1000000/day");
            lines.add("user=user" + user + " 9999999999 itpm");
            lines.add("user=user" + user + " 1000000 concurrent");
        }
        return lines.subList(0, limits).stream()
                .map(line -> LimitRule.parse(line).orElseThrow())
                .toList();
    }
}
