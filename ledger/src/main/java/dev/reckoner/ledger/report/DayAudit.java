package dev.reckoner.ledger.report;

import dev.reckoner.ledger.store.DailyRollups;
import dev.reckoner.ledger.store.RowReader;
import dev.reckoner.ledger.store.Tally;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Audits the daily rollups of one day against the hourly ones, which {@link HourAudit} holds against the entries. */
final class DayAudit {
    // index: primary key of rollups_daily
    private static final String ROLLUPS =
            "select r.dims_id, " + Tally.select() + " from rollups_daily r where r.epoch_day = ?";

    private final Connection connection;
    private final Findings findings;
    private final long day;

    DayAudit(Connection connection, Findings findings, long day) {
        this.connection = connection;
        this.findings = findings;
        this.day = day;
    }

    void run() throws SQLException {
        Map<UUID, Tally> expected = DailyRollups.expected(connection, day);
        try (PreparedStatement query = connection.prepareStatement(ROLLUPS)) {
            query.setLong(1, day);
            try (ResultSet result = query.executeQuery()) {
                RowReader in = new RowReader(result);
                while (in.next()) {
                    UUID dimsId = in.uuid();
                    Tally found = new Tally();
                    found.add(in);
                    compare(dimsId, found, expected.remove(dimsId));
                }
            }
        }
        for (UUID missing : expected.keySet()) {
            findings.add(rollup(missing) + ": it is missing, there are hours for it");
        }
    }

    private void compare(UUID dimsId, Tally found, @Nullable Tally expected) {
        if (expected == null) {
            findings.add(rollup(dimsId) + ": there are no hours for it");
        } else if (!found.sameAs(expected)) {
            findings.add(rollup(dimsId) + ": it is not the sum of its hours");
        }
    }

    private String rollup(UUID dimsId) {
        return "rollup of " + LocalDate.ofEpochDay(day) + ", dims " + dimsId;
    }
}
