package dev.reckoner.ledger.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract on the embedded database. */
final class H2StoreTest extends StoreContract {
    @TempDir
    Path directory;

    @Override
    Store open() {
        return Store.open(directory);
    }
}
