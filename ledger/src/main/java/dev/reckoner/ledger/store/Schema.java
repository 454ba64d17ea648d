package dev.reckoner.ledger.store;

import dev.reckoner.ledger.LedgerException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

/** Brings the store's tables to the form this program knows, and refuses a store that a newer program has changed. */
final class Schema {
    private static final String MIGRATIONS = "classpath:dev/reckoner/ledger/store";

    private Schema() {}

    /**
     * Migrates.
     *
     * @param name what the store is called in messages
     */
    static void migrate(DataSource database, String name) {
        Flyway flyway = Flyway.configure()
                .dataSource(database)
                .locations(MIGRATIONS)
                .failOnMissingLocations(true)
                .table("schema_history")
                .loggers(MigrationLog.class.getName())
                .connectRetries(0)
                .cleanDisabled(true)
                .load();
        try {
            refuseNewer(flyway, name);
            flyway.migrate();
            fill(database);
        } catch (FlywayException | SQLException e) {
            throw new LedgerException(
                    "The tables of " + name + " could not be brought up to date (" + firstLine(e)
                            + "). Run the version of reckoner that wrote it last, or restore it from a backup",
                    e);
        }
    }

    private static void fill(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                DailyRollups.fill(connection);
                SessionTable.fill(connection);
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    private static void refuseNewer(Flyway flyway, String name) {
        for (MigrationInfo migration : flyway.info().applied()) {
            if (!migration.getState().isResolved()) {
                throw new LedgerException("The tables of " + name + " are at version " + migration.getVersion()
                        + ", which this version of reckoner doesn't know. Run the newer version that wrote it");
            }
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
