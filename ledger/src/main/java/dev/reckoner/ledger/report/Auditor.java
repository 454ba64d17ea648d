package dev.reckoner.ledger.report;

import dev.reckoner.ledger.Audit;
import dev.reckoner.ledger.journal.JournalDamage;
import dev.reckoner.ledger.store.DimsTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Goes through the whole of the books and writes down what doesn't add up. Sees the store at one instant; holds a day
 * of rollups in memory at most.
 */
final class Auditor {
    /** Checks whose rows are each a finding: what it is about, the finding, and the query. */
    private static final List<Check> CHECKS = List.of(
            // index: primary key of lines
            new Check(
                    "entry",
                    "its amount is not the sum of its lines",
                    "select e.exchange_id from entries e where e.amount <>"
                            + " (select coalesce(sum(l.amount), 0) from lines l where l.entry_id = e.entry_id)"),
            // index: primary key of lines
            new Check(
                    "entry",
                    "it has not the lines it was written with",
                    "select e.exchange_id from entries e where e.line_count <>"
                            + " (select count(*) from lines l where l.entry_id = e.entry_id)"),
            // index: primary key of lines
            new Check(
                    "entry",
                    "it counts as rated and has a line without an amount",
                    "select e.exchange_id from entries e where e.rating_status = 'RATED' and exists"
                            + " (select 1 from lines l where l.entry_id = e.entry_id and l.amount is null)"),
            // index: primary key of entries
            new Check(
                    "line of entry number",
                    "there is no such entry",
                    "select l.entry_id from lines l where not exists"
                            + " (select 1 from entries e where e.entry_id = l.entry_id)"),
            // whole table
            new Check(
                    "line of entry number",
                    "quantity times rate times factor is not its amount",
                    "select l.entry_id from lines l where l.amount is not null and l.rate is not null"
                            + " and l.quantity * l.rate * l.factor <> l.amount"
                            + " * case when l.token_type = 'WEB_SEARCH' then 1000 else 1000000 end"),
            // index: entries_exchange
            new Check(
                    "opening",
                    "its exchange has an entry and is not in flight",
                    "select o.exchange_id from openings o where exists"
                            + " (select 1 from entries e where e.exchange_id = o.exchange_id)"),
            // index: primary key of sequences
            new Check(
                    "entry number",
                    "it is beyond the last number given out",
                    "select max(e.entry_id) from entries e having max(e.entry_id) >"
                            + " (select taken from sequences where name = 'entries')"));

    private final Connection connection;
    private final List<JournalDamage> damaged;
    private final Findings findings = new Findings();

    Auditor(Connection connection, List<JournalDamage> damaged) {
        this.connection = connection;
        this.damaged = damaged;
    }

    Audit audit() throws SQLException {
        for (JournalDamage damage : damaged) {
            findings.add("journal " + damage.file() + ": damaged from byte " + damage.offset() + ", " + damage.bytes()
                    + " bytes: " + damage.what());
        }
        for (Check check : CHECKS) {
            run(check);
        }
        for (String id : DimsTable.misnamed(connection)) {
            findings.add("dims " + id + ": its id is not the digest of its values");
        }
        new RollupAudit(connection, findings).run();
        return new Audit(count("entries"), count("lines"), count("rollups_hourly"), count("openings"), findings.list());
    }

    private void run(Check check) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(check.sql());
                ResultSet result = query.executeQuery()) {
            while (result.next()) {
                findings.add(check.about() + " " + result.getString(1) + ": " + check.finding());
            }
        }
    }

    private long count(String table) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select count(*) from " + table);
                ResultSet result = query.executeQuery()) {
            result.next();
            return result.getLong(1);
        }
    }

    private record Check(String about, String finding, String sql) {}
}
