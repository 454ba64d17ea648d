package dev.reckoner.ledger.store;

import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.Line;
import dev.reckoner.ledger.Route;
import dev.reckoner.ledger.journal.Frame;
import dev.reckoner.ledger.journal.Position;
import dev.reckoner.ledger.journal.Positioned;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** Frames on their way into the tables: one transaction's work. Used once, on the applier's thread. */
final class Batch {
    private final List<Positioned> frames;
    private final DimsTable dims;
    private final Set<Dims> newDims = new LinkedHashSet<>();
    private final List<EntryTable.Numbered> entries = new ArrayList<>();
    private final List<LineTable.Numbered> lines = new ArrayList<>();
    private final SortedMap<RollupTable.Key, Tally> rollups = new TreeMap<>();

    Batch(List<Positioned> frames, DimsTable dims) {
        this.frames = frames;
        this.dims = dims;
    }

    /** Where the mark stands once the batch is in. */
    Position end() {
        return frames.get(frames.size() - 1).next();
    }

    /** Writes everything that the frames change, rollups and mark included. */
    void write(Connection connection, Position mark) throws SQLException {
        Set<ExchangeId> ids =
                frames.stream().map(Positioned::frame).map(Frame::id).collect(Collectors.toSet());
        BatchPlan plan =
                new BatchPlan(frames, EntryTable.booked(connection, ids), OpeningTable.existing(connection, ids));
        if (!plan.entries().isEmpty()) {
            prepare(
                    plan.entries(),
                    MarkTable.takeEntryIds(connection, plan.entries().size()));
        }
        dims.insert(connection, newDims);
        EntryTable.insert(connection, entries);
        LineTable.insert(connection, lines);
        RollupTable.add(connection, rollups);
        OpeningTable.delete(connection, plan.replacedOrClosed());
        OpeningTable.insert(connection, plan.openings());
        MarkTable.move(connection, mark, end());
    }

    /** To be called after the commit. */
    void committed() {
        dims.remember(newDims);
    }

    private void prepare(List<Entry> fresh, long firstEntryId) {
        long entryId = firstEntryId;
        for (Entry entry : fresh) {
            prepare(entry, entryId++);
        }
    }

    private void prepare(Entry entry, long entryId) {
        boolean metered = entry.closing().opening().route() == Route.MESSAGES;
        long hour = Nanos.hour(entry.bookedAt());
        Dims own = Dims.of(entry);
        UUID ownId = id(own);
        entries.add(new EntryTable.Numbered(entryId, ownId, entry));
        if (metered) {
            tally(hour, ownId).exchange(entry);
        }
        int lineNo = 0;
        for (Line line : entry.charge().lines()) {
            Dims lineDims = Dims.of(entry, line);
            UUID lineDimsId = lineDims.equals(own) ? ownId : id(lineDims);
            lines.add(new LineTable.Numbered(entryId, lineNo++, lineDimsId, line));
            if (metered) {
                tally(hour, lineDimsId).line(entry, line);
            }
        }
    }

    private Tally tally(long hour, UUID dimsId) {
        return rollups.computeIfAbsent(new RollupTable.Key(hour, dimsId), none -> new Tally());
    }

    private UUID id(Dims tuple) {
        if (!dims.isStored(tuple)) {
            newDims.add(tuple);
        }
        return dims.id(tuple);
    }
}
