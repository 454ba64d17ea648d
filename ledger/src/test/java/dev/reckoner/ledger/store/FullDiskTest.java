package dev.reckoner.ledger.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.Audit;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.Lag;
import dev.reckoner.ledger.LedgerException;
import dev.reckoner.ledger.report.StoreReports;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded database closes itself when its disk is full; the store must open it again by itself once there is room. */
final class FullDiskTest {
    private static final int ATTEMPTS_MAX = 20;

    @TempDir
    Path directory;

    @AfterEach
    void room() {
        FullDisk.full(false);
    }

    @Test
    void diskFullAndFreedAgain_storeGoesOnWithEverythingThatWasCommitted() throws Exception {
        FullDisk.register();
        Engine plain = Engine.embedded(directory);
        plain.end();
        Engine engine = new Engine(
                plain.name(),
                plain.url().replace("jdbc:h2:file:", "jdbc:h2:" + FullDisk.SCHEME + ":"),
                plain.user(),
                plain.password(),
                plain.afterCommit(),
                plain.beforeClose());
        List<Entry> entries = new RandomEntries(new Random(20_261_121)).entries(300);
        try (Store store = Store.open(engine)) {
            new TestBooks(store).book(entries.subList(0, 100));
            store.sync();

            FullDisk.full(true);
            assertThrows(SQLException.class, () -> {
                new TestBooks(store).book(entries.subList(100, 300));
                store.sync();
            });
            FullDisk.full(false);

            Audit audit = recovered(new StoreReports(store, () -> new Lag(0, Duration.ZERO), List::of));
            assertTrue(audit.clean(), audit.findings().toString());
            if (audit.entries() == 100) {
                new TestBooks(store).book(entries.subList(100, 300));
            }
            store.sync();
            audit = new StoreReports(store, () -> new Lag(0, Duration.ZERO), List::of).verify();
            assertTrue(audit.clean(), audit.findings().toString());
            assertEquals(300, audit.entries());
        }
    }

    /** The applier asks again and again; so does this, without its pauses. */
    private static Audit recovered(StoreReports reports) {
        List<String> failures = new ArrayList<>();
        while (failures.size() < ATTEMPTS_MAX) {
            try {
                return reports.verify();
            } catch (LedgerException e) {
                failures.add(String.valueOf(e.getMessage()));
            }
        }
        throw new AssertionError("the store stays closed: " + failures);
    }
}
