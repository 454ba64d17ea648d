package dev.reckoner.reconcile.learn;

import dev.reckoner.config.Prices;
import dev.reckoner.config.Rate;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.reconcile.booked.CellPrices;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The prices that a bill implies for a model under some terms, day by day, and the rows that say so. */
final class Timeline {

    private final Terms terms;
    private final SortedMap<LocalDate, Day> days = new TreeMap<>();

    Timeline(Terms terms) {
        this.terms = terms;
    }

    /** What a row of the rate table is for. */
    record Terms(String model, Rate.Speed speed, Rate.PromptTier tier) {}

    /** Which price of a row. */
    record Column(TokenType type, boolean batch) {}

    /** A day of the bill: the row that the table has for it, and the prices that were charged. */
    private static final class Day {
        private @Nullable Rate base;
        private final Map<Column, BigDecimal> prices = new HashMap<>();
    }

    /**
     * Adds a price that was charged.
     *
     * @return whether it is the only one of its class on that day
     */
    boolean add(LocalDate date, @Nullable Rate base, Column column, BigDecimal price) {
        Day day = days.computeIfAbsent(date, none -> new Day());
        day.base = base;
        BigDecimal other = day.prices.putIfAbsent(column, price);
        return other == null || other.compareTo(price) == 0;
    }

    /** The prices of a day that aren't the table's. */
    private static Map<Column, BigDecimal> changed(Day day, Map<Column, BigDecimal> before) {
        Map<Column, BigDecimal> changed = new HashMap<>(before);
        day.prices.forEach((column, price) -> {
            BigDecimal listed = day.base == null ? null : price(day.base, column);
            if (listed != null && listed.compareTo(price) == 0) {
                changed.remove(column);
            } else {
                changed.put(column, price);
            }
        });
        return changed;
    }

    /** Whether the rate table has no row for any of its days. */
    boolean unknown() {
        return days.values().stream().allMatch(day -> day.base == null);
    }

    /** From a day on, the same prices are charged that aren't those of the table's row. */
    private record Segment(LocalDate since, @Nullable Rate base, Map<Column, BigDecimal> changed) {}

    /**
     * The rows that differ from the table's, each from the first day that shows it to the first that shows another.
     *
     * @param sources what the rows name as their source
     */
    List<Rate> rows(String sources) {
        List<Rate> rows = new ArrayList<>();
        Segment segment = null;
        for (Map.Entry<LocalDate, Day> entry : days.entrySet()) {
            Day day = entry.getValue();
            boolean sameRow = segment != null && version(segment.base).equals(version(day.base));
            Map<Column, BigDecimal> changed = changed(day, segment != null && sameRow ? segment.changed : Map.of());
            if (segment == null || !sameRow || !changed.equals(segment.changed)) {
                add(rows, segment, entry.getKey(), sources);
                segment = new Segment(entry.getKey(), day.base, changed);
            }
        }
        add(rows, segment, null, sources);
        return rows;
    }

    private void add(List<Rate> rows, @Nullable Segment segment, @Nullable LocalDate until, String sources) {
        if (segment == null || segment.changed.isEmpty()) {
            return;
        }
        Rate base = segment.base;
        Instant end = until == null ? null : start(until);
        Instant baseEnd = base == null ? null : base.to();
        boolean baseFirst = baseEnd != null && (end == null || baseEnd.isBefore(end));
        Prices prices = prices(segment, false);
        if (prices == null) {
            return;
        }
        rows.add(new Rate(
                terms.model(),
                List.of(),
                start(segment.since),
                baseFirst ? baseEnd : end,
                terms.speed(),
                terms.tier(),
                prices,
                prices(segment, true),
                base == null ? BigDecimal.ONE : base.usMultiplier(),
                base == null ? "active" : base.status(),
                "high",
                sources,
                note(segment),
                "",
                ""));
    }

    private static @Nullable Prices prices(Segment segment, boolean batch) {
        Prices prices = new Prices(
                price(segment, TokenType.INPUT, batch),
                price(segment, TokenType.CACHE_WRITE_5M, batch),
                price(segment, TokenType.CACHE_WRITE_1H, batch),
                price(segment, TokenType.CACHE_READ, batch),
                price(segment, TokenType.OUTPUT, batch));
        boolean whole = prices.input() != null && prices.output() != null;
        return whole ? prices : null;
    }

    private static @Nullable BigDecimal price(Segment segment, TokenType type, boolean batch) {
        Column column = new Column(type, batch);
        BigDecimal changed = segment.changed.get(column);
        return changed == null && segment.base != null ? price(segment.base, column) : changed;
    }

    private static @Nullable BigDecimal price(Rate row, Column column) {
        Prices prices = column.batch ? row.batch() : row.prices();
        return prices == null ? null : CellPrices.price(prices, column.type);
    }

    private static String note(Segment segment) {
        String seen = segment.changed.keySet().stream()
                .map(column ->
                        (column.batch ? "batch " : "") + column.type.name().toLowerCase(Locale.ROOT))
                .sorted()
                .collect(Collectors.joining(" "));
        String rest =
                segment.base == null ? "; other classes and the geography factor were not seen" : "; else as before";
        return "billed so: " + seen + rest;
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static String version(@Nullable Rate row) {
        return row == null ? "" : row.version();
    }
}
