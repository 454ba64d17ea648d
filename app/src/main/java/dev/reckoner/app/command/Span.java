package dev.reckoner.app.command;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** A {@code --last}: so many of a unit up to now. Minutes and hours roll; longer ones are whole UTC days, today's too. */
public record Span(int count, String unit) {

    public Instant start(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return switch (unit) {
            case "m" -> now.minus(count, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.MINUTES);
            case "h" -> now.minus(count, ChronoUnit.HOURS).truncatedTo(ChronoUnit.HOURS);
            case "d" -> start(today.minusDays(count - 1L));
            case "w" -> start(today.minusWeeks(count).plusDays(1));
            case "mo" -> start(today.minusMonths(count).plusDays(1));
            default -> throw new IllegalArgumentException("found unit " + unit);
        };
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
