package dev.reckoner.ledger.insight;

import dev.reckoner.config.Discount;
import dev.reckoner.config.Rate;
import dev.reckoner.config.RateTable;
import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.Sums;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The sums of a time, each of which has one price per type of token and prompt tier. The time is read in as few stretches
 * as that allows: a change of prices parts it only where something was served under the terms that it changes, before it
 * and after it.
 */
final class Cells {
    private static final List<Dimension> TERMS =
            List.of(Dimension.MODEL, Dimension.SERVICE_TIER, Dimension.SPEED, Dimension.INFERENCE_GEO);

    private static final Duration DAY = Duration.ofDays(1);

    private final Reports reports;
    private final Instant until;
    private final Map<Dimension, List<String>> where;

    /** Which part a time in any case: whole days are read from smaller tables. */
    private final Set<Instant> midnights;

    /** Under which terms anything was served, by the start of the time in which no price of the table changes. */
    private final SortedMap<Instant, List<Terms>> served = new TreeMap<>();

    private long exchanges;
    private BigDecimal spent = BigDecimal.ZERO;

    /** Looks what there is of a time. */
    Cells(Reports reports, RateTable rates, Instant from, Instant until, Map<Dimension, List<String>> where) {
        this.reports = reports;
        this.until = until;
        this.where = where;
        this.midnights = new TreeSet<>(List.of(midnight(from.plus(DAY).minusNanos(1)), midnight(until)));
        Instant start = from;
        for (Instant end : ends(rates, from)) {
            served.put(start, served(start, end));
            start = end;
        }
    }

    private List<Terms> served(Instant start, Instant end) {
        List<Terms> terms = new ArrayList<>();
        for (ReportRow row : reports.report(new ReportQuery(start, end, Bucket.ALL, TERMS, where))) {
            terms.add(Terms.of(group(TERMS, row), start));
            exchanges += row.sums().exchanges();
            spent = spent.add(row.sums().amount());
        }
        return terms;
    }

    /** Metered exchanges of the whole time. */
    long exchanges() {
        return exchanges;
    }

    /** What they cost, USD. */
    BigDecimal spent() {
        return spent;
    }

    /**
     * Hands cells over, stretch by stretch.
     *
     * @param by what to tell owners apart by; what decides prices comes besides
     * @param judged what is looked at in terms: while it stays equal, sums may run on
     */
    void read(List<Dimension> by, Function<Terms, ?> judged, Consumer<Cell> to) {
        Set<Dimension> asked = new LinkedHashSet<>(by);
        asked.addAll(TERMS);
        List<Dimension> dimensions = List.copyOf(asked);
        List<Stretch> stretches = stretches(judged);
        for (int i = 0; i < stretches.size(); i++) {
            Stretch stretch = stretches.get(i);
            Instant end = i + 1 < stretches.size() ? stretches.get(i + 1).from : until;
            for (ReportRow row : reports.report(new ReportQuery(stretch.from, end, Bucket.ALL, dimensions, where))) {
                to.accept(stretch.cell(group(dimensions, row), row.sums()));
            }
        }
    }

    private List<Stretch> stretches(Function<Terms, ?> judged) {
        List<Stretch> stretches = new ArrayList<>();
        served.forEach((start, terms) -> {
            Stretch last = stretches.isEmpty() ? null : stretches.get(stretches.size() - 1);
            if (last == null || midnights.contains(start) || !last.goesOn(terms, judged)) {
                last = new Stretch(start);
                stretches.add(last);
            }
            terms.forEach(last::add);
        });
        return stretches;
    }

    /** A time in which all terms that anything was served under are judged alike. */
    private static final class Stretch {
        private final Instant from;
        private final Map<Terms, Terms> terms = new HashMap<>();

        Stretch(Instant from) {
            this.from = from;
        }

        boolean goesOn(Collection<Terms> more, Function<Terms, ?> judged) {
            return more.stream().allMatch(next -> {
                Terms before = terms.get(next.at(from));
                return before == null || judged.apply(before).equals(judged.apply(next));
            });
        }

        /** Takes terms with an instant at which something was served under them. */
        void add(Terms more) {
            terms.putIfAbsent(more.at(from), more);
        }

        Cell cell(Map<Dimension, String> group, Sums sums) {
            Terms ofGroup = Terms.of(group, from);
            return new Cell(group, terms.getOrDefault(ofGroup, ofGroup), sums);
        }
    }

    private static Map<Dimension, String> group(List<Dimension> dimensions, ReportRow row) {
        Map<Dimension, String> group = new EnumMap<>(Dimension.class);
        for (int i = 0; i < dimensions.size(); i++) {
            group.put(dimensions.get(i), row.group().get(i));
        }
        return group;
    }

    /** The instants within the time at which a price changes, its first and its last midnight, and its end. */
    private List<Instant> ends(RateTable rates, Instant from) {
        TreeSet<Instant> ends = new TreeSet<>(midnights);
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

    private static Instant midnight(Instant instant) {
        return instant.truncatedTo(ChronoUnit.DAYS);
    }

    private static void add(Set<Instant> instants, @Nullable Instant instant) {
        if (instant != null) {
            instants.add(instant);
        }
    }
}
