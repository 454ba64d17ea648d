package dev.reckoner.ledger.report;

import dev.reckoner.ledger.store.Store;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract on the embedded database. */
final class H2ReportsTest extends ReportsContract {
    @TempDir
    static Path directory;

    @Override
    Store open() {
        return Store.open(directory);
    }
}
