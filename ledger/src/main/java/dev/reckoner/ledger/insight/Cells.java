package dev.reckoner.ledger.insight;

import dev.reckoner.config.Discount;
import dev.reckoner.config.Rate;
import dev.reckoner.config.RateTable;
import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.Reports;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the sums of a time in stretches within which no price of the table changes, so that every sum has one price per
 * type of token and prompt tier.
 */
final class Cells {
    private static final List<Dimension> TERMS =
            List.of(Dimension.MODEL, Dimension.SERVICE_TIER, Dimension.SPEED, Dimension.INFERENCE_GEO);

    private final Reports reports;
    private final RateTable rates;

    Cells(Reports reports, RateTable rates) {
        this.reports = reports;
        this.rates = rates;
    }

    /**
     * Hands them over, stretch by stretch.
     *
     * @param by what to tell owners apart by; what decides prices comes besides
     */
    void read(Instant from, Instant until, List<Dimension> by, Map<Dimension, List<String>> where, Consumer<Cell> to) {
        Set<Dimension> asked = new LinkedHashSet<>(by);
        asked.addAll(TERMS);
        List<Dimension> dimensions = List.copyOf(asked);
        Map<Terms, Terms> same = new HashMap<>();
        Instant start = from;
        for (Instant end : ends(from, until)) {
            for (ReportRow row : reports.report(new ReportQuery(start, end, Bucket.ALL, dimensions, where))) {
                to.accept(cell(dimensions, row, start, same));
            }
            start = end;
        }
    }

    private static Cell cell(List<Dimension> dimensions, ReportRow row, Instant at, Map<Terms, Terms> same) {
        Map<Dimension, String> group = new EnumMap<>(Dimension.class);
        for (int i = 0; i < dimensions.size(); i++) {
            group.put(dimensions.get(i), row.group().get(i));
        }
        Terms terms = Terms.of(group, at);
        return new Cell(group, same.computeIfAbsent(terms, none -> terms), row.sums());
    }

    /** The instants within the time at which a price changes, and its end. */
    private List<Instant> ends(Instant from, Instant until) {
        TreeSet<Instant> ends = new TreeSet<>();
        for (Rate rate : rates.rates()) {
            add(ends, rate.from());
            add(ends, rate.to());
        }
        for (Discount discount : rates.discounts()) {
            add(ends, discount.from());
            add(ends, discount.to());
        }
        List<Instant> within = new ArrayList<>();
        for (Instant end : ends) {
            if (end.isAfter(from) && end.isBefore(until)) {
                within.add(end);
            }
        }
        within.add(until);
        return within;
    }

    private static void add(Set<Instant> instants, @Nullable Instant instant) {
        if (instant != null) {
            instants.add(instant);
        }
    }
}
