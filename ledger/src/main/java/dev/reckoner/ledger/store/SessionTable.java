package dev.reckoner.ledger.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The table {@code rollups_sessions}: sums per day, session, who caused it and model. */
public final class SessionTable {
    private static final Logger LOG = LoggerFactory.getLogger(SessionTable.class);
    private static final long DAY = Duration.ofDays(1).toNanos();
    private static final int HOURS_PER_DAY = 24;

    private static final String KEYS = "epoch_day, dims_id";
    private static final String TUPLE = "user_name, team, project, session_id, model";

    // index: primary key
    private static final String UPDATE = "update rollups_sessions set started_at = least(started_at, ?),"
            + " ended_at = greatest(ended_at, ?), api_nanos = api_nanos + ?,"
            + " amount_most = greatest(amount_most, ?), "
            + Tally.columns().map(column -> column + " = " + column + " + ?").collect(Collectors.joining(", "))
            + ", first_at = least(first_at, ?), last_at = greatest(last_at, ?) where epoch_day = ? and dims_id = ?";

    private static final String INSERT = "insert into rollups_sessions (started_at, ended_at, api_nanos, amount_most, "
            + Tally.columns().collect(Collectors.joining(", "))
            + ", first_at, last_at, " + KEYS + ", " + TUPLE + ") values (?, ?, ?, ?, "
            + Tally.columns().map(column -> "?, ").collect(Collectors.joining())
            + "?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private static final String DIMS =
            Stream.of(DimsTable.VALUES.split(", ")).map(column -> "d." + column).collect(Collectors.joining(", "));

    // index: primary keys of rollups_hourly and dims
    private static final String SUMS = "select " + DIMS + ", " + Tally.select()
            + " from rollups_hourly r join dims d on d.dims_id = r.dims_id where r.epoch_hour >= ? and r.epoch_hour < ?";

    // index: entries_booked; primary keys of dims and corrections
    private static final String TIMES =
            "select " + DIMS + ", e.started_at, e.ended_at, e.amount, " + CorrectionTable.LATEST
                    + " from entries e join dims d on d.dims_id = e.dims_id where e.booked_at >= ? and e.booked_at < ? and "
                    + EntryTable.METERED;

    // index: primary key of rollups_hourly
    private static final String UNFILLED =
            "select distinct r.epoch_hour from rollups_hourly r where not exists (select 1 from rollups_sessions)";

    // index: primary key
    private static final String SELECT =
            "select r.dims_id, " + SessionTally.select() + " from rollups_sessions r where r.epoch_day = ?";

    private SessionTable() {}

    /** What the table holds of a day, by the id of the tuple. */
    public static Map<UUID, SessionTally> found(Connection connection, long day) throws SQLException {
        Map<UUID, SessionTally> found = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(SELECT)) {
            query.setLong(1, day);
            try (ResultSet result = query.executeQuery()) {
                RowReader in = new RowReader(result);
                while (in.next()) {
                    found.computeIfAbsent(in.uuid(), none -> new SessionTally()).add(in);
                }
            }
        }
        return found;
    }

    /** What the hours of a day and its entries add up to, by the id of the tuple. */
    public static Map<UUID, SessionTally> expected(Connection connection, long day) throws SQLException {
        Map<UUID, SessionTally> expected = new HashMap<>();
        ofEntries(connection, day).forEach((tuple, tally) -> expected.put(tuple.id(), tally));
        return expected;
    }

    /** Fills the table where hours were written before there was one. */
    static void fill(Connection connection) throws SQLException {
        List<Long> hours = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(UNFILLED);
                ResultSet result = query.executeQuery()) {
            while (result.next()) {
                hours.add(result.getLong(1));
            }
        }
        List<Long> days =
                hours.stream().map(Nanos::dayOfHour).distinct().sorted().toList();
        if (!days.isEmpty()) {
            LOG.info("Adding up the sessions of {} days, once", days.size());
        }
        for (long day : days) {
            Map<Dims, SessionTally> ofEntries = ofEntries(connection, day);
            SortedMap<RollupTable.Key, Row> rows = new TreeMap<>();
            ofEntries.forEach((tuple, tally) -> rows.put(new RollupTable.Key(day, tuple.id()), new Row(tuple, tally)));
            add(connection, rows);
        }
    }

    /** Adds sums to their rows: updates first, then inserts the rows that were not there. */
    static void add(Connection connection, SortedMap<RollupTable.Key, Row> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        int[] updated;
        try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
            RowWriter out = new RowWriter(update);
            for (Map.Entry<RollupTable.Key, Row> row : rows.entrySet()) {
                write(out, row).add();
            }
            updated = update.executeBatch();
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            RowWriter out = new RowWriter(insert);
            int i = 0;
            for (Map.Entry<RollupTable.Key, Row> row : rows.entrySet()) {
                if (updated[i++] == 0) {
                    Dims tuple = row.getValue().tuple();
                    write(out, row)
                            .text(tuple.user())
                            .text(tuple.team())
                            .text(tuple.project())
                            .text(tuple.session())
                            .text(tuple.model())
                            .add();
                }
            }
            insert.executeBatch();
        }
    }

    private static RowWriter write(RowWriter out, Map.Entry<RollupTable.Key, Row> row) throws SQLException {
        row.getValue().tally().write(out.row());
        return out.number(row.getKey().unit()).uuid(row.getKey().dimsId());
    }

    private static Map<Dims, SessionTally> ofEntries(Connection connection, long day) throws SQLException {
        Map<Dims, SessionTally> sessions = new HashMap<>();
        try (PreparedStatement sums = connection.prepareStatement(SUMS)) {
            sums.setLong(1, day * HOURS_PER_DAY);
            sums.setLong(2, (day + 1) * HOURS_PER_DAY);
            each(sums, sessions, (session, in) -> session.tally().add(in));
        }
        try (PreparedStatement times = connection.prepareStatement(TIMES)) {
            times.setLong(1, day * DAY);
            times.setLong(2, (day + 1) * DAY);
            each(
                    times,
                    sessions,
                    (session, in) -> session.exchange(in.longOrZero(), in.longOrZero(), in.moneyOrZero(), in.isTrue()));
        }
        return sessions;
    }

    private static void each(PreparedStatement query, Map<Dims, SessionTally> sessions, Adding adding)
            throws SQLException {
        try (ResultSet result = query.executeQuery()) {
            RowReader in = new RowReader(result);
            while (in.next()) {
                Dims tuple = DimsTable.dims(in).ofSession();
                adding.add(sessions.computeIfAbsent(tuple, none -> new SessionTally()), in);
            }
        }
    }

    @FunctionalInterface
    private interface Adding {
        /** Takes the rest of a row. */
        void add(SessionTally session, RowReader in) throws SQLException;
    }

    /** The sums of a tuple, which stands in the row. */
    record Row(Dims tuple, SessionTally tally) {}
}
