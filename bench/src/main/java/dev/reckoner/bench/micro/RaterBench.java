package dev.reckoner.bench.micro;

import dev.reckoner.config.RateTables;
import dev.reckoner.ledger.Charge;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.ExchangeIds;
import dev.reckoner.ledger.rating.Rater;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What rating one exchange costs: five token types at the built-in table's rates. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RaterBench {

    private final Rater rater = new Rater(RateTables.builtIn());
    private final Closing closing = Exchanges.closing(Exchanges.opening(new ExchangeIds(Clock.systemUTC()).next()));

    /** One exchange. */
    @Benchmark
    public Charge rate() {
        return rater.rate(closing, closing.endedAt());
    }
}
