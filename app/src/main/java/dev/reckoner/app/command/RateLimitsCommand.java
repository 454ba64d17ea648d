package dev.reckoner.app.command;

import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.RateLimitQuery;
import dev.reckoner.ledger.RateLimitRow;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code ratelimits}: peaks per minute against the vendor's limits, the cache rate, and who was throttled. */
@Command(
        name = "ratelimits",
        sortOptions = false,
        description = "Show peak tokens and requests per minute against the vendor's limits, and who was throttled.")
final class RateLimitsCommand implements Callable<Integer> {
    private static final Span DAY = new Span(1, "d");
    private static final List<Dimension> GROUPS = List.of(Dimension.MODEL, Dimension.USER, Dimension.KEY);

    private final Shell shell;
    private final Door door;

    @Mixin
    private final PeriodOptions period = new PeriodOptions();

    @Option(
            names = "--bucket",
            paramLabel = "WIDTH",
            converter = Converters.Width.class,
            description = "1m or 1h; 1h without it.")
    private Bucket bucket = Bucket.HOUR;

    @Option(
            names = "--by",
            paramLabel = "WHAT",
            converter = Converters.By.class,
            description = "model, user or key; model without it. The limits are the vendor's for a model.")
    private Dimension by = Dimension.MODEL;

    @Mixin
    private final FormatOptions format = new FormatOptions();

    @Mixin
    private final ReadOptions read = new ReadOptions();

    @Spec
    private @Nullable CommandSpec spec;

    RateLimitsCommand(Shell shell, Door door) {
        this.shell = shell;
        this.door = door;
    }

    @Override
    public Integer call() {
        check(bucket == Bucket.MINUTE || bucket == Bucket.HOUR, "--bucket", "1m or 1h");
        check(GROUPS.contains(by), "--by", "model, user or key");
        Period asked = period.period(shell.clock(), DAY);
        try (OpenBooks books = read.open(shell, door)) {
            List<RateLimitRow> rows =
                    books.reports().rateLimits(new RateLimitQuery(asked.from(), asked.until(), bucket, by));
            if (format.json()) {
                RateLimitData.json(shell.out(), rows, by, asked);
            } else if (format.csv()) {
                RateLimitData.csv(shell.out(), rows, by);
            } else {
                new RateLimitTable(shell, bucket, by).print(rows, asked);
            }
        }
        return ExitCodes.FINE;
    }

    private void check(boolean right, String option, String expected) {
        if (!right && spec != null) {
            throw new ParameterException(
                    spec.commandLine(), "Invalid value for option '" + option + "': expected " + expected);
        }
    }
}
