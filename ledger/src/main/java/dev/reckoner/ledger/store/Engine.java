package dev.reckoner.ledger.store;

import dev.reckoner.ledger.LedgerException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A database to keep the books in: how to connect, and what its dialect leaves to the engine.
 *
 * @param name what the store is called in messages
 * @param afterCommit makes a commit durable, null where the commit already is
 * @param beforeClose ends the engine, null where it is a server of its own
 */
record Engine(
        String name,
        String url,
        String user,
        String password,
        @Nullable String afterCommit,
        @Nullable String beforeClose) {
    private static final int H2_IN_USE = 90020;
    private static final int H2_CORRUPT = 90030;
    private static final int H2_TOO_NEW = 90048;
    private static final long CACHE_LEAST_KIBIBYTES = 64 * 1024;
    private static final long CACHE_MOST_KIBIBYTES = 512 * 1024;
    private static final long HEAP_PART = 8;

    /**
     * The embedded database in one file. WRITE_DELAY=0 alone does not sync: CHECKPOINT SYNC does. No trace file: it would
     * hold what was being written. Nobody but this process can reach it.
     *
     * @throws LedgerException where the file can't be used
     */
    static Engine embedded(Path directory) {
        Path file = directory.toAbsolutePath().normalize().resolve("store.mv.db");
        String path = file.resolveSibling("store").toString();
        if (path.contains(";")) {
            throw new LedgerException("The ledger directory " + directory
                    + " has a ';' in its name, which the database can't open. Choose another directory");
        }
        makePrivate(file);
        String url = "jdbc:h2:file:" + path
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
                + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1;TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0"
                + ";CACHE_SIZE=" + cacheKibibytes(Runtime.getRuntime().maxMemory());
        Engine engine = new Engine(file.toString(), url, "sa", "", "checkpoint sync", "shutdown");
        engine.probe();
        return engine;
    }

    /**
     * A part of the heap for the pages that were read: the daily rollups of half a year of many people are more than the
     * least, and would be read again for each report.
     */
    static long cacheKibibytes(long heapBytes) {
        return Math.max(CACHE_LEAST_KIBIBYTES, Math.min(CACHE_MOST_KIBIBYTES, heapBytes / 1024 / HEAP_PART));
    }

    /** Ends the engine, once nobody is connected. */
    void end() throws SQLException {
        if (beforeClose == null) {
            return;
        }
        try (Connection connection = DriverManager.getConnection(url, user, password);
                Statement statement = connection.createStatement()) {
            statement.execute(beforeClose);
        }
    }

    /** Opens and closes one connection, so that an unusable store is told apart by what is wrong with it. */
    private void probe() {
        try (Connection connection = DriverManager.getConnection(url, user, password);
                Statement statement = connection.createStatement()) {
            statement.execute("select 1");
        } catch (SQLException e) {
            throw new LedgerException(unusable(e), e);
        }
    }

    private String unusable(SQLException e) {
        return switch (e.getErrorCode()) {
            case H2_IN_USE ->
                "The store " + name
                        + " is open in another process. Stop that process, or ask the running server instead";
            case H2_CORRUPT ->
                "The store " + name
                        + " can't be read: it is damaged or no H2 file. Put back the newest backup of it; or"
                        + " move it away, and a new store takes what the journal beside it still holds";
            case H2_TOO_NEW ->
                "The store " + name
                        + " was written by another version of the database. Run the version of reckoner that"
                        + " wrote it last";
            default ->
                "The store " + name + " can't be opened (" + e.getMessage()
                        + "). Check that the directory is writable and"
                        + " the disk not full; if the file itself is damaged, put back the newest backup of it";
        };
    }

    private static void makePrivate(Path file) {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        try {
            if (Files.notExists(file)) {
                Files.createFile(file);
            }
            if (posix) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
        } catch (IOException e) {
            throw new LedgerException(
                    "The store " + file + " can't be made private to its owner (" + e
                            + "). The ledger directory must exist and belong to the user who runs reckoner",
                    e);
        }
    }
}
