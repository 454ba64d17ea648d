package dev.reckoner.ledger.store;

import dev.reckoner.ledger.Correction;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.journal.Frame;
import dev.reckoner.ledger.journal.Position;
import dev.reckoner.ledger.journal.Positioned;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Frames on their way into the tables: one transaction's work. Used once, on the applier's thread. */
final class Batch {
    private final List<Positioned> frames;
    private final BatchRows rows;
    private final BatchCorrections corrections;
    private List<Entry> entries = List.of();

    Batch(List<Positioned> frames, DimsTable dims) {
        this.frames = frames;
        this.rows = new BatchRows(dims);
        this.corrections = new BatchCorrections(corrections(frames), dims);
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
            long entryId = MarkTable.takeEntryIds(connection, plan.entries().size());
            for (Entry entry : plan.entries()) {
                rows.book(entryId++, 0, entry);
            }
        }
        rows.write(connection);
        entries = plan.entries();
        corrections.write(connection);
        BatchTable.put(connection, plan.batches());
        BatchTable.count(connection, plan.entries());
        OpeningTable.delete(connection, plan.replacedOrClosed());
        OpeningTable.insert(connection, plan.openings());
        MarkTable.move(connection, mark, end());
    }

    /** Writes everything in one transaction. */
    void applyTo(Store store, Position from, Taken taken) throws SQLException {
        Set<Long> changed = new HashSet<>();
        try {
            store.write(connection -> {
                write(connection, from);
                changed.addAll(rows.hours());
                changed.addAll(corrections.hours());
                store.changes().begin(changed);
                return this;
            });
        } finally {
            store.changes().end(changed);
        }
        committed(taken);
    }

    private void committed(Taken taken) {
        rows.committed();
        entries.forEach(taken::entry);
        corrections.committed(taken);
    }

    private static List<Correction> corrections(List<Positioned> frames) {
        List<Correction> corrections = new ArrayList<>();
        for (Positioned positioned : frames) {
            if (positioned.frame() instanceof Frame.Corrected corrected) {
                corrections.add(corrected.correction());
            }
        }
        return corrections;
    }
}
