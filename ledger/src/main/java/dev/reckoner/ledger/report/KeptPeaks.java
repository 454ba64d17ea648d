package dev.reckoner.ledger.report;

import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.RateLimitQuery;
import dev.reckoner.ledger.RateLimitRow;
import dev.reckoner.ledger.store.Nanos;
import dev.reckoner.ledger.store.PeakTable;
import dev.reckoner.ledger.store.RowReader;
import dev.reckoner.ledger.store.Tuples;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Peaks of hours from what is kept of blocks that lie behind, and from the entries where nothing is. A block is always
 * added up as a whole, so that what is kept and what an audit adds up are the same.
 */
final class KeptPeaks {
    /** What peaks are asked by. */
    static final List<Dimension> GROUPS = List.of(Dimension.MODEL, Dimension.USER, Dimension.KEY);

    private static final int BLOCK = PeakTable.BLOCK_HOURS;
    private static final long BLOCKS_PER_DAY = 24 / BLOCK;

    // whole table, which has a row per day and what a bill can tell apart
    private static final String DAYS = "select distinct epoch_day from rollups_daily";

    // index: entries_booked
    private static final String LAST = "select max(booked_at) from entries";

    private KeptPeaks() {}

    /** The rows, ordered by hour, then by group. */
    static List<RateLimitRow> sum(Connection connection, Tuples tuples, RateLimitQuery query) throws SQLException {
        long from = Nanos.hour(query.from());
        long until = Nanos.hour(query.until());
        SortedSet<Long> kept = PeakTable.kept(connection, PeakTable.block(from), PeakTable.block(until - 1));
        Map<Long, List<RateLimitRow>> rows = PeakTable.rows(connection, from, until, query.by());
        List<RateLimitRow> sums = new ArrayList<>();
        long missing = from;
        for (long block : kept) {
            long first = Math.max(from, block * BLOCK);
            long behind = Math.min(until, (block + 1) * BLOCK);
            sums.addAll(added(connection, tuples, missing, first, query.by()));
            for (long hour = first; hour < behind; hour++) {
                sums.addAll(rows.getOrDefault(hour, List.of()));
            }
            missing = behind;
        }
        sums.addAll(added(connection, tuples, missing, until, query.by()));
        return sums;
    }

    /** What the entries of a block add up to. */
    static Map<Dimension, List<RateLimitRow>> ofEntries(Connection connection, Tuples tuples, long block)
            throws SQLException {
        return RateLimitSums.sums(
                connection,
                tuples,
                Nanos.startOfHour(block * BLOCK),
                Nanos.startOfHour((block + 1) * BLOCK),
                Bucket.HOUR,
                GROUPS);
    }

    /** What is kept of a block. */
    static Map<Dimension, List<RateLimitRow>> found(Connection connection, long block) throws SQLException {
        Map<Dimension, List<RateLimitRow>> found = new EnumMap<>(Dimension.class);
        for (Dimension by : GROUPS) {
            List<RateLimitRow> rows = new ArrayList<>();
            PeakTable.rows(connection, block * BLOCK, (block + 1) * BLOCK, by)
                    .values()
                    .forEach(rows::addAll);
            found.put(by, rows);
        }
        return found;
    }

    /** Blocks that lie behind and aren't kept: those of days with exchanges, and the ones beside them. */
    static SortedSet<Long> missing(Connection connection) throws SQLException {
        SortedSet<Long> missing = new TreeSet<>();
        long end = lastComplete(connection);
        try (PreparedStatement query = connection.prepareStatement(DAYS);
                ResultSet result = query.executeQuery()) {
            while (result.next()) {
                long first = result.getLong(1) * BLOCKS_PER_DAY - 1;
                for (long block = first; block <= Math.min(end, first + BLOCKS_PER_DAY + 1); block++) {
                    missing.add(block);
                }
            }
        }
        if (!missing.isEmpty()) {
            missing.removeAll(PeakTable.kept(connection, missing.first(), missing.last()));
        }
        return missing;
    }

    /** The last block to which no exchange that isn't booked yet is likely to belong. */
    private static long lastComplete(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(LAST);
                ResultSet result = query.executeQuery()) {
            RowReader in = new RowReader(result);
            in.next();
            long hour = Nanos.hour(in.instant());
            return PeakTable.block(hour - RateLimitSums.LONGEST_EXCHANGE.toHours()) - 1;
        }
    }

    private static List<RateLimitRow> added(Connection connection, Tuples tuples, long from, long until, Dimension by)
            throws SQLException {
        return from >= until
                ? List.of()
                : RateLimitSums.sum(
                        connection,
                        tuples,
                        new RateLimitQuery(Nanos.startOfHour(from), Nanos.startOfHour(until), Bucket.HOUR, by));
    }
}
