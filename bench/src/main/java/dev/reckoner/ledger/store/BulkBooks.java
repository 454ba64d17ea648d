package dev.reckoner.ledger.store;

import dev.reckoner.ledger.Entry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * Books many entries straight into a store, with the applier's own tables and rollups and without a journal: what takes
 * hours otherwise. In the package of the tables, which nobody else may write.
 */
public final class BulkBooks implements AutoCloseable {
    private static final int CACHE_KIBIBYTES = 1_500_000;

    private final Store store;
    private final DimsTable dims = new DimsTable();

    /** Makes a store in a directory, with so much memory that the tables' pages are read once. */
    public BulkBooks(Path directory) {
        Engine engine = Engine.embedded(directory);
        String url = engine.url().replaceAll("CACHE_SIZE=\\d+", "CACHE_SIZE=" + CACHE_KIBIBYTES);
        store = Store.open(new Engine(
                engine.name(), url, engine.user(), engine.password(), engine.afterCommit(), engine.beforeClose()));
    }

    @Override
    public void close() {
        store.close();
    }

    /** Books entries that aren't there yet, in one transaction. */
    public void book(List<Entry> entries) throws SQLException {
        BatchRows rows = new BatchRows(dims);
        store.write(connection -> {
            long entryId = MarkTable.takeEntryIds(connection, entries.size());
            for (Entry entry : entries) {
                rows.book(entryId++, 0, entry);
            }
            rows.write(connection);
            return rows;
        });
        rows.committed();
    }
}
