package dev.reckoner.ledger.report;

import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.SessionCursor;
import dev.reckoner.ledger.SessionPage;
import dev.reckoner.ledger.SessionQuery;
import dev.reckoner.ledger.SessionRow;
import dev.reckoner.ledger.SessionRow.ModelPart;
import dev.reckoner.ledger.Sums;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.ledger.store.Nanos;
import dev.reckoner.ledger.store.RowReader;
import dev.reckoner.ledger.store.SessionTally;
import dev.reckoner.ledger.store.Tally;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Lists sessions in two steps: which ones, by what the order needs of all of them; then all that is known of those on
 * the page.
 */
final class SessionSearch {
    private static final long DAY = Duration.ofDays(1).toNanos();

    /** The most days that are read at once. */
    private static final long DAYS_MAX = 64;

    private static final String AMOUNT = Arrays.stream(TokenType.values())
            .map(type -> "d." + Tally.amountColumn(type))
            .collect(Collectors.joining(" + "));

    private static final String DAYS = "d.epoch_day >= ? and d.epoch_day < ?";

    // index: rollups_sessions_session
    private static final String ROWS = "select " + SessionKey.COLUMNS + ", d.model, "
            + SessionTally.select().replace("r.", "d.") + " from rollups_sessions d where d.session_id = ? and "
            + DAYS;

    private final SessionQuery query;
    private final long firstDay;
    private final long behindLastDay;

    /** A session and where it stands in the order. */
    private record Place(SessionKey key, BigDecimal value) implements Comparable<Place> {
        SessionCursor cursor() {
            return new SessionCursor(value, key.tie());
        }

        @Override
        public int compareTo(Place other) {
            int order = other.value.compareTo(value);
            return order != 0 ? order : key.tie().compareTo(other.key.tie());
        }
    }

    private SessionSearch(SessionQuery query) {
        this.query = query;
        this.firstDay = Math.floorDiv(Nanos.of(query.from()), DAY);
        this.behindLastDay = -Math.floorDiv(-Nanos.of(query.until()), DAY);
    }

    static SessionPage page(Connection connection, SessionQuery query) throws SQLException {
        SessionSearch search = new SessionSearch(query);
        List<Place> places = search.places(connection);
        int limit = Math.max(1, Math.min(query.limit(), SessionQuery.LIMIT_MAX));
        if (places.size() <= limit) {
            return new SessionPage(search.rows(connection, places), null);
        }
        List<Place> page = places.subList(0, limit);
        return new SessionPage(
                search.rows(connection, page), page.get(limit - 1).cursor().toString());
    }

    /** Sessions that match, behind the cursor, in their order: all of them, or more than the page takes. */
    private List<Place> places(Connection connection) throws SQLException {
        return query.order() == SessionQuery.Order.COST ? byCost(connection) : byLast(connection);
    }

    private List<Place> byCost(Connection connection) throws SQLException {
        Map<SessionKey, BigDecimal> costs = new HashMap<>();
        // index: rollups_sessions_ cost, session, user, team or project
        each(connection, firstDay, behindLastDay, AMOUNT, (key, in) -> {
            costs.merge(key, in.moneyOrZero(), BigDecimal::add);
        });
        return behindCursor(costs);
    }

    /** Reads ever more days backwards until there are enough: whatever stands there was booked earlier. */
    private List<Place> byLast(Connection connection) throws SQLException {
        Map<SessionKey, BigDecimal> lasts = new HashMap<>();
        List<Place> places = List.of();
        long last = behindLastDay;
        long days = 1;
        while (places.size() <= query.limit() && last > firstDay) {
            long first = Math.max(firstDay, last - days);
            // index: primary key, or rollups_sessions_ session, user, team or project
            each(connection, first, last, "d.last_at", (key, in) -> {
                lasts.merge(key, BigDecimal.valueOf(in.longOrZero()), BigDecimal::max);
            });
            places = behindCursor(lasts);
            last = first;
            days = Math.min(DAYS_MAX, days * 2);
        }
        return places;
    }

    private List<Place> behindCursor(Map<SessionKey, BigDecimal> values) {
        String after = query.cursor();
        SessionCursor cursor = after == null ? null : SessionCursor.parse(after);
        List<Place> places = new ArrayList<>();
        values.forEach((key, value) -> {
            Place place = new Place(key, value);
            if (cursor == null || place.cursor().compareTo(cursor) > 0) {
                places.add(place);
            }
        });
        places.sort(Comparator.naturalOrder());
        return places;
    }

    private void each(Connection connection, long first, long behindLast, String value, Reading reading)
            throws SQLException {
        DimensionSql.Filter filter = DimensionSql.filter(query.where());
        String sql = "select " + SessionKey.COLUMNS + ", " + value + " from rollups_sessions d where " + DAYS
                + " and d.session_id <> '' and " + filter.condition();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, first);
            statement.setLong(2, behindLast);
            int parameter = 3;
            for (String text : filter.parameters()) {
                statement.setString(parameter++, text);
            }
            try (ResultSet result = statement.executeQuery()) {
                RowReader in = new RowReader(result);
                while (in.next()) {
                    reading.read(SessionKey.read(in), in);
                }
            }
        }
    }

    /** Adds the rows of a session, one for each model, to those on the page. */
    private void read(PreparedStatement statement, Map<SessionKey, Map<String, SessionTally>> models)
            throws SQLException {
        List<String> wanted = query.where().get(Dimension.MODEL);
        try (ResultSet result = statement.executeQuery()) {
            RowReader in = new RowReader(result);
            while (in.next()) {
                Map<String, SessionTally> ofSession = models.get(SessionKey.read(in));
                String model = in.textOrEmpty();
                if (ofSession != null && (wanted == null || wanted.contains(model))) {
                    ofSession.computeIfAbsent(model, none -> new SessionTally()).add(in);
                }
            }
        }
    }

    private List<SessionRow> rows(Connection connection, List<Place> page) throws SQLException {
        Map<SessionKey, Map<String, SessionTally>> models = new HashMap<>();
        page.forEach(place -> models.put(place.key(), new TreeMap<>()));
        try (PreparedStatement statement = connection.prepareStatement(ROWS)) {
            List<String> ids =
                    page.stream().map(place -> place.key().session()).distinct().toList();
            for (String id : ids) {
                statement.setString(1, id);
                statement.setLong(2, firstDay);
                statement.setLong(3, behindLastDay);
                read(statement, models);
            }
        }
        return page.stream()
                .map(place -> row(place.key(), models.getOrDefault(place.key(), Map.of())))
                .toList();
    }

    private static SessionRow row(SessionKey key, Map<String, SessionTally> models) {
        SessionTally whole = new SessionTally();
        List<ModelPart> parts = new ArrayList<>();
        models.forEach((model, tally) -> {
            whole.add(tally);
            Sums sums = tally.tally().sums();
            parts.add(new ModelPart(model, sums.amount(), sums));
        });
        parts.sort(Comparator.comparing(ModelPart::cost).reversed());
        Sums sums = whole.tally().sums();
        boolean counted = whole.startedAt() <= whole.endedAt();
        long start = counted ? whole.startedAt() : whole.tally().firstAt();
        long end = counted ? whole.endedAt() : whole.tally().lastAt();
        return new SessionRow(
                key.session(),
                key.user(),
                key.team(),
                key.project(),
                Nanos.toInstant(start),
                Nanos.toInstant(end),
                sums.amount(),
                sums,
                Duration.ofNanos(whole.apiNanos()),
                Duration.ofNanos(end - start),
                parts);
    }

    @FunctionalInterface
    private interface Reading {
        /** Takes the rest of a row. */
        void read(SessionKey key, RowReader in) throws SQLException;
    }
}
