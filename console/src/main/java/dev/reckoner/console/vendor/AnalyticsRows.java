package dev.reckoner.console.vendor;

import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.Reports;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of an analytics question from our books. Which exchanges are Claude Code's is known by a tag, and rows by
 * tag overlap; so its part is read by itself and taken away from the whole, which is exact.
 */
final class AnalyticsRows {
    private static final String NOT_AVAILABLE = "not_available";

    private final AnalyticsQuery query;
    private final AnalyticsRange range;
    private final List<Dimension> by;
    private final Map<Place, Total> totals = new HashMap<>();

    private AnalyticsRows(AnalyticsQuery query, AnalyticsRange range) {
        this.query = query;
        this.range = range;
        this.by = query.by();
    }

    private record Place(Instant start, List<String> values) {}

    /**
     * One page.
     *
     * @param more whether rows follow
     */
    record Page(List<AnalyticsRow> rows, boolean more) {}

    /**
     * The page after that cursor, the first one without. In the order of time no more is read than it takes to fill it.
     * Blocks.
     */
    static Page page(Reports reports, AnalyticsQuery query, @Nullable String cursor) {
        Cursor.Row after = cursor == null ? null : query.cursor().readRow(cursor);
        boolean byTime = query.orderBy().equals(AnalyticsQuery.TIME);
        List<AnalyticsRange> pieces = new ArrayList<>(byTime ? query.range().pieces() : List.of(query.range()));
        if (!query.ascending()) {
            Collections.reverse(pieces);
        }
        List<AnalyticsRow> found = new ArrayList<>();
        for (AnalyticsRange piece : pieces) {
            if (after != null && !piece.holds(after.start())) {
                continue;
            }
            List<AnalyticsRow> rows = new AnalyticsRows(query, piece).read(reports);
            if (after != null) {
                rows = rows.subList(
                        after.place(rows.stream().map(AnalyticsRow::identity).toList()), rows.size());
                after = null;
            }
            found.addAll(rows);
            if (found.size() > query.limit()) {
                return new Page(found.subList(0, query.limit()), true);
            }
        }
        if (after != null) {
            after.place(List.of());
        }
        return new Page(found, false);
    }

    private List<AnalyticsRow> read(Reports reports) {
        if (!query.filters().nothing() && !range.nothing()) {
            Map<Dimension, List<String>> where = where();
            for (ReportRow row : rows(reports, where)) {
                add(row);
            }
            if (query.byProduct()) {
                where.put(Dimension.TAG, List.of(ClaudeCode.TAG));
                rows(reports, where).forEach(this::move);
            }
        }
        return sorted();
    }

    private List<ReportRow> rows(Reports reports, Map<Dimension, List<String>> where) {
        BucketWidth width = range.width();
        Bucket bucket = width == null ? Bucket.ALL : width.bucket();
        return reports.report(new ReportQuery(range.from(), range.until(), bucket, by, where));
    }

    /** The filters in the books' values: no geography is the vendor's {@code not_available}. */
    private Map<Dimension, List<String>> where() {
        Map<Dimension, List<String>> where = new EnumMap<>(Dimension.class);
        where.putAll(query.filters().where());
        where.computeIfPresent(Dimension.INFERENCE_GEO, (dimension, values) -> {
            List<String> known = new ArrayList<>(values);
            if (values.contains(NOT_AVAILABLE)) {
                known.add("");
            }
            return known;
        });
        return where;
    }

    private void add(ReportRow row) {
        if (wanted(row, /* claudeCode= */ false)) {
            total(row, /* claudeCode= */ false).add(row.sums());
        }
    }

    /** Moves Claude Code's part from the rest to its own. */
    private void move(ReportRow row) {
        if (wanted(row, /* claudeCode= */ false)) {
            total(row, /* claudeCode= */ false).subtract(row.sums());
        }
        if (wanted(row, /* claudeCode= */ true)) {
            total(row, /* claudeCode= */ true).add(row.sums());
        }
    }

    private boolean wanted(ReportRow row, boolean claudeCode) {
        List<String> products = query.products();
        if (!products.isEmpty() && !products.contains(product(row, claudeCode))) {
            return false;
        }
        AnalyticsQuery.ActorFilter actors = query.actors();
        if (actors.none()) {
            return true;
        }
        Actor actor = actor(row);
        return actor != null
                && (actors.ids().isEmpty() || actors.ids().contains(actor.id()))
                && (actors.types().isEmpty() || actors.types().contains(actor.type()));
    }

    private Total total(ReportRow row, boolean claudeCode) {
        List<String> values = new ArrayList<>();
        for (Key key : query.keys()) {
            values.add(value(key, row, claudeCode));
        }
        Instant stated = row.start();
        Instant start = range.width() == null || stated == null ? range.from() : stated;
        return totals.computeIfAbsent(new Place(start, List.copyOf(values)), none -> new Total());
    }

    private String value(Key key, ReportRow row, boolean claudeCode) {
        if (key.equals(AnalyticsKeys.PRODUCT)) {
            return product(row, claudeCode);
        }
        boolean whole = key.equals(AnalyticsKeys.ACTOR);
        if (whole || key.equals(AnalyticsKeys.ACTOR_TYPE)) {
            Actor actor = actor(row);
            if (actor == null) {
                return "";
            }
            return whole ? actor.joined() : actor.type();
        }
        Dimension dimension = key.dimension();
        String value = dimension == null ? "" : of(row, dimension);
        return dimension == Dimension.INFERENCE_GEO && value.equals(NOT_AVAILABLE) ? "" : value;
    }

    private String product(ReportRow row, boolean claudeCode) {
        return Product.of(of(row, Dimension.SERVICE_TIER), claudeCode).text();
    }

    private @Nullable Actor actor(ReportRow row) {
        return Actor.of(of(row, Dimension.USER), of(row, Dimension.KEY));
    }

    private String of(ReportRow row, Dimension dimension) {
        return row.group().get(by.indexOf(dimension));
    }

    private List<AnalyticsRow> sorted() {
        List<AnalyticsRow> rows = new ArrayList<>();
        totals.forEach((place, total) -> {
            if (!total.empty()) {
                rows.add(new AnalyticsRow(place.start(), place.values(), total.sums()));
            }
        });
        String orderBy = query.orderBy();
        Comparator<AnalyticsRow> order = orderBy.equals(AnalyticsQuery.TIME)
                ? Comparator.comparing(AnalyticsRow::start)
                : Comparator.comparing(row -> row.figure(orderBy));
        rows.sort((query.ascending() ? order : order.reversed())
                .thenComparing(AnalyticsRow::start)
                .thenComparing(AnalyticsRow::values, AnalyticsRows::compare));
        return rows;
    }

    private static int compare(List<String> one, List<String> other) {
        int order = 0;
        for (int i = 0; order == 0 && i < one.size(); i++) {
            order = one.get(i).compareTo(other.get(i));
        }
        return order;
    }
}
