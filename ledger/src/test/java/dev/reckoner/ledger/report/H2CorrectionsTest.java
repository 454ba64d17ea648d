package dev.reckoner.ledger.report;

import dev.reckoner.ledger.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract on the embedded database. */
final class H2CorrectionsTest extends CorrectionsContract {
    @TempDir
    private Path directory;

    @Override
    Store open(String name) throws IOException {
        return Store.open(Files.createDirectories(directory.resolve(name)));
    }
}
