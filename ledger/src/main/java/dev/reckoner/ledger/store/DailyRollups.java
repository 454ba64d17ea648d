package dev.reckoner.ledger.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
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

/** The kinds of daily rollups: each leaves something of the hourly rollups' tuples out, and is what these say it must be. */
public enum DailyRollups {
    /** By what a bill can tell apart, whoever caused it. */
    TERMS(RollupTable.DAILY),
    /** By that and by who caused it, in whichever session and under whichever tags. */
    OWNERS(RollupTable.OWNERS),
    /** By all that and by what it was for, in whichever session. */
    TAGS(RollupTable.TAGS);

    private static final Logger LOG = LoggerFactory.getLogger(DailyRollups.class);

    // index: primary keys of rollups_hourly and dims
    private static final String OF_HOURS = "select d.dims_id, "
            + Stream.of(DimsTable.VALUES.split(", "))
                    .map(column -> "d." + column)
                    .collect(Collectors.joining(", "))
            + ", " + Tally.select()
            + " from rollups_hourly r join dims d on d.dims_id = r.dims_id where r.epoch_hour >= ? and r.epoch_hour < ?";

    private static final long HOURS_PER_DAY = 24;

    private final RollupTable rows;

    DailyRollups(RollupTable rows) {
        this.rows = rows;
    }

    /** What the table holds of a day, by the id of the tuple. */
    public Map<UUID, Tally> found(Connection connection, long day) throws SQLException {
        // index: primary key
        String sql = "select r.dims_id, " + Tally.select() + " from " + rows.table() + " r where r.epoch_day = ?";
        Map<UUID, Tally> found = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setLong(1, day);
            try (ResultSet result = query.executeQuery()) {
                RowReader in = new RowReader(result);
                while (in.next()) {
                    found.computeIfAbsent(in.uuid(), none -> new Tally()).add(in);
                }
            }
        }
        return found;
    }

    /** What the hours of a day add up to, by the id of the tuple. */
    public Map<UUID, Tally> expected(Connection connection, long day) throws SQLException {
        Map<UUID, Tally> expected = new HashMap<>();
        ofHours(connection, day).forEach((tuple, tally) -> expected.put(tuple.id(), tally));
        return expected;
    }

    /** Fills the tables where hours were written before there was one. */
    static void fill(Connection connection) throws SQLException {
        for (DailyRollups kind : values()) {
            List<Long> days = kind.daysToFill(connection);
            if (!days.isEmpty()) {
                LOG.info("Adding up {} days of the books for {}, once", days.size(), kind.rows.table());
                kind.fill(connection, days);
            }
        }
    }

    /** The tuple that a tuple of an hour is added to. */
    Dims of(Dims tuple) {
        return switch (this) {
            case TERMS -> tuple.terms();
            case OWNERS -> tuple.owned();
            case TAGS -> tuple.tagged();
        };
    }

    /** Adds sums of tuples of this kind to their days. */
    void add(Connection connection, SortedMap<RollupTable.Key, Tally> tallies) throws SQLException {
        rows.add(connection, tallies);
    }

    private void fill(Connection connection, Collection<Long> days) throws SQLException {
        DimsTable dims = new DimsTable();
        for (long day : days) {
            Map<Dims, Tally> tallies = ofHours(connection, day);
            SortedMap<RollupTable.Key, Tally> byKey = new TreeMap<>();
            tallies.forEach((tuple, tally) -> byKey.put(new RollupTable.Key(day, tuple.id()), tally));
            dims.insert(connection, tallies.keySet());
            rows.add(connection, byKey);
        }
    }

    private List<Long> daysToFill(Connection connection) throws SQLException {
        // index: primary key of rollups_hourly
        String sql = "select distinct r.epoch_hour from rollups_hourly r where not exists (select 1 from "
                + rows.table() + ")";
        List<Long> hours = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(sql);
                ResultSet result = query.executeQuery()) {
            while (result.next()) {
                hours.add(result.getLong(1));
            }
        }
        return hours.stream().map(Nanos::dayOfHour).distinct().sorted().toList();
    }

    private Map<Dims, Tally> ofHours(Connection connection, long day) throws SQLException {
        Map<Dims, Tally> tallies = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(OF_HOURS)) {
            query.setLong(1, day * HOURS_PER_DAY);
            query.setLong(2, (day + 1) * HOURS_PER_DAY);
            try (ResultSet result = query.executeQuery()) {
                RowReader in = new RowReader(result);
                while (in.next()) {
                    in.skip(1);
                    Dims tuple = of(DimsTable.dims(in));
                    tallies.computeIfAbsent(tuple, none -> new Tally()).add(in);
                }
            }
        }
        return tallies;
    }
}
