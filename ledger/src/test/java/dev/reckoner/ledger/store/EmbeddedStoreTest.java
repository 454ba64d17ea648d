package dev.reckoner.ledger.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reckoner.ledger.Lag;
import dev.reckoner.ledger.LedgerException;
import dev.reckoner.ledger.journal.Position;
import dev.reckoner.ledger.report.StoreReports;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The embedded store as a file: who may read it, and what is said where it can't be used. */
final class EmbeddedStoreTest {
    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void file() {
        file = directory.resolve("store.mv.db");
    }

    @Test
    void file_isPrivate_evenWhereItWasNot() throws Exception {
        assumeTrue(Files.getFileStore(directory).supportsFileAttributeView("posix"));
        Store.open(directory).close();
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Store.open(directory).close();
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void cache_isAPartOfTheHeap_withinBounds() {
        assertEquals(64 * 1024, Engine.cacheKibibytes(100_000_000));
        assertEquals(128 * 1024, Engine.cacheKibibytes(1L << 30));
        assertEquals(512 * 1024, Engine.cacheKibibytes(1L << 40));
    }

    @Test
    void closedStore_leavesOneFile() throws Exception {
        Store store = Store.open(directory);
        new TestBooks(store).book(new RandomEntries(new Random(1)).entries(50));
        store.close();
        store.close();

        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void storeThatWasNotClosed_keepsWhatWasSynced() throws Exception {
        Store store = Store.open(directory);
        new TestBooks(store).book(new RandomEntries(new Random(2)).entries(50));
        store.sync();
        Path copied = Files.createDirectory(directory.resolve("copy"));
        Files.copy(file, copied.resolve("store.mv.db"));
        store.close();

        try (Store copy = Store.open(copied)) {
            assertEquals(new Position(1, 50), copy.mark());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rollups_daily", "rollups_owners", "rollups_tags", "rollups_sessions"})
    void booksWrittenBeforeThereWereDailyRollups_areAddedUp_once(String table) throws Exception {
        Store store = Store.open(directory);
        TestBooks books = new TestBooks(store);
        books.book(new RandomEntries(new Random(20_261_121)).entries(300));
        int rows = books.tamper("delete from " + table);
        store.close();
        assertTrue(rows > 10);

        for (int opening = 0; opening < 2; opening++) {
            try (Store reopened = Store.open(directory)) {
                assertEquals(rows, new TestBooks(reopened).tamper("update " + table + " set failed = failed + 0"));
                assertEquals(
                        List.of(),
                        new StoreReports(reopened, () -> new Lag(0, Duration.ZERO), List::of)
                                .verify()
                                .findings());
            }
        }
    }

    @Test
    void damagedFile_isNamed_withWhatToDo() throws Exception {
        Store.open(directory).close();
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= 0x55;
        }
        Files.write(file, bytes);

        assertRefused("is damaged or no H2 file", "backup", "journal");
    }

    @Test
    void fileOfSomethingElse_isNamed_withWhatToDo() throws Exception {
        Files.writeString(file, "these are not the books ".repeat(1_000));

        assertRefused("backup");
    }

    @Test
    void fileInUse_isNamed_withWhatToDo() throws Exception {
        Store.open(directory).close();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            assertTrue(held.isValid());
            assertRefused("open in another process", "Stop that process");
        }
    }

    @Test
    void missingDirectory_isNamed() {
        LedgerException refused = assertThrows(LedgerException.class, () -> Store.open(directory.resolve("nowhere")));
        assertTrue(String.valueOf(refused.getMessage()).contains("nowhere"), refused.getMessage());
    }

    @Test
    void directoryThatWouldChangeTheUrl_isRefused() throws IOException {
        Path hostile = Files.createDirectory(directory.resolve("a;INIT=drop all objects"));

        LedgerException refused = assertThrows(LedgerException.class, () -> Store.open(hostile));

        assertTrue(String.valueOf(refused.getMessage()).contains("';'"), refused.getMessage());
    }

    @Test
    void newerTables_areRefused_andLeftAlone() throws Exception {
        Store store = Store.open(directory);
        new TestBooks(store)
                .tamper("insert into \"schema_history\" (\"installed_rank\", \"version\", \"description\","
                        + " \"type\", \"script\", \"checksum\", \"installed_by\", \"execution_time\", \"success\")"
                        + " values (99, '999', 'from the future', 'SQL', 'V999__x.sql', 1, 'sa', 1, true)");
        store.close();

        assertRefused("version 999", "newer version");
        assertRefused("version 999", "newer version");
    }

    @Test
    void changedMigration_isRefused() throws Exception {
        Store store = Store.open(directory);
        new TestBooks(store).tamper("update \"schema_history\" set \"checksum\" = 1 where \"version\" = '1'");
        store.close();

        assertRefused("could not be brought up to date");
    }

    private void assertRefused(String... expected) {
        LedgerException refused = assertThrows(LedgerException.class, () -> Store.open(directory));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains(file.toString()), message);
        for (String part : expected) {
            assertTrue(message.contains(part), message);
        }
    }
}
