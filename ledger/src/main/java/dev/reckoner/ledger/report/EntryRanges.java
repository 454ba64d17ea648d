package dev.reckoner.ledger.report;

import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.EntryCursor;
import dev.reckoner.ledger.EntryFilter;
import dev.reckoner.ledger.EntryQuery;
import dev.reckoner.ledger.store.Nanos;
import dev.reckoner.ledger.store.RowReader;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where metered entries that match may lie, newest first: the rollups say from when to when each session, and each owner on
 * each day, was booked; under each tag, where tags are asked for. So a search for what is rare doesn't walk through what is
 * frequent. Reads ever longer windows of days, backwards. Used once.
 */
final class EntryRanges {
    private static final long DAY = Duration.ofDays(1).toNanos();

    /** The most days that are looked up at once. */
    private static final long WINDOW_MAX = 64;

    private static final Set<Dimension> OF_SESSIONS =
            Set.of(Dimension.SESSION, Dimension.USER, Dimension.TEAM, Dimension.PROJECT, Dimension.MODEL);

    // index: primary key, or rollups_sessions_ session, user, team or project
    private static final String SESSIONS = "rollups_sessions";

    // index: primary keys of the rollups and of dims
    private static final String WITH_TUPLES = " r join dims d on d.dims_id = r.dims_id";

    private final Connection connection;
    private final Map<Dimension, List<String>> where;
    private final EntryFilter only;
    private final boolean sessions;
    private final String table;
    private final long first;
    private final Deque<Range> ranges = new ArrayDeque<>();
    private long last;
    private long window = 1;

    /** From an instant to another one, both inclusive. */
    record Range(Instant first, Instant last) {}

    EntryRanges(Connection connection, EntryQuery query) throws SQLException {
        this.connection = connection;
        this.only = query.only();
        Map<Dimension, List<String>> known = new EnumMap<>(Dimension.class);
        query.where().forEach((dimension, values) -> {
            if (OF_SESSIONS.contains(dimension)) {
                known.put(dimension, values);
            }
        });
        this.sessions = !known.isEmpty() || query.where().isEmpty() || only.amountLeast() != null;
        this.where = sessions ? known : new EnumMap<>(query.where());
        this.table = sessions ? SESSIONS : where.containsKey(Dimension.TAG) ? "rollups_tags" : "rollups_owners";
        if (!only.equals(EntryFilter.ANY)) {
            // what became of an exchange is counted under the tuple that served it, which needn't be that of each line
            where.keySet().retainAll(DimensionSql.OF_ENTRY);
        }
        // index: primary key
        Edges days = Edges.of(connection, "epoch_day", table);
        Instant from = query.from();
        this.first = from == null ? days.first() : Math.max(days.first(), day(from));
        this.last = Math.min(days.last(), lastDay(query.until(), query.before()));
    }

    /** The next range, earlier than all before it; null behind the last one. */
    @Nullable
    Range next() throws SQLException {
        while (ranges.isEmpty() && last >= first) {
            long from = Math.max(first, last - window + 1);
            read(from, last);
            last = from - 1;
            window = Math.min(WINDOW_MAX, window * 2);
        }
        return ranges.poll();
    }

    private static long day(Instant instant) {
        return Math.floorDiv(Nanos.of(instant), DAY);
    }

    private static long lastDay(@Nullable Instant until, @Nullable EntryCursor before) {
        long end = until == null ? Long.MAX_VALUE : day(until);
        return before == null ? end : Math.min(end, day(before.bookedAt()));
    }

    private void read(long from, long until) throws SQLException {
        DimensionSql.Filter filter = DimensionSql.filter(where);
        String of = sessions ? "d" : "r";
        String sql = "select " + of + ".first_at, " + of + ".last_at from " + table + (sessions ? " d" : WITH_TUPLES)
                + " where " + of + ".epoch_day >= ? and " + of + ".epoch_day <= ? and " + filter.condition()
                + counted(of);
        List<Range> read = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setLong(1, from);
            query.setLong(2, until);
            int parameter = 3;
            for (String value : filter.parameters()) {
                query.setString(parameter++, value);
            }
            BigDecimal least = only.amountLeast();
            if (least != null) {
                query.setBigDecimal(parameter, least);
            }
            try (ResultSet result = query.executeQuery()) {
                RowReader in = new RowReader(result);
                while (in.next()) {
                    read.add(new Range(in.instant(), in.instant()));
                }
            }
        }
        merge(read);
    }

    private String counted(String of) {
        return (only.failures() ? " and " + of + ".failed > 0" : "")
                + (only.pending() ? " and " + of + ".pending > 0" : "")
                + (only.estimated() ? " and " + of + ".estimated > 0" : "")
                + (only.amountLeast() == null ? "" : " and d.amount_most >= ?");
    }

    /** Puts ranges together that touch, and the latest first; all of a window where only failures are asked for, which are few. */
    private void merge(List<Range> read) {
        read.sort(Comparator.comparing(Range::first));
        Range open = null;
        for (Range range : read) {
            if (open == null) {
                open = range;
            } else if (range.first().isAfter(open.last()) && !only.failures()) {
                ranges.push(open);
                open = range;
            } else if (range.last().isAfter(open.last())) {
                open = new Range(open.first(), range.last());
            }
        }
        if (open != null) {
            ranges.push(open);
        }
    }
}
