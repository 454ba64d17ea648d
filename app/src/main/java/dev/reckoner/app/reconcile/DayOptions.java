package dev.reckoner.app.reconcile;

import dev.reckoner.app.command.Converters;
import dev.reckoner.app.command.Shell;
import dev.reckoner.reconcile.ReconcileRequest;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that say which UTC days are meant: the last seven that are over, unless told otherwise. */
final class DayOptions {

    private static final int DAYS_USUAL = 7;
    private static final int DAYS_MAX = 366;

    @Spec(Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--from",
            paramLabel = "DAY",
            converter = Converters.Day.class,
            description = "First UTC day. Without it: seven days before the last.")
    private @Nullable LocalDate from;

    @Option(
            names = "--to",
            paramLabel = "DAY",
            converter = Converters.Day.class,
            description = "Last UTC day, inclusive. Without it: yesterday.")
    private @Nullable LocalDate to;

    /** The days, with a tolerance. */
    ReconcileRequest request(Shell shell, BigDecimal tolerance) {
        LocalDate yesterday =
                LocalDate.ofInstant(shell.clock().instant(), ZoneOffset.UTC).minusDays(1);
        LocalDate last = to == null ? yesterday : to;
        LocalDate first = from == null ? last.minusDays(DAYS_USUAL - 1L) : from;
        if (first.isAfter(last)) {
            throw wrong("found --from " + first + " after --to " + last + ", expected the first day first");
        }
        if (first.plusDays(DAYS_MAX).isBefore(last)) {
            throw wrong("found more than " + DAYS_MAX + " days, expected at most a year at once");
        }
        return new ReconcileRequest(first, last, tolerance);
    }

    private ParameterException wrong(String message) {
        if (command == null) {
            throw new IllegalStateException("not part of a command");
        }
        return new ParameterException(command.commandLine(), message);
    }
}
