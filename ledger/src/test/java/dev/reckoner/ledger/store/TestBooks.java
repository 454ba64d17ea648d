package dev.reckoner.ledger.store;

import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.Opening;
import dev.reckoner.ledger.journal.Frame;
import dev.reckoner.ledger.journal.Position;
import dev.reckoner.ledger.journal.Positioned;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Writes into a store without a journal, for tests of what is read from it. */
public final class TestBooks {
    private final Store store;
    private final DimsTable dims;

    /** Writes into that store. */
    public TestBooks(Store store) {
        this(store, DimsTable.REMEMBERED_MAX);
    }

    TestBooks(Store store, int rememberedMax) {
        this.store = store;
        this.dims = new DimsTable(rememberedMax);
    }

    /** Books entries in one batch. */
    public void book(List<Entry> entries) throws SQLException {
        frames(entries.stream().<Frame>map(Frame.Closed::new).toList());
    }

    /** Applies frames in one batch. */
    public void frames(List<Frame> frames) throws SQLException {
        Position mark = store.mark();
        List<Positioned> positioned = new ArrayList<>();
        for (Frame frame : frames) {
            positioned.add(new Positioned(new Position(1, mark.offset() + positioned.size() + 1), frame));
        }
        new Batch(positioned, dims).applyTo(store, mark, Taken.NOBODY);
    }

    /** Changes rows behind the books' back; how many. */
    public int tamper(String sql) throws SQLException {
        int changed = store.write(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        });
        store.changes().everythingChanged();
        return changed;
    }

    /** The same closing under another opening. */
    public static Closing withOpening(Closing closing, Opening opening) {
        return new Closing(
                opening,
                closing.endedAt(),
                closing.firstByteAt(),
                closing.status(),
                closing.outcome(),
                closing.outcomeDetail(),
                closing.requestId(),
                closing.organizationId(),
                closing.workspaceId(),
                closing.bytesIn(),
                closing.bytesOut(),
                closing.reading(),
                closing.rateLimits());
    }
}
