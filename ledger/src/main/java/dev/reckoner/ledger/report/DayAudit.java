package dev.reckoner.ledger.report;

import dev.reckoner.ledger.store.DailyRollups;
import dev.reckoner.ledger.store.SessionTable;
import dev.reckoner.ledger.store.SessionTally;
import dev.reckoner.ledger.store.Tally;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Audits the daily rollups of one day against the hourly ones, which {@link HourAudit} holds against the entries. */
final class DayAudit {
    private final Connection connection;
    private final Findings findings;
    private final long day;

    DayAudit(Connection connection, Findings findings, long day) {
        this.connection = connection;
        this.findings = findings;
        this.day = day;
    }

    void run() throws SQLException {
        for (DailyRollups kind : DailyRollups.values()) {
            Map<UUID, Tally> expected = kind.expected(connection, day);
            kind.found(connection, day).forEach((dimsId, found) -> compare(dimsId, found, expected.remove(dimsId)));
            for (UUID missing : expected.keySet()) {
                findings.add(rollup(missing) + ": it is missing, there are hours for it");
            }
        }
        sessions();
    }

    private void sessions() throws SQLException {
        Map<UUID, SessionTally> expected = SessionTable.expected(connection, day);
        SessionTable.found(connection, day).forEach((dimsId, found) -> {
            SessionTally sum = expected.remove(dimsId);
            if (sum == null || !found.sameAs(sum)) {
                findings.add(session(dimsId) + ": it is not the sum of its exchanges");
            }
        });
        for (UUID missing : expected.keySet()) {
            findings.add(session(missing) + ": it is missing, there are exchanges for it");
        }
    }

    private void compare(UUID dimsId, Tally found, @Nullable Tally expected) {
        if (expected == null) {
            findings.add(rollup(dimsId) + ": there are no hours for it");
        } else if (!found.sameAs(expected)) {
            findings.add(rollup(dimsId) + ": it is not the sum of its hours");
        }
    }

    private String session(UUID dimsId) {
        return "session of " + LocalDate.ofEpochDay(day) + ", dims " + dimsId;
    }

    private String rollup(UUID dimsId) {
        return "rollup of " + LocalDate.ofEpochDay(day) + ", dims " + dimsId;
    }
}
