package dev.reckoner.ledger.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.reckoner.ledger.BatchRecord;
import dev.reckoner.ledger.LedgerException;
import dev.reckoner.ledger.journal.Frame;
import dev.reckoner.ledger.journal.Position;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database that the books are read from. One applier writes; any number of threads may read meanwhile and see whole
 * batches only. Every method blocks: never call one on an event loop.
 */
public final class Store implements AutoCloseable {
    /** H2's own level: all tables as they were at the first statement, not each as it was when it was first read. */
    private static final int SNAPSHOT = 6;

    private static final Logger LOG = LoggerFactory.getLogger(Store.class);

    /** Reports that may run at once, and the applier. */
    private static final int CONNECTIONS_MAX = 9;

    private static final Duration CONNECTION_WAIT_MAX = Duration.ofSeconds(30);

    private final Engine engine;
    private final HikariDataSource pool;
    private final Tuples tuples = new Tuples(Runtime.getRuntime().maxMemory());
    private final HourChanges changes = new HourChanges();
    private final AtomicBoolean claimed = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    private Store(Engine engine, HikariDataSource pool) {
        this.engine = engine;
        this.pool = pool;
    }

    /**
     * Opens the embedded store {@code store.mv.db} in a ledger directory; makes it where there is none.
     *
     * @throws LedgerException where the file is damaged, in use, or newer than this program
     */
    public static Store open(Path directory) {
        return open(Engine.embedded(directory));
    }

    static Store open(Engine engine) {
        HikariDataSource pool = new HikariDataSource(poolConfig(engine));
        Store store = new Store(engine, pool);
        try {
            Schema.migrate(pool, engine.name());
            return store;
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /** The tuples that it sums under. */
    public Tuples tuples() {
        return tuples;
    }

    /** Reads the tuples that daily rollups go by, as long as it is told to go on. */
    public void readTuplesAhead(BooleanSupplier goOn) {
        read(connection -> {
            tuples.readAhead(connection, goOn);
            return 0;
        });
    }

    /** How often each day has changed. */
    public HourChanges changes() {
        return changes;
    }

    /** How far the store has taken the journal's frames; {@link Position#START} for a new store. */
    public Position mark() {
        return read(MarkTable::select);
    }

    /**
     * The last known facts of each exchange without an entry, oldest first: {@link Frame.Opened} or
     * {@link Frame.Noted}.
     */
    public List<Frame> inFlight() {
        return read(OpeningTable::select);
    }

    /** The batches heard of last, at most so many, the longest known first. */
    public List<BatchRecord> batches(int max) {
        return read(connection -> BatchTable.latest(connection, max));
    }

    /** Reads by a query; the connection is the query's own until it returns. */
    public <T> T read(Query<T> query) {
        try (Connection connection = pool.getConnection()) {
            return query.run(connection);
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    /** Reads by several queries that all see the store at one instant. */
    public <T> T readSnapshot(Query<T> queries) {
        try (Connection connection = pool.getConnection()) {
            connection.setTransactionIsolation(SNAPSHOT);
            connection.setAutoCommit(false);
            try {
                return queries.run(connection);
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    /** Ends the database; what was applied is on disk before. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        pool.close();
        try {
            engine.end();
        } catch (SQLException e) {
            LOG.warn("The store {} did not close cleanly; nothing applied is lost", engine.name(), e);
        }
    }

    /** Reserves the store for one applier. */
    void claim() {
        if (claimed.getAndSet(true)) {
            throw new IllegalStateException("The store " + engine.name() + " already has an applier; it can have one");
        }
    }

    /** Gives the reservation back. */
    void unclaim() {
        claimed.set(false);
    }

    /** Runs one transaction: all of it or, where it throws, nothing. */
    <T> T write(Query<T> transaction) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = transaction.run(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                rollback(connection, e);
                throw e;
            }
        }
    }

    /**
     * Changes what isn't the applier's, in one transaction that may be lost with the power: it can be made again.
     *
     * @throws LedgerException where it can't be
     */
    public <T> T change(Query<T> transaction) {
        try {
            return write(transaction);
        } catch (SQLException e) {
            throw new LedgerException("The store " + engine.name() + " could not be changed: " + e.getMessage(), e);
        }
    }

    /** Returns once everything committed is on disk. */
    void sync() throws SQLException {
        if (engine.afterCommit() == null) {
            return;
        }
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(engine.afterCommit());
        }
    }

    private LedgerException unreadable(SQLException e) {
        return new LedgerException(
                "The store " + engine.name() + " could not be read (" + e.getMessage()
                        + "). Entries are safe in the journal; check the disk and run reckoner verify",
                e);
    }

    private static void rollback(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private static HikariConfig poolConfig(Engine engine) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("ledger-store");
        config.setJdbcUrl(engine.url());
        config.setUsername(engine.user());
        config.setPassword(engine.password());
        config.setMaximumPoolSize(CONNECTIONS_MAX);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECTION_WAIT_MAX.toMillis());
        config.setAutoCommit(true);
        config.setExceptionOverride(new ClosedDatabase());
        return config;
    }

    /** Something that uses a connection. */
    @FunctionalInterface
    public interface Query<T> {
        /** Runs the query. */
        T run(Connection connection) throws SQLException;
    }
}
