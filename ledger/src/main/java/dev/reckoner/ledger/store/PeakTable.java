package dev.reckoner.ledger.store;

import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.RateLimitRow;
import dev.reckoner.ledger.RateLimitRow.Peak;
import dev.reckoner.ledger.RateLimitRow.Throttled;
import dev.reckoner.ledger.VendorLimits;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The tables {@code peaks_hourly} and {@code peak_blocks}: peaks of hours that lie behind, in blocks. What isn't kept is
 * summed from the entries.
 */
public final class PeakTable {
    /** Hours that are kept together. */
    public static final int BLOCK_HOURS = 6;

    private static final String COLUMNS = "group_name, peak_input, peak_input_at, peak_output, peak_output_at,"
            + " peak_requests, peak_requests_at, input, cache_read, output, requests, throttled, limit_requests,"
            + " limit_input, limit_output, throttled_users";

    private static final String INSERT = "insert into peaks_hourly (epoch_hour, grouped_by, " + COLUMNS
            + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    // index: primary key
    private static final String SELECT = "select epoch_hour, " + COLUMNS
            + " from peaks_hourly where epoch_hour >= ? and epoch_hour < ? and grouped_by = ?";

    // index: primary key
    private static final String DELETE = "delete from peaks_hourly where epoch_hour >= ? and epoch_hour < ?";

    // index: primary key
    private static final String KEPT =
            "select epoch_block from peak_blocks where epoch_block >= ? and epoch_block <= ?";

    private static final String KEEP = "insert into peak_blocks (epoch_block) values (?)";

    // index: primary key
    private static final String FORGET = "delete from peak_blocks where epoch_block = any(?)";

    private PeakTable() {}

    /** The block that an hour belongs to. */
    public static long block(long hour) {
        return Math.floorDiv(hour, BLOCK_HOURS);
    }

    /** Which blocks are kept, of those from one to another, both inclusive. */
    public static SortedSet<Long> kept(Connection connection, long first, long last) throws SQLException {
        SortedSet<Long> kept = new TreeSet<>();
        try (PreparedStatement query = connection.prepareStatement(KEPT)) {
            new RowWriter(query).row().number(first).number(last);
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    kept.add(result.getLong(1));
                }
            }
        }
        return kept;
    }

    /** The rows of hours, kept or not any more, by the hour. */
    public static Map<Long, List<RateLimitRow>> rows(Connection connection, long from, long until, Dimension by)
            throws SQLException {
        Map<Long, List<RateLimitRow>> rows = new TreeMap<>();
        try (PreparedStatement query = connection.prepareStatement(SELECT)) {
            new RowWriter(query).row().number(from).number(until).word(by);
            try (ResultSet result = query.executeQuery()) {
                RowReader in = new RowReader(result);
                while (in.next()) {
                    long hour = in.longOrZero();
                    rows.computeIfAbsent(hour, none -> new ArrayList<>()).add(row(in, Nanos.startOfHour(hour)));
                }
            }
        }
        rows.values().forEach(ofHour -> ofHour.sort(Comparator.comparing(RateLimitRow::group)));
        return rows;
    }

    /** Keeps a block that isn't kept. */
    public static void keep(Connection connection, long block, Map<Dimension, List<RateLimitRow>> rows)
            throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
            new RowWriter(delete).row().number(block * BLOCK_HOURS).number((block + 1) * BLOCK_HOURS);
            delete.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            RowWriter out = new RowWriter(insert);
            for (Map.Entry<Dimension, List<RateLimitRow>> by : rows.entrySet()) {
                for (RateLimitRow row : by.getValue()) {
                    write(out.row().number(Nanos.hour(row.start())).word(by.getKey()), row);
                    out.add();
                }
            }
            insert.executeBatch();
        }
        try (PreparedStatement keep = connection.prepareStatement(KEEP)) {
            new RowWriter(keep).row().number(block);
            keep.executeUpdate();
        }
    }

    /** Keeps blocks no longer: something in them changes. */
    static void forget(Connection connection, Collection<Long> blocks) throws SQLException {
        try (PreparedStatement forget = connection.prepareStatement(FORGET)) {
            forget.setArray(1, connection.createArrayOf("bigint", blocks.toArray()));
            forget.executeUpdate();
        }
    }

    private static void write(RowWriter out, RateLimitRow row) throws SQLException {
        out.text(row.group());
        for (Peak peak : List.of(row.peakInput(), row.peakOutput(), row.peakRequests())) {
            out.number(peak.most()).instant(peak.at());
        }
        Map<String, String> users = new TreeMap<>();
        row.throttledUsers().forEach(user -> users.put(user.user(), Long.toString(user.requests())));
        out.number(row.input())
                .number(row.cacheRead())
                .number(row.output())
                .number(row.requests())
                .number(row.throttled())
                .number(row.limits().requests())
                .number(row.limits().inputTokens())
                .number(row.limits().outputTokens())
                .text(JsonColumns.ofFacts(users));
    }

    private static RateLimitRow row(RowReader in, Instant start) throws SQLException {
        return new RateLimitRow(
                start,
                in.textOrEmpty(),
                peak(in),
                peak(in),
                peak(in),
                in.longOrZero(),
                in.longOrZero(),
                in.longOrZero(),
                in.longOrZero(),
                in.longOrZero(),
                new VendorLimits(in.number(), in.number(), in.number()),
                users(in));
    }

    private static Peak peak(RowReader in) throws SQLException {
        return new Peak(in.longOrZero(), in.instantOrNull());
    }

    private static List<Throttled> users(RowReader in) throws SQLException {
        return JsonColumns.facts(in.text()).entrySet().stream()
                .map(user -> new Throttled(user.getKey(), Long.parseLong(user.getValue())))
                .sorted(Comparator.comparing(Throttled::requests).reversed().thenComparing(Throttled::user))
                .toList();
    }
}
