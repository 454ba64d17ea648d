package dev.reckoner.ledger.report;

import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.store.Nanos;
import dev.reckoner.ledger.store.RowReader;
import dev.reckoner.ledger.store.Tally;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Sums per bucket and group. Hours and wider buckets are read from the rollups, from the daily ones where these can
 * answer; minutes are read from entries and lines, brought into the rollups' shape, so that all take the same way. The database sums up to days and
 * weeks; months are folded from days here.
 */
final class SumQuery {
    private static final String HOURLY = "rollups_hourly";
    private static final long HOUR = Duration.ofHours(1).toNanos();
    private static final long DAY = Duration.ofDays(1).toNanos();
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final long MONDAY_SHIFT = 3; // 1970-01-01 was a Thursday, the Monday before it is three days back
    private static final int HOURS_PER_DAY = 24;
    private static final int DIMENSIONS_MANY = 3;

    /** What the daily rollups can't tell. */
    private static final Set<Dimension> WHO = Set.of(
            Dimension.USER, Dimension.TEAM, Dimension.PROJECT, Dimension.SESSION, Dimension.TAG, Dimension.VIRTUAL_KEY);

    /** What only the hourly rollups can tell. */
    private static final Set<Dimension> WHAT_FOR = Set.of(Dimension.SESSION, Dimension.TAG);

    private final ReportQuery query;
    private final Instant from;
    private final Instant until;
    private final DimensionSql.Filter filter;
    private final String rollups;

    SumQuery(ReportQuery query) {
        this.query = query;
        this.from = Buckets.start(Nanos.clamp(query.from()), query.bucket());
        this.until = Buckets.start(Nanos.clamp(query.until()), query.bucket());
        this.filter = DimensionSql.filter(query.where());
        this.rollups = rollups();
    }

    /** The smallest table of rollups that can answer: daily ones only where whole days are asked for. */
    private String rollups() {
        boolean wholeDays =
                query.bucket() != Bucket.MINUTE && query.bucket() != Bucket.HOUR && startsDay(from) && startsDay(until);
        if (!wholeDays || asksFor(WHAT_FOR)) {
            return HOURLY;
        }
        return asksFor(WHO) ? "rollups_owners" : "rollups_daily";
    }

    private boolean asksFor(Set<Dimension> dimensions) {
        return Stream.concat(query.by().stream(), query.where().keySet().stream())
                .anyMatch(dimensions::contains);
    }

    private boolean daily() {
        return !rollups.equals(HOURLY);
    }

    private static boolean startsDay(Instant instant) {
        return Math.floorMod(Nanos.of(instant), DAY) == 0;
    }

    /** The rows, ordered by bucket, then by group. */
    List<ReportRow> run(Connection connection) throws SQLException {
        GroupFold fold = new GroupFold(query.bucket(), query.by().indexOf(Dimension.TAG));
        try (PreparedStatement statement = connection.prepareStatement(sql())) {
            bind(statement);
            try (ResultSet result = statement.executeQuery()) {
                RowReader in = new RowReader(result);
                while (in.next()) {
                    long unit = in.longOrZero();
                    String[] group = new String[query.by().size()];
                    for (int i = 0; i < group.length; i++) {
                        group[i] = in.textOrEmpty();
                    }
                    Tally tally = new Tally();
                    tally.add(in);
                    fold.add(unitStart(unit), List.of(group), tally);
                }
            }
        }
        return fold.rows();
    }

    /**
     * Rollups by several dimensions come row by row and are added up here: the database keeps its groups in the order of
     * all their columns, which takes longer than everything else together where there are many groups. Lines of minutes
     * are too many for that.
     */
    private String sql() {
        List<String> groups = query.by().stream().map(DimensionSql::group).toList();
        String selected = Stream.concat(Stream.of(unit()), groups.stream()).collect(Collectors.joining(", "));
        String rows = " from " + source() + " and " + filter.condition();
        if (query.bucket() != Bucket.MINUTE && query.by().size() >= DIMENSIONS_MANY) {
            return "select " + selected + ", " + Tally.select() + rows;
        }
        Stream<String> buckets = query.bucket() == Bucket.ALL ? Stream.empty() : Stream.of(unit());
        String groupBy = Stream.concat(buckets, groups.stream().distinct()).collect(Collectors.joining(", "));
        return "select " + selected + ", " + Tally.selectSums() + rows
                + (groupBy.isEmpty() ? "" : " group by " + groupBy)
                + " having count(*) > 0";
    }

    /** Rows in the shape of rollups, within the bounds. */
    private String source() {
        if (query.bucket() == Bucket.MINUTE) {
            // index: entries_booked; primary keys of lines and dims
            return "(" + LineSums.SQL + ") r join dims d on d.dims_id = r.dims_id where 1 = 1";
        }
        String unit = daily() ? "r.epoch_day" : "r.epoch_hour";
        // index: primary keys of the rollups and dims
        return rollups + " r join dims d on d.dims_id = r.dims_id where " + unit + " >= ? and " + unit + " < ?";
    }

    /** The number of the bucket, or of the day within a month. */
    private String unit() {
        return switch (query.bucket()) {
            case ALL -> "0";
            case MINUTE -> "r.booked_at / " + MINUTE;
            case HOUR -> "r.epoch_hour";
            case DAY, MONTH -> day();
            case WEEK -> "(" + day() + " + " + MONDAY_SHIFT + ") / 7";
        };
    }

    private String day() {
        return daily() ? "r.epoch_day" : "r.epoch_hour / " + HOURS_PER_DAY;
    }

    private Instant unitStart(long unit) {
        Duration sinceEpoch = switch (query.bucket()) {
            case ALL -> Duration.ZERO;
            case MINUTE -> Duration.ofMinutes(unit);
            case HOUR -> Duration.ofHours(unit);
            case DAY, MONTH -> Duration.ofDays(unit);
            case WEEK -> Duration.ofDays(unit * 7 - MONDAY_SHIFT);
        };
        return Instant.EPOCH.plus(sinceEpoch);
    }

    private void bind(PreparedStatement statement) throws SQLException {
        int parameter = 1;
        boolean minutes = query.bucket() == Bucket.MINUTE;
        long unit = minutes ? 1 : daily() ? DAY : HOUR;
        for (int i = 0; i < (minutes ? LineSums.RANGES : 1); i++) {
            statement.setLong(parameter++, Nanos.of(from) / unit);
            statement.setLong(parameter++, Nanos.of(until) / unit);
        }
        for (String value : filter.parameters()) {
            statement.setString(parameter++, value);
        }
    }
}
