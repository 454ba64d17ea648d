package dev.reckoner.ledger.report;

import dev.reckoner.ledger.store.Nanos;
import dev.reckoner.ledger.store.RowReader;
import dev.reckoner.ledger.store.Tally;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Compares the rollups with what entries and lines add up to, day by day; days without either cost nothing. */
final class RollupAudit {
    private static final long HOUR = Duration.ofHours(1).toNanos();
    private static final long HOURS_PER_DAY = 24;

    // index: primary key of rollups_hourly; entries_booked
    private static final String NEXT_HOUR = "select min(h) from (select min(epoch_hour) as h from rollups_hourly"
            + " where epoch_hour >= ? union all select min(booked_at) / " + HOUR
            + " as h from entries where booked_at >= ? and route = 'MESSAGES') hours";

    // index: primary key of rollups_hourly
    private static final String ROLLUPS = "select r.epoch_hour, r.dims_id, " + Tally.selectSums()
            + " from rollups_hourly r where r.epoch_hour >= ? and r.epoch_hour < ? group by r.epoch_hour, r.dims_id";

    // index: entries_booked; primary key of lines
    private static final String LINES = "select r.booked_at / " + HOUR + ", r.dims_id, " + Tally.selectSums()
            + " from (" + LineSums.SQL + ") r group by r.booked_at / " + HOUR + ", r.dims_id";

    private final Connection connection;
    private final Findings findings;

    RollupAudit(Connection connection, Findings findings) {
        this.connection = connection;
        this.findings = findings;
    }

    void run() throws SQLException {
        Long hour = nextHour(Math.floorDiv(Long.MIN_VALUE, HOUR) + 1);
        while (hour != null) {
            long until = Math.floorDiv(hour, HOURS_PER_DAY) * HOURS_PER_DAY + HOURS_PER_DAY;
            compare(hour, until);
            hour = nextHour(until);
        }
    }

    private void compare(long from, long until) throws SQLException {
        Map<Key, Tally> rollups = sums(ROLLUPS, 1, from, until);
        Map<Key, Tally> lines = sums(LINES, HOUR, from, until);
        for (Map.Entry<Key, Tally> expected : lines.entrySet()) {
            Tally found = rollups.remove(expected.getKey());
            if (found == null) {
                findings.add(expected.getKey() + ": there is no rollup for its entries");
            } else if (!found.sameAs(expected.getValue())) {
                findings.add(expected.getKey() + ": the rollup is not the sum of its lines");
            }
        }
        for (Key unexpected : rollups.keySet()) {
            findings.add(unexpected + ": there are no entries for the rollup");
        }
    }

    private Map<Key, Tally> sums(String sql, long unit, long from, long until) throws SQLException {
        Map<Key, Tally> sums = new TreeMap<>();
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            int parameters = query.getParameterMetaData().getParameterCount();
            for (int i = 1; i <= parameters; i += 2) {
                query.setLong(i, from * unit);
                query.setLong(i + 1, until * unit);
            }
            try (ResultSet result = query.executeQuery()) {
                RowReader in = new RowReader(result);
                while (in.next()) {
                    Tally tally = new Tally();
                    Key key = new Key(in.longOrZero(), in.uuid());
                    tally.add(in);
                    sums.put(key, tally);
                }
            }
        }
        return sums;
    }

    private @Nullable Long nextHour(long from) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(NEXT_HOUR)) {
            query.setLong(1, from);
            query.setLong(2, from * HOUR);
            try (ResultSet result = query.executeQuery()) {
                RowReader in = new RowReader(result);
                in.next();
                return in.number();
            }
        }
    }

    private record Key(long hour, UUID dimsId) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byHour = Long.compare(hour, other.hour);
            return byHour != 0 ? byHour : dimsId.compareTo(other.dimsId);
        }

        @Override
        public String toString() {
            Instant start = Nanos.toInstant(hour * HOUR);
            return "rollup of " + start + ", dims " + dimsId;
        }
    }
}
