package dev.reckoner.simulator.admin;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The bill: what the books show now, priced by the tariff. */
final class Billing {
    private final Books books;
    private final Tariff tariff;
    private final Clock clock;

    Billing(Books books, Tariff tariff, Clock clock) {
        this.books = books;
        this.tariff = tariff;
        this.clock = clock;
    }

    /** Every line that the reports show now, by buckets of a width. */
    List<BillLine> lines(Instant from, Instant until, Width width) {
        Instant now = clock.instant();
        List<BillLine> lines = new ArrayList<>();
        books.shown(from, until, width, now).forEach((cell, sum) -> lines.addAll(tariff.lines(cell, sum, now)));
        lines.addAll(times(from, until, width));
        return lines;
    }

    /** The lines of charged time alone. */
    List<BillLine> times(Instant from, Instant until, Width width) {
        return books.times(from, until, clock.instant()).stream()
                .map(time -> tariff.line(time, width.start(time.at())))
                .toList();
    }

    /** How much each plant moves the bill away from the published prices of all ordinary receipts. */
    Map<Planted, BigDecimal> effects(Instant from, Instant until) {
        Map<Planted, BigDecimal> effects = new EnumMap<>(Planted.class);
        for (BillLine line : lines(from, until, Width.DAY)) {
            Planted planted = line.terms().planted();
            if (planted == null) {
                add(effects, Planted.RATE, line.listUsd().subtract(line.publishedUsd()));
                add(effects, Planted.DISCOUNT, line.amountUsd().subtract(line.listUsd()));
            } else {
                add(effects, planted, line.amountUsd());
            }
        }
        Instant now = clock.instant();
        books.hidden(from, until, Width.DAY, now).forEach((cell, sum) -> {
            for (BillLine line : tariff.lines(cell, sum, now)) {
                if (cell.terms().planted() == null) {
                    add(effects, Planted.LATE, line.publishedUsd().negate());
                }
            }
        });
        return effects;
    }

    private static void add(Map<Planted, BigDecimal> effects, Planted planted, BigDecimal usd) {
        if (usd.signum() != 0) {
            effects.merge(planted, usd, BigDecimal::add);
        }
    }
}
