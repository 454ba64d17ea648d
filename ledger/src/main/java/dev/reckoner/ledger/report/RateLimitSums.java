package dev.reckoner.ledger.report;

import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.RateLimitQuery;
import dev.reckoner.ledger.RateLimitRow;
import dev.reckoner.ledger.VendorLimits;
import dev.reckoner.ledger.store.CorrectionTable;
import dev.reckoner.ledger.store.LineTable;
import dev.reckoner.ledger.store.Nanos;
import dev.reckoner.ledger.store.RowReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Peaks per minute beside the vendor's limits, summed by the database per minute and folded into buckets here. Reads
 * entries and their lines: for days, not for years; hours that lie behind are kept by {@link KeptPeaks}.
 */
final class RateLimitSums {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final long HOUR = Duration.ofHours(1).toNanos();

    /** An exchange is booked at its start or at its end: one that began or ended in the time asked for lies within this. */
    static final Duration LONGEST_EXCHANGE = Duration.ofHours(2);

    private static final String OWN_LIMITS =
            "d.service_tier not in ('priority', 'batch') and d.speed <> 'fast' and e.route = 'MESSAGES'";
    private static final String BOOKED =
            " where e.booked_at >= ? and e.booked_at < ? and " + OWN_LIMITS + " and " + CorrectionTable.LATEST;

    private final RateLimitQuery query;
    private final Instant from;
    private final Instant until;
    private final Map<Place, RateLimitFold> folds = new TreeMap<>();

    /** A bucket and a group. */
    record Place(long bucket, String group) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int order = Long.compare(bucket, other.bucket);
            return order != 0 ? order : group.compareTo(other.group);
        }
    }

    private RateLimitSums(RateLimitQuery query) {
        this.query = query;
        this.from = Buckets.start(Nanos.clamp(query.from()), query.bucket());
        this.until = Buckets.start(Nanos.clamp(query.until()), query.bucket());
    }

    /** The rows, ordered by bucket, then by group. */
    static List<RateLimitRow> sum(Connection connection, RateLimitQuery query) throws SQLException {
        RateLimitSums sums = new RateLimitSums(query);
        sums.input(connection);
        sums.output(connection);
        sums.requests(connection);
        sums.limits(connection);
        return sums.folds.entrySet().stream()
                .map(fold -> fold.getValue()
                        .row(
                                Nanos.toInstant(fold.getKey().bucket() * sums.width()),
                                fold.getKey().group()))
                .toList();
    }

    private void input(Connection connection) throws SQLException {
        String minute = "e.started_at / " + MINUTE;
        String group = DimensionSql.group(query.by());
        // index: entries_booked; primary keys of lines and dims
        each(
                connection,
                "select " + minute + ", " + group
                        + ", sum(case when l.token_type in ('INPUT', 'CACHE_WRITE_5M', 'CACHE_WRITE_1H')"
                        + " then l.quantity else 0 end),"
                        + " sum(case when l.token_type = 'CACHE_READ' then l.quantity else 0 end)"
                        + " from entries e join lines l on " + LineTable.OWN_OF_ENTRY
                        + " join dims d on d.dims_id = l.dims_id" + BOOKED + " group by " + minute + ", " + group,
                (at, fold, in) -> fold.input(at, in.longOrZero(), in.longOrZero()));
    }

    private void output(Connection connection) throws SQLException {
        String minute = "e.ended_at / " + MINUTE;
        String group = DimensionSql.group(query.by());
        // index: entries_booked; primary keys of lines and dims
        each(
                connection,
                "select " + minute + ", " + group + ", sum(l.quantity) from entries e join lines l on "
                        + LineTable.OWN_OF_ENTRY + " join dims d on d.dims_id = l.dims_id" + BOOKED
                        + " and l.token_type = 'OUTPUT' group by " + minute + ", " + group,
                (at, fold, in) -> fold.output(at, in.longOrZero()));
    }

    private void requests(Connection connection) throws SQLException {
        String minute = "e.started_at / " + MINUTE;
        String throttled = "case when e.status = 429 and e.outcome = 'FAILED_UPSTREAM_STATUS' then 1 else 0 end";
        String columns = minute + ", " + groupOfEntry() + ", d.user_name, " + throttled;
        // index: entries_booked; primary key of dims
        each(
                connection,
                "select " + columns + ", count(*) from entries e join dims d on d.dims_id = e.dims_id" + BOOKED
                        + " and e.status <> 0 and e.outcome <> 'FAILED_LOCAL_REFUSED' group by " + columns,
                (at, fold, in) -> fold.requests(at, in.textOrEmpty(), in.longOrZero() == 1, in.longOrZero()));
    }

    private void limits(Connection connection) throws SQLException {
        String columns = "e.started_at / " + width() + ", " + groupOfEntry() + ", d.model";
        // index: entries_booked, primary keys of entries and dims
        each(
                connection,
                "select s.started_at / " + MINUTE + ", m.name, s.rate_limits from entries s join (select "
                        + groupOfEntry() + " as name, max(e.entry_id) as entry_id from entries e join dims d on"
                        + " d.dims_id = e.dims_id" + BOOKED + " and e.rate_limits is not null group by " + columns
                        + ") m on m.entry_id = s.entry_id order by s.entry_id",
                (at, fold, in) -> fold.limits(VendorLimits.read(in.text())));
    }

    /** Where nothing was served, the model is the one that was asked for. */
    private String groupOfEntry() {
        return query.by() == Dimension.MODEL
                ? "case when d.model <> '' then d.model else coalesce(e.asked_model, '') end"
                : DimensionSql.group(query.by());
    }

    private long width() {
        return query.bucket() == Bucket.MINUTE ? MINUTE : HOUR;
    }

    @FunctionalInterface
    private interface Row {
        /** Takes the rest of a row. */
        void add(Instant minute, RateLimitFold fold, RowReader in) throws SQLException;
    }

    private void each(Connection connection, String sql, Row row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, Nanos.of(from.minus(LONGEST_EXCHANGE)));
            statement.setLong(2, Nanos.of(until.plus(LONGEST_EXCHANGE)));
            try (ResultSet result = statement.executeQuery()) {
                RowReader in = new RowReader(result);
                while (in.next()) {
                    Instant minute = Nanos.toInstant(in.longOrZero() * MINUTE);
                    String group = in.textOrEmpty();
                    if (!minute.isBefore(from) && minute.isBefore(until)) {
                        Place place = new Place(Nanos.of(minute) / width(), group);
                        row.add(minute, folds.computeIfAbsent(place, first -> new RateLimitFold()), in);
                    }
                }
            }
        }
    }
}
