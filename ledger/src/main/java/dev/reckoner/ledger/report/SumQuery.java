package dev.reckoner.ledger.report;

import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.ledger.report.EntryScan.Scanned;
import dev.reckoner.ledger.store.Dims;
import dev.reckoner.ledger.store.EntryTable;
import dev.reckoner.ledger.store.HourChanges;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * answer; minutes are added up from entries and lines. What was read is remembered as long as it holds.
 */
final class SumQuery {
    private static final String ENTRIES = "entries";
    private static final String HOURLY = "rollups_hourly";
    private static final EntryScan SCAN = new EntryScan(EntryTable.METERED);
    private static final String SESSIONS = "rollups_sessions";
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final long HOUR = Duration.ofHours(1).toNanos();
    private static final long DAY = Duration.ofDays(1).toNanos();
    private static final long STEP = Duration.ofDays(8).toNanos();

    private static final long MINUTES_REMEMBERED = 2 * DAY / MINUTE;

    /** Days that are remembered as one where nobody asks for less, the most first; sessions are as many in a week as in its days. */
    private static final List<Long> STRETCHES = List.of(32L, 8L);

    /** What the daily rollups can't tell. */
    private static final Set<Dimension> WHO = Set.of(
            Dimension.USER, Dimension.TEAM, Dimension.PROJECT, Dimension.SESSION, Dimension.TAG, Dimension.VIRTUAL_KEY);

    /** What the rollups of sessions can tell. */
    private static final Set<Dimension> OF_SESSIONS =
            Set.of(Dimension.SESSION, Dimension.USER, Dimension.TEAM, Dimension.PROJECT, Dimension.MODEL);

    private final ReportQuery query;
    private final Instant from;
    private final Instant until;
    private final String table;
    private final long width;
    private final DimensionSql.Filter filter;
    private final RollupMemory.Question question;

    SumQuery(ReportQuery query) {
        this.query = query;
        this.from = bound(query.from());
        this.until = bound(query.until());
        this.table = query.bucket() == Bucket.MINUTE ? ENTRIES : rollups();
        this.width = table.equals(ENTRIES) ? MINUTE : table.equals(HOURLY) ? HOUR : DAY;
        this.filter = DimensionSql.ofRows(table.equals(SESSIONS) ? query.where() : Map.of(), "r");
        this.question = new RollupMemory.Question(table, query.by(), query.where());
    }

    /** A month begun is asked for as far as it has come. */
    private Instant bound(Instant instant) {
        boolean ofDays = query.bucket() == Bucket.WEEK || query.bucket() == Bucket.MONTH;
        return Buckets.start(Nanos.clamp(instant), ofDays ? Bucket.DAY : query.bucket());
    }

    /** The smallest table of rollups that can answer: daily ones only where whole days are asked for. */
    private String rollups() {
        boolean wholeDays = query.bucket() != Bucket.HOUR && startsDay(from) && startsDay(until);
        if (wholeDays && ofSessions()) {
            return SESSIONS;
        }
        if (!wholeDays || asksFor(Set.of(Dimension.SESSION))) {
            return HOURLY;
        }
        if (asksFor(Set.of(Dimension.TAG))) {
            return "rollups_tags";
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

    private static boolean startsDay(Instant instant) {
        return Math.floorMod(Nanos.of(instant), DAY) == 0;
    }

    /** The rows, ordered by bucket, then by group; all read under one snapshot. */
    List<ReportRow> run(
            Connection connection, Store store, RollupMemory<List<String>> memory, RollupMemory<UUID> ofDays)
            throws SQLException {
        HourChanges.Numbers before = store.changes().now();
        GroupFold fold = new GroupFold(query);
        try (Tuples.Lookup lookup = store.tuples().over(connection)) {
            Groups groups = new Groups(query.by(), TupleFilter.of(query.where()), lookup);
            if (manyMinutes()) {
                SCAN.read(connection, from, until, new Minutes(groups, (at, group, adding) -> {
                    fold.add(Nanos.toInstant(at), group, adding);
                }));
                return fold.rows();
            }
            DayRows days = new DayRows(ofDays, table, before);
            pieces(connection, before, store.changes(), memory, days, groups)
                    .forEach((piece, sums) -> sums.forEach(
                            (group, tally) -> fold.add(start(piece.first()), group, all -> all.add(tally))));
        }
        return fold.rows();
    }

    /** Whether there are more minutes than anybody looks at twice; what is remembered would have to make room for them. */
    private boolean manyMinutes() {
        return table.equals(ENTRIES) && Nanos.of(until) / MINUTE - Nanos.of(from) / MINUTE > MINUTES_REMEMBERED;
    }

    /** Units that are read and remembered together. */
    private record Piece(long first, long units) {}

    /** The sums of each piece, from memory where nothing has changed. */
    private Map<Piece, Map<List<String>, Tally>> pieces(
            Connection connection,
            HourChanges.Numbers before,
            HourChanges changes,
            RollupMemory<List<String>> memory,
            DayRows days,
            Groups groups)
            throws SQLException {
        List<Piece> asked = pieces(connection);
        Map<Piece, Map<List<String>, Tally>> pieces = new HashMap<>();
        Map<Piece, Map<List<String>, Tally>> missing = new HashMap<>();
        asked.forEach(piece -> {
            Map<List<String>, Tally> known =
                    steady(before, piece) ? memory.recall(asked(piece), number(before, piece)) : null;
            (known == null ? missing : pieces).put(piece, known == null ? new HashMap<>() : known);
        });
        read(connection, missing, groups, days);
        missing.forEach((piece, sums) -> {
            if (steady(before, piece)) {
                memory.keep(asked(piece), number(before, piece), sums);
            }
        });
        HourChanges.Numbers after = changes.now();
        Map<Piece, Map<List<String>, Tally>> changed = new HashMap<>();
        asked.forEach(piece -> {
            boolean recalled = pieces.containsKey(piece) || days.recalled(piece.first(), piece.units());
            if (recalled && number(after, piece) != number(before, piece)) {
                changed.put(piece, new HashMap<>());
            }
        });
        pieces.putAll(missing);
        // what was remembered of these may be older than the snapshot: they are read from it, so that no batch is seen
        // by half
        read(connection, changed, groups, days.unchanged(after));
        pieces.putAll(changed);
        return pieces;
    }

    /** The pieces of what is asked for, as far as there is anything. */
    private List<Piece> pieces(Connection connection) throws SQLException {
        // index: entries_booked; primary keys of the rollups
        Edges edges = Edges.of(connection, table.equals(ENTRIES) ? "booked_at" : unitColumn(), table);
        long finer = table.equals(ENTRIES) ? MINUTE : 1;
        long first = Math.max(Math.floorDiv(edges.first(), finer), Math.floorDiv(Nanos.of(from), width));
        long end = Math.min(Math.floorDiv(edges.last(), finer) + 1, Math.floorDiv(Nanos.of(until), width));
        boolean stretches = width == DAY && query.bucket() == Bucket.ALL && !table.equals(SESSIONS);
        List<Piece> pieces = new ArrayList<>();
        for (long unit = first; unit < end; ) {
            Piece piece = new Piece(unit, stretches ? stretch(unit, end) : 1);
            pieces.add(piece);
            unit += piece.units();
        }
        return pieces;
    }

    private static long stretch(long unit, long end) {
        for (long stretch : STRETCHES) {
            if (Math.floorMod(unit, stretch) == 0 && unit + stretch <= end) {
                return stretch;
            }
        }
        return 1;
    }

    private long number(HourChanges.Numbers numbers, Piece piece) {
        return numbers.of(firstHour(piece), hours(piece));
    }

    private boolean steady(HourChanges.Numbers numbers, Piece piece) {
        return numbers.steady(firstHour(piece), hours(piece));
    }

    private long firstHour(Piece piece) {
        return Math.floorDiv(piece.first() * (width / MINUTE), HOUR / MINUTE);
    }

    private long hours(Piece piece) {
        return Math.max(1, piece.units() * width / HOUR);
    }

    private RollupMemory.Asked asked(Piece piece) {
        return new RollupMemory.Asked(question, piece.first(), piece.units());
    }

    /** Adds pieces up, from rows of days that are remembered where there may be any. */
    private void read(
            Connection connection, Map<Piece, Map<List<String>, Tally>> pieces, Groups groups, @Nullable DayRows days)
            throws SQLException {
        SortedMap<Long, Map<List<String>, Tally>> units = new TreeMap<>();
        pieces.forEach((piece, sums) ->
                LongStream.range(piece.first(), piece.first() + piece.units()).forEach(unit -> units.put(unit, sums)));
        if (table.equals(ENTRIES)) {
            readEntries(connection, units, groups);
        } else {
            boolean byTuple = width == DAY && !table.equals(SESSIONS);
            readRollups(connection, units, groups, byTuple ? days : null);
        }
    }

    private void readEntries(Connection connection, SortedMap<Long, Map<List<String>, Tally>> minutes, Groups groups)
            throws SQLException {
        SortedMap<Long, Map<List<String>, Tally>> rest = minutes;
        while (!rest.isEmpty()) {
            long first = rest.firstKey();
            long end = first;
            while (rest.containsKey(end)) {
                end++;
            }
            SCAN.read(connection, start(first), start(end), new Minutes(groups, (at, group, adding) -> {
                Map<List<String>, Tally> sums = Objects.requireNonNull(minutes.get(Math.floorDiv(at, MINUTE)));
                adding.accept(sums.computeIfAbsent(group, none -> new Tally()));
            }));
            rest = rest.tailMap(end);
        }
    }

    /** Some days at a time: the database holds whole answers in memory, and writes large ones to disk before it shows them. */
    private void readRollups(
            Connection connection,
            SortedMap<Long, Map<List<String>, Tally>> units,
            Groups groups,
            @Nullable DayRows days)
            throws SQLException {
        SortedMap<Long, Map<List<String>, Tally>> rest = days == null ? units : unknown(units, groups, days);
        try (PreparedStatement statement = connection.prepareStatement(sql())) {
            while (!rest.isEmpty()) {
                long first = rest.firstKey();
                SortedMap<Long, Map<List<String>, Tally>> step = rest.headMap(first + STEP / width);
                long last = step.lastKey();
                bind(statement, first, last + 1);
                try (ResultSet result = statement.executeQuery()) {
                    if (days == null) {
                        addUp(new RowReader(result), step, groups);
                    } else {
                        addUp(new RowReader(result), step, groups, days);
                    }
                }
                rest = rest.tailMap(last + 1);
            }
        }
    }

    /** Adds up what is remembered; returns the other units. */
    private static SortedMap<Long, Map<List<String>, Tally>> unknown(
            SortedMap<Long, Map<List<String>, Tally>> units, Groups groups, DayRows days) throws SQLException {
        SortedMap<Long, Map<List<String>, Tally>> unknown = new TreeMap<>();
        for (Map.Entry<Long, Map<List<String>, Tally>> unit : units.entrySet()) {
            Map<UUID, Tally> rows = days.recall(unit.getKey());
            if (rows == null) {
                unknown.put(unit.getKey(), unit.getValue());
            } else {
                groups.addUp(rows, unit.getValue());
            }
        }
        return unknown;
    }

    private void addUp(RowReader in, Map<Long, Map<List<String>, Tally>> units, Groups groups) throws SQLException {
        while (in.next()) {
            Map<List<String>, Tally> sums = units.get(in.longOrZero());
            List<String> group = table.equals(SESSIONS) ? values(in) : groups.of(in.uuid());
            if (sums != null && group != null) {
                sums.computeIfAbsent(group, none -> new Tally()).add(in);
            }
        }
    }

    /** Keeps the rows, too. */
    private static void addUp(
            RowReader in, SortedMap<Long, Map<List<String>, Tally>> units, Groups groups, DayRows days)
            throws SQLException {
        Map<Long, Map<UUID, Tally>> read = new HashMap<>();
        units.keySet().forEach(unit -> read.put(unit, new HashMap<>()));
        while (in.next()) {
            Map<UUID, Tally> rows = read.get(in.longOrZero());
            if (rows != null) {
                rows.computeIfAbsent(in.uuid(), none -> new Tally()).add(in);
            }
        }
        for (Map.Entry<Long, Map<List<String>, Tally>> unit : units.entrySet()) {
            Map<UUID, Tally> rows = Objects.requireNonNull(read.get(unit.getKey()));
            groups.addUp(rows, unit.getValue());
            days.keep(unit.getKey(), rows);
        }
    }

    /** Adds to the sums of a group at an instant. */
    private interface Adding {
        void add(long at, List<String> group, Consumer<Tally> adding);
    }

    /**
     * Sums by the minute. A corrected exchange counts once, as it stands now; the lines of all its revisions add up to what
     * it costs, for each correction reverses those of the entry it replaces.
     */
    private record Minutes(Groups groups, Adding to) implements EntryScan.Taker {
        @Override
        public void entry(Scanned entry) throws SQLException {
            if (entry.latest()) {
                add(
                        entry,
                        entry.tuple(),
                        sums -> sums.exchange(
                                !entry.outcome().ok(), entry.pending(), entry.estimated(), entry.bookedAt()));
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
                to.add(entry.bookedAt(), group, adding);
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
            if (by.isEmpty() && filter.takesAll()) {
                return List.of();
            }
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

        void addUp(Map<UUID, Tally> rows, Map<List<String>, Tally> sums) throws SQLException {
            for (Map.Entry<UUID, Tally> row : rows.entrySet()) {
                List<String> group = of(row.getKey());
                if (group != null) {
                    sums.computeIfAbsent(group, none -> new Tally()).add(row.getValue());
                }
            }
        }
    }

    /**
     * Rows come one by one and are added up here, each tuple looked up once: the database would read its tuple for each row,
     * and keeps groups in the order of all their columns, which takes longer than everything else together.
     */
    private String sql() {
        String unit = "r." + unitColumn();
        Stream<String> group = table.equals(SESSIONS)
                ? query.by().stream().map(dimension -> DimensionSql.group(dimension, "r"))
                : Stream.of("r.dims_id");
        String columns = Stream.concat(Stream.of(unit), group).collect(Collectors.joining(", "));
        // index: primary keys of the rollups; rollups_sessions_ session, user, team or project
        return "select " + columns + ", " + Tally.select() + " from " + table + " r where " + unit + " >= ? and " + unit
                + " < ? and " + filter.condition();
    }

    private String unitColumn() {
        return width == DAY ? "epoch_day" : "epoch_hour";
    }

    private Instant start(long unit) {
        return Nanos.toInstant(unit * width);
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
