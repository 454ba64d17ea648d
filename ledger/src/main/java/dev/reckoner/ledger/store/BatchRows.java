package dev.reckoner.ledger.store;

import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.Line;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Entries with their lines, their tuples and what they add to the rollups, on their way into the tables. Confined to the
 * applier's thread.
 */
final class BatchRows {
    private final DimsTable dims;
    private final Set<Dims> newDims = new LinkedHashSet<>();

    /** The tuples of this batch, most of which aren't in their table yet: no cache may have forgotten one. */
    private final Map<UUID, Dims> tuples = new HashMap<>();

    private final List<EntryTable.Numbered> entries = new ArrayList<>();
    private final List<LineTable.Numbered> lines = new ArrayList<>();
    private final SortedMap<RollupTable.Key, Tally> rollups = new TreeMap<>();
    private final Set<Long> blocks = new HashSet<>();
    private final Map<RollupTable.Key, SessionTally> times = new HashMap<>();

    BatchRows(DimsTable dims) {
        this.dims = dims;
    }

    /** Adds an entry; what stands in the tables for it then. */
    Booked book(long entryId, int revision, Entry entry) {
        Dims own = Dims.of(entry);
        UUID ownId = id(own);
        EntryTable.Numbered numbered = new EntryTable.Numbered(entryId, revision, ownId, entry);
        List<LineTable.Numbered> numberedLines = new ArrayList<>();
        int place = 0;
        for (Line line : entry.charge().lines()) {
            Dims lineDims = Dims.of(entry, line);
            UUID lineDimsId = lineDims.equals(own) ? ownId : id(lineDims);
            numberedLines.add(new LineTable.Numbered(entryId, place++, lineDimsId, line));
        }
        entries.add(numbered);
        touch(entry);
        add(entry, numberedLines);
        if (metered(entry)) {
            tally(entry, ownId).exchange(entry);
            times(entry, ownId).exchange(entry);
        }
        return new Booked(numbered, numberedLines);
    }

    /** Takes what an entry adds to any sum out again, by lines under the number of the entry that replaces it. */
    void reverse(Booked replaced, long entryId) {
        Entry entry = replaced.entry().entry();
        List<LineTable.Numbered> reversed = replaced.lines().stream()
                .map(line -> new LineTable.Numbered(
                        entryId, LineTable.REVERSED_FROM + line.place(), line.dimsId(), negated(line.line())))
                .toList();
        touch(entry);
        add(entry, reversed);
        if (metered(entry)) {
            UUID ownId = replaced.entry().dimsId();
            tally(entry, ownId).exchangeReversed(entry);
            times(entry, ownId).exchangeReversed(entry);
        }
    }

    void write(Connection connection) throws SQLException {
        Map<DailyRollups, SortedMap<RollupTable.Key, Tally>> daily = new EnumMap<>(DailyRollups.class);
        for (DailyRollups kind : DailyRollups.values()) {
            daily.put(kind, daily(connection, kind));
        }
        dims.insert(connection, newDims);
        EntryTable.insert(connection, entries);
        LineTable.insert(connection, lines);
        RollupTable.HOURLY.add(connection, rollups);
        for (Map.Entry<DailyRollups, SortedMap<RollupTable.Key, Tally>> kind : daily.entrySet()) {
            kind.getKey().add(connection, kind.getValue());
        }
        SessionTable.add(connection, sessions(connection));
        PeakTable.forget(connection, blocks);
    }

    /** The hours whose sums they change. */
    Set<Long> hours() {
        return rollups.keySet().stream().map(RollupTable.Key::unit).collect(Collectors.toSet());
    }

    /** To be called after the commit. */
    void committed() {
        dims.remember(newDims);
    }

    private SortedMap<RollupTable.Key, Tally> daily(Connection connection, DailyRollups kind) throws SQLException {
        SortedMap<RollupTable.Key, Tally> daily = new TreeMap<>();
        for (Map.Entry<RollupTable.Key, Tally> hourly : rollups.entrySet()) {
            Dims tuple = kind.of(tuple(connection, hourly.getKey().dimsId()));
            RollupTable.Key key =
                    new RollupTable.Key(Nanos.dayOfHour(hourly.getKey().unit()), id(tuple));
            daily.computeIfAbsent(key, none -> new Tally()).add(hourly.getValue());
        }
        return daily;
    }

    private SortedMap<RollupTable.Key, SessionTable.Row> sessions(Connection connection) throws SQLException {
        SortedMap<RollupTable.Key, SessionTable.Row> sessions = new TreeMap<>();
        for (Map.Entry<RollupTable.Key, Tally> hourly : rollups.entrySet()) {
            session(connection, sessions, hourly.getKey()).tally().add(hourly.getValue());
        }
        for (Map.Entry<RollupTable.Key, SessionTally> hourly : times.entrySet()) {
            session(connection, sessions, hourly.getKey()).add(hourly.getValue());
        }
        return sessions;
    }

    private SessionTally session(
            Connection connection, SortedMap<RollupTable.Key, SessionTable.Row> sessions, RollupTable.Key hour)
            throws SQLException {
        Dims tuple = tuple(connection, hour.dimsId()).ofSession();
        RollupTable.Key key = new RollupTable.Key(Nanos.dayOfHour(hour.unit()), tuple.id());
        return sessions.computeIfAbsent(key, none -> new SessionTable.Row(tuple, new SessionTally()))
                .tally();
    }

    private void add(Entry entry, List<LineTable.Numbered> added) {
        lines.addAll(added);
        if (metered(entry)) {
            for (LineTable.Numbered line : added) {
                tally(entry, line.dimsId()).line(entry, line.line());
            }
        }
    }

    private void touch(Entry entry) {
        blocks.add(PeakTable.block(Nanos.hour(entry.closing().opening().startedAt())));
        blocks.add(PeakTable.block(Nanos.hour(entry.closing().endedAt())));
    }

    private static boolean metered(Entry entry) {
        return entry.closing().opening().route().metered();
    }

    private static Line negated(Line line) {
        return new Line(
                line.attempt(),
                line.model(),
                line.type(),
                Math.negateExact(line.quantity()),
                line.rate(),
                line.factor(),
                line.amount() == null ? null : line.amount().negate(),
                line.serviceTier(),
                line.speed(),
                line.inferenceGeo(),
                line.contextWindow(),
                line.rateVersion());
    }

    private Tally tally(Entry entry, UUID dimsId) {
        RollupTable.Key key = new RollupTable.Key(Nanos.hour(entry.bookedAt()), dimsId);
        return rollups.computeIfAbsent(key, none -> new Tally());
    }

    private SessionTally times(Entry entry, UUID dimsId) {
        RollupTable.Key key = new RollupTable.Key(Nanos.hour(entry.bookedAt()), dimsId);
        return times.computeIfAbsent(key, none -> new SessionTally());
    }

    private UUID id(Dims tuple) {
        if (!dims.isStored(tuple)) {
            newDims.add(tuple);
        }
        UUID id = dims.identify(tuple);
        tuples.put(id, tuple);
        return id;
    }

    private Dims tuple(Connection connection, UUID id) throws SQLException {
        Dims own = tuples.get(id);
        return own == null ? dims.tuple(connection, id) : own;
    }

    /** What stands in the tables for an entry. */
    record Booked(EntryTable.Numbered entry, List<LineTable.Numbered> lines) {
        Booked {
            lines = List.copyOf(lines);
        }
    }
}
