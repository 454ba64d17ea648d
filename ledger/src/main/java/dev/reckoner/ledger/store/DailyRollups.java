package dev.reckoner.ledger.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
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

/** The daily rollups as the hourly ones say they must be. */
public final class DailyRollups {
    private static final Logger LOG = LoggerFactory.getLogger(DailyRollups.class);

    // index: primary key of rollups_hourly
    private static final String HOURS =
            "select distinct r.epoch_hour from rollups_hourly r where not exists (select 1 from rollups_daily)";

    // index: primary keys of rollups_hourly and dims
    private static final String OF_HOUR = "select d.dims_id, "
            + Stream.of(DimsTable.VALUES.split(", "))
                    .map(column -> "d." + column)
                    .collect(Collectors.joining(", "))
            + ", " + Tally.select()
            + " from rollups_hourly r join dims d on d.dims_id = r.dims_id where r.epoch_hour >= ? and r.epoch_hour < ?";

    private static final long HOURS_PER_DAY = 24;

    private DailyRollups() {}

    /** What the hours of a day add up to, by the id of the tuple without who caused it. */
    public static Map<UUID, Tally> expected(Connection connection, long day) throws SQLException {
        Map<UUID, Tally> expected = new HashMap<>();
        byTerms(connection, day).forEach((terms, tally) -> expected.put(terms.id(), tally));
        return expected;
    }

    /** Fills the table where hours were written before there was one. */
    static void fill(Connection connection) throws SQLException {
        List<Long> days = days(connection);
        if (days.isEmpty()) {
            return;
        }
        LOG.info("Adding up {} days of the books by day, once", days.size());
        DimsTable dims = new DimsTable();
        for (long day : days) {
            Map<Dims, Tally> byTerms = byTerms(connection, day);
            SortedMap<RollupTable.Key, Tally> rows = new TreeMap<>();
            byTerms.forEach((terms, tally) -> rows.put(new RollupTable.Key(day, terms.id()), tally));
            dims.insert(connection, byTerms.keySet());
            RollupTable.DAILY.add(connection, rows);
        }
    }

    private static List<Long> days(Connection connection) throws SQLException {
        List<Long> hours = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(HOURS);
                ResultSet result = query.executeQuery()) {
            while (result.next()) {
                hours.add(result.getLong(1));
            }
        }
        return hours.stream().map(Nanos::dayOfHour).distinct().sorted().toList();
    }

    private static Map<Dims, Tally> byTerms(Connection connection, long day) throws SQLException {
        Map<Dims, Tally> byTerms = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(OF_HOUR)) {
            query.setLong(1, day * HOURS_PER_DAY);
            query.setLong(2, (day + 1) * HOURS_PER_DAY);
            try (ResultSet result = query.executeQuery()) {
                RowReader in = new RowReader(result);
                while (in.next()) {
                    in.skip(1);
                    Dims terms = DimsTable.dims(in).terms();
                    byTerms.computeIfAbsent(terms, none -> new Tally()).add(in);
                }
            }
        }
        return byTerms;
    }
}
