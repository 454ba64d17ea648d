package dev.reckoner.app.export;

import dev.reckoner.app.export.parquet.ColumnType;
import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.TokenType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The table of days: sums by day and by everything that tells owners and prices apart, corrections folded in. */
final class Days {
    private static final List<Dimension> BY = List.of(
            Dimension.USER,
            Dimension.TEAM,
            Dimension.PROJECT,
            Dimension.KEY,
            Dimension.WORKSPACE,
            Dimension.MODEL,
            Dimension.SERVICE_TIER,
            Dimension.SPEED,
            Dimension.INFERENCE_GEO,
            Dimension.CONTEXT_WINDOW);

    private static final Duration DAY = Duration.ofDays(1);
    private static final int RATE_PLACES = 12;

    private Days() {}

    static List<Field<ReportRow>> fields() {
        List<Field<ReportRow>> fields = new ArrayList<>();
        fields.add(new Field<>(
                "day",
                ColumnType.TEXT,
                row -> LocalDate.ofInstant(start(row), ZoneOffset.UTC).toString()));
        for (int i = 0; i < BY.size(); i++) {
            int place = i;
            fields.add(new Field<>(
                    Facts.word(BY.get(i)), ColumnType.TEXT, row -> row.group().get(place)));
        }
        fields.add(new Field<>("exchanges", ColumnType.COUNT, row -> row.sums().exchanges()));
        fields.add(new Field<>("failed", ColumnType.COUNT, row -> row.sums().failed()));
        fields.add(new Field<>("pending", ColumnType.COUNT, row -> row.sums().pending()));
        fields.add(new Field<>("estimated", ColumnType.COUNT, row -> row.sums().estimated()));
        for (TokenType type : TokenType.values()) {
            fields.add(new Field<>(
                    Facts.word(type), ColumnType.COUNT, row -> row.sums().quantity(type)));
        }
        for (TokenType type : TokenType.values()) {
            fields.add(new Field<>(
                    Facts.word(type) + "_amount",
                    ColumnType.AMOUNT,
                    row -> row.sums().amount(type)));
        }
        fields.add(new Field<>("amount", ColumnType.AMOUNT, row -> row.sums().amount()));
        return fields;
    }

    /** The rows of a time, asked day by day, so that no more than one day is in memory. */
    static Stream<ReportRow> rows(Reports reports, Instant from, Instant until, Map<Dimension, List<String>> where) {
        Instant end = until.plus(DAY).minusNanos(1); // whole days, the last one too
        List<ReportRow> days = reports.report(new ReportQuery(from, end, Bucket.DAY, List.of(), Map.of()));
        return days.stream()
                .map(Days::start)
                .flatMap(day -> reports.report(new ReportQuery(day, day.plus(DAY), Bucket.DAY, BY, where)).stream());
    }

    /**
     * The charges of a row, one for each type of token.
     *
     * @param organization the billed one, null where it isn't known
     */
    static List<Charged> charged(ReportRow row, @Nullable String organization) {
        Instant start = start(row);
        Map<Dimension, String> group = new EnumMap<>(Dimension.class);
        for (int i = 0; i < BY.size(); i++) {
            group.put(BY.get(i), row.group().get(i));
        }
        List<Charged> charged = new ArrayList<>();
        for (TokenType type : TokenType.values()) {
            long quantity = row.sums().quantity(type);
            BigDecimal amount = row.sums().amount(type);
            if (quantity != 0 || amount.signum() != 0) {
                charged.add(new Charged(
                        "",
                        organization,
                        start,
                        start.plus(DAY),
                        group,
                        List.of(),
                        type,
                        quantity,
                        amount,
                        rate(type, quantity, amount),
                        BigDecimal.ONE,
                        null,
                        /* correction= */ false));
            }
        }
        return charged;
    }

    /** What was paid per million (thousand searches), null where it isn't one rate. */
    private static @Nullable BigDecimal rate(TokenType type, long quantity, BigDecimal amount) {
        if (quantity == 0) {
            return null;
        }
        BigDecimal unit = amount.movePointRight(type == TokenType.WEB_SEARCH ? 3 : 6);
        BigDecimal count = BigDecimal.valueOf(quantity);
        BigDecimal rate = unit.divide(count, RATE_PLACES, RoundingMode.HALF_EVEN);
        return rate.multiply(count).compareTo(unit) == 0 ? rate : null;
    }

    private static Instant start(ReportRow row) {
        return Objects.requireNonNull(row.start(), "a day has a start");
    }
}
