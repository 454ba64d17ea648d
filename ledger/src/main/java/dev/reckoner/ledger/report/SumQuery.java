package dev.reckoner.ledger.report;

import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.ledger.report.EntryScan.Scanned;
import dev.reckoner.ledger.store.DayChanges;
import dev.reckoner.ledger.store.Dims;
import dev.reckoner.ledger.store.EntryTable;
import dev.reckoner.ledger.store.Nanos;
import dev.reckoner.ledger.store.RowReader;
import dev.reckoner.ledger.store.Store;
import dev.reckoner.ledger.store.Tally;
import dev.reckoner.ledger.store.Tuples;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sums per bucket and group. Hours and wider buckets are read from the rollups, from the daily ones where these can
 * answer; minutes are added up from entries and lines.
 */
final class SumQuery {
    private static final String HOURLY = "rollups_hourly";
    private static final EntryScan SCAN = new EntryScan(EntryTable.METERED);
    private static final String SESSIONS = "rollups_sessions";
    private static final long HOUR = Duration.ofHours(1).toNanos();
    private static final long DAY = Duration.ofDays(1).toNanos();
    private static final int HOURS_PER_DAY = 24;
    private static final long STEP_DAYS = 8;

    /** What the daily rollups can't tell. */
    private static final Set<Dimension> WHO = Set.of(
            Dimension.USER, Dimension.TEAM, Dimension.PROJECT, Dimension.SESSION, Dimension.TAG, Dimension.VIRTUAL_KEY);

    /** What the rollups of sessions can tell. */
    private static final Set<Dimension> OF_SESSIONS =
            Set.of(Dimension.SESSION, Dimension.USER, Dimension.TEAM, Dimension.PROJECT, Dimension.MODEL);

    /** What only the hourly rollups can tell. */
    private static final Set<Dimension> WHAT_FOR = Set.of(Dimension.SESSION, Dimension.TAG);

    private final ReportQuery query;
    private final Instant from;
    private final Instant until;
    private final String rollups;
    private final DimensionSql.Filter filter;

    SumQuery(ReportQuery query) {
        this.query = query;
        this.from = Buckets.start(Nanos.clamp(query.from()), query.bucket());
        this.until = Buckets.start(Nanos.clamp(query.until()), query.bucket());
        this.rollups = rollups();
        this.filter = DimensionSql.ofRows(rollups.equals(SESSIONS) ? query.where() : Map.of(), "r");
    }

    /** The smallest table of rollups that can answer: daily ones only where whole days are asked for. */
    private String rollups() {
        boolean wholeDays =
                query.bucket() != Bucket.MINUTE && query.bucket() != Bucket.HOUR && startsDay(from) && startsDay(until);
        if (wholeDays && ofSessions()) {
            return SESSIONS;
        }
        if (!wholeDays || asksFor(WHAT_FOR)) {
            return HOURLY;
        }
        return asksFor(WHO) ? "rollups_owners" : "rollups_daily";
    }

    /** Whether sessions can answer, and are what is asked for or the fewest rows: those of a user have an index. */
    private boolean ofSessions() {
        boolean few = query.where().containsKey(Dimension.USER) || query.where().containsKey(Dimension.SESSION);
        return (few || query.by().contains(Dimension.SESSION)) && asked().allMatch(OF_SESSIONS::contains);
    }

    private boolean asksFor(Set<Dimension> dimensions) {
        return asked().anyMatch(dimensions::contains);
    }

    private Stream<Dimension> asked() {
        return Stream.concat(query.by().stream(), query.where().keySet().stream());
    }

    private boolean daily() {
        return !rollups.equals(HOURLY);
    }

    private static boolean startsDay(Instant instant) {
        return Math.floorMod(Nanos.of(instant), DAY) == 0;
    }

    /** The rows, ordered by bucket, then by group; all read under one snapshot. */
    List<ReportRow> run(Connection connection, Store store, RollupMemory memory) throws SQLException {
        DayChanges.Numbers before = store.changes().now();
        GroupFold fold = new GroupFold(query);
        try (Tuples.Lookup lookup = store.tuples().over(connection)) {
            Groups groups = new Groups(query.by(), TupleFilter.of(query.where()), lookup);
            if (query.bucket() == Bucket.MINUTE) {
                SCAN.read(connection, from, until, new Minutes(fold, groups));
            } else {
                SortedMap<Long, Map<List<String>, Tally>> units =
                        units(connection, before, store.changes(), memory, groups);
                units.forEach((unit, sums) ->
                        sums.forEach((group, tally) -> fold.add(unitStart(unit), group, all -> all.add(tally))));
            }
        }
        return fold.rows();
    }

    /** The sums of each hour or day, from memory where nothing has changed. */
    private SortedMap<Long, Map<List<String>, Tally>> units(
            Connection connection, DayChanges.Numbers before, DayChanges changes, RollupMemory memory, Groups groups)
            throws SQLException {
        List<Long> asked = asked(connection);
        SortedMap<Long, Map<List<String>, Tally>> units = new TreeMap<>();
        SortedMap<Long, Map<List<String>, Tally>> missing = new TreeMap<>();
        asked.forEach(unit -> {
            long number = before.of(day(unit));
            Map<List<String>, Tally> known = before.steady(day(unit)) ? memory.recall(asked(unit), number) : null;
            (known == null ? missing : units).put(unit, known == null ? new HashMap<>() : known);
        });
        read(connection, missing, groups);
        DayChanges.Numbers after = changes.now();
        if (units.keySet().stream().anyMatch(unit -> after.of(day(unit)) != before.of(day(unit)))) {
            // one of those that were known has changed: all are read, so that no batch is seen by half
            asked.forEach(unit -> missing.put(unit, new HashMap<>()));
            read(connection, missing, groups);
            return missing;
        }
        missing.forEach((unit, sums) -> {
            if (before.steady(day(unit))) {
                memory.keep(asked(unit), before.of(day(unit)), sums);
            }
        });
        units.putAll(missing);
        return units;
    }

    /** The hours or days that are asked for, of those that there are. */
    private List<Long> asked(Connection connection) throws SQLException {
        long width = daily() ? DAY : HOUR;
        // index: primary keys of the rollups
        Edges edges = Edges.of(connection, daily() ? "epoch_day" : "epoch_hour", rollups);
        long first = Math.max(edges.first(), Nanos.of(from) / width);
        long end = Math.min(edges.last() + 1, Nanos.of(until) / width);
        return LongStream.range(first, end).boxed().toList();
    }

    private long day(long unit) {
        return daily() ? unit : Math.floorDiv(unit, HOURS_PER_DAY);
    }

    private RollupMemory.Asked asked(long unit) {
        return new RollupMemory.Asked(rollups, unit, query.by(), query.where());
    }

    /** Some days at a time: the database holds whole answers in memory, and writes large ones to disk before it shows them. */
    private void read(Connection connection, SortedMap<Long, Map<List<String>, Tally>> units, Groups groups)
            throws SQLException {
        long step = daily() ? STEP_DAYS : STEP_DAYS * HOURS_PER_DAY;
        try (PreparedStatement statement = connection.prepareStatement(sql())) {
            SortedMap<Long, Map<List<String>, Tally>> rest = units;
            while (!rest.isEmpty()) {
                long first = rest.firstKey();
                long last = rest.headMap(first + step).lastKey();
                bind(statement, first, last + 1);
                try (ResultSet result = statement.executeQuery()) {
                    RowReader in = new RowReader(result);
                    while (in.next()) {
                        Map<List<String>, Tally> sums = rest.get(in.longOrZero());
                        List<String> group = rollups.equals(SESSIONS) ? values(in) : groups.of(in.uuid());
                        if (sums != null && group != null) {
                            sums.computeIfAbsent(group, none -> new Tally()).add(in);
                        }
                    }
                }
                rest = rest.tailMap(last + 1);
            }
        }
    }

    /**
     * Sums by the minute. A corrected exchange counts once, as it stands now; the lines of all its revisions add up to what
     * it costs, for each correction reverses those of the entry it replaces.
     */
    private record Minutes(GroupFold fold, Groups groups) implements EntryScan.Taker {
        @Override
        public void entry(Scanned entry) throws SQLException {
            if (entry.latest()) {
                add(entry, entry.tuple(), sums -> {
                    sums.exchange(!entry.outcome().ok(), entry.pending(), entry.estimated(), entry.bookedAt());
                });
            }
        }

        @Override
        public void line(Scanned entry, boolean own, UUID tuple, TokenType type, long quantity, BigDecimal amount)
                throws SQLException {
            add(entry, tuple, sums -> sums.line(type, quantity, amount, entry.bookedAt()));
        }

        private void add(Scanned entry, UUID tuple, Consumer<Tally> adding) throws SQLException {
            List<String> group = groups.of(tuple);
            if (group != null) {
                fold.add(Nanos.toInstant(entry.bookedAt()), group, adding);
            }
        }
    }

    private List<String> values(RowReader in) throws SQLException {
        String[] values = new String[query.by().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.textOrEmpty();
        }
        return List.of(values);
    }

    /** The group of each tuple, found once. */
    private record Groups(
            List<Dimension> by, TupleFilter filter, Tuples.Lookup lookup, Map<UUID, Optional<List<String>>> known) {
        Groups(List<Dimension> by, TupleFilter filter, Tuples.Lookup lookup) {
            this(by, filter, lookup, new HashMap<>());
        }

        /** Null for a tuple that the question is not about. */
        @Nullable
        List<String> of(UUID id) throws SQLException {
            Optional<List<String>> group = known.get(id);
            if (group == null) {
                Dims tuple = lookup.of(id);
                group = filter.takes(tuple)
                        ? Optional.of(by.stream().map(tuple::of).toList())
                        : Optional.empty();
                known.put(id, group);
            }
            return group.orElse(null);
        }
    }

    /**
     * Rows come one by one and are added up here, each tuple looked up once: the database would read its tuple for each row,
     * and keeps groups in the order of all their columns, which takes longer than everything else together.
     */
    private String sql() {
        String unit = daily() ? "r.epoch_day" : "r.epoch_hour";
        Stream<String> group = rollups.equals(SESSIONS)
                ? query.by().stream().map(dimension -> DimensionSql.group(dimension, "r"))
                : Stream.of("r.dims_id");
        String columns = Stream.concat(Stream.of(unit), group).collect(Collectors.joining(", "));
        // index: primary keys of the rollups; rollups_sessions_session or rollups_sessions_user
        return "select " + columns + ", " + Tally.select() + " from " + rollups + " r where " + unit + " >= ? and "
                + unit + " < ? and " + filter.condition();
    }

    private Instant unitStart(long unit) {
        return Instant.EPOCH.plus(daily() ? Duration.ofDays(unit) : Duration.ofHours(unit));
    }

    private void bind(PreparedStatement statement, long first, long end) throws SQLException {
        int parameter = 1;
        statement.setLong(parameter++, first);
        statement.setLong(parameter++, end);
        for (String value : filter.parameters()) {
            statement.setString(parameter++, value);
        }
    }
}
