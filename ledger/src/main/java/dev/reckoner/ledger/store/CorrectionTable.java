package dev.reckoner.ledger.store;

import dev.reckoner.ledger.Correction;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.Revision;
import dev.reckoner.ledger.StoredEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The table {@code corrections}: which entry took the place of which, when and why. */
public final class CorrectionTable {
    /** Whether no other entry took the place of an entry {@code e}; index: primary key of corrections. */
    public static final String LATEST =
            "not exists (select 1 from corrections c where c.replaced_entry_id = e.entry_id)";

    private static final String INSERT = "insert into corrections (replaced_entry_id, entry_id, exchange_id, revision,"
            + " corrected_at, cause, reason, old_amount, new_amount) values (?, ?, ?, ?, ?, ?, ?, ?, ?)";

    // index: corrections_exchange
    private static final String SELECT =
            "select revision, corrected_at, cause, reason from corrections where exchange_id = ?";

    private CorrectionTable() {}

    /**
     * The revisions of an exchange, each with what is said of the correction that made it.
     *
     * @param entries all entries of the exchange
     */
    public static List<Revision> history(Connection connection, ExchangeId exchange, List<StoredEntry> entries)
            throws SQLException {
        Map<Integer, Revision> made = new HashMap<>();
        Map<Integer, StoredEntry> byNumber = new HashMap<>();
        entries.forEach(entry -> byNumber.put(entry.revision(), entry));
        try (PreparedStatement query = connection.prepareStatement(SELECT)) {
            new RowWriter(query).row().uuid(exchange.value());
            try (ResultSet result = query.executeQuery()) {
                RowReader in = new RowReader(result);
                while (in.next()) {
                    int number = in.count();
                    StoredEntry entry = byNumber.get(number);
                    if (entry != null) {
                        made.put(number, new Revision(number, entry.entry(), in.instant(), in.text(), in.text()));
                    }
                }
            }
        }
        return entries.stream()
                .map(entry -> made.getOrDefault(
                        entry.revision(), new Revision(entry.revision(), entry.entry(), null, null, null)))
                .toList();
    }

    static void insert(Connection connection, List<Numbered> corrections) throws SQLException {
        if (corrections.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            RowWriter out = new RowWriter(insert);
            for (Numbered numbered : corrections) {
                Correction correction = numbered.correction();
                out.row()
                        .number(numbered.replaced().entryId())
                        .number(numbered.entryId())
                        .uuid(correction.id().value())
                        .count(numbered.replaced().revision() + 1)
                        .instant(correction.correctedAt())
                        .text(correction.cause())
                        .text(correction.reason())
                        .money(numbered.replaced().entry().charge().amount())
                        .money(correction.entry().charge().amount())
                        .add();
            }
            insert.executeBatch();
        }
    }

    /** A correction with the number of its entry and the entry it replaces. */
    record Numbered(long entryId, EntryTable.Numbered replaced, Correction correction) {}
}
