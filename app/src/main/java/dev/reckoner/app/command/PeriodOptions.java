package dev.reckoner.app.command;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that say which time a report is about. */
public final class PeriodOptions {
    @Option(
            names = "--since",
            paramLabel = "DAY",
            converter = Converters.Day.class,
            description = "First UTC day, as 2026-11-21 or 20261121.")
    private @Nullable LocalDate since;

    @Option(
            names = "--until",
            paramLabel = "DAY",
            converter = Converters.Day.class,
            description = "Last UTC day, inclusive. Without it: up to now.")
    private @Nullable LocalDate until;

    @Option(
            names = "--last",
            paramLabel = "SPAN",
            converter = Converters.Last.class,
            description = "Up to now: 90m and 24h roll, 7d, 4w and 3mo are whole UTC days and include today.")
    private @Nullable Span last;

    @Spec(Target.MIXEE)
    private @Nullable CommandSpec command;

    /** Whether any of them was given. */
    public boolean given() {
        return since != null || until != null || last != null;
    }

    /**
     * The period asked for.
     *
     * @param otherwise what holds where nothing was said
     */
    public Period period(Clock clock, Span otherwise) {
        Instant now = clock.instant();
        if (last != null && since != null) {
            throw wrong("found --since and --last, expected one of them");
        }
        Instant end = until == null ? tomorrow(now) : day(until.plusDays(1));
        Instant start = since != null ? day(since) : (last == null ? otherwise : last).start(reference(now));
        if (!start.isBefore(end)) {
            throw wrong("found a period that ends before it starts (" + start + " to " + end
                    + "), expected --since not after --until");
        }
        return new Period(start, end);
    }

    /** With {@code --until}, spans count back from the end of that day. */
    private Instant reference(Instant now) {
        return until == null ? now : day(until.plusDays(1)).minusNanos(1);
    }

    private static Instant tomorrow(Instant now) {
        return now.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
    }

    private static Instant day(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private ParameterException wrong(String message) {
        if (command == null) {
            throw new IllegalStateException("not part of a command");
        }
        return new ParameterException(command.commandLine(), message);
    }
}
