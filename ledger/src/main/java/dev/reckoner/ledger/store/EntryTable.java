package dev.reckoner.ledger.store;

import dev.reckoner.ledger.Charge;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.Line;
import dev.reckoner.ledger.RatingStatus;
import dev.reckoner.ledger.StoredEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The table {@code entries}: one row per exchange, written once, never changed (P7). */
public final class EntryTable {
    /** Columns of a whole entry, for an alias {@code e}. */
    public static final String COLUMNS = "e." + columns().replace(", ", ", e.");

    private static final String INSERT =
            "insert into entries (" + columns() + ") values (" + columns().replaceAll("\\w+", "?") + ")";

    // index: entries_exchange
    private static final String SELECT_BOOKED = "select exchange_id from entries where exchange_id = any(?)";

    private EntryTable() {}

    /** Reads the entries that a query selected by {@link #COLUMNS}, with their lines, in the query's order. */
    public static List<StoredEntry> select(Connection connection, PreparedStatement query) throws SQLException {
        Map<Long, Entry> withoutLines = new LinkedHashMap<>();
        try (ResultSet result = query.executeQuery()) {
            RowReader in = new RowReader(result);
            while (in.next()) {
                withoutLines.put(in.longOrZero(), entry(in));
            }
        }
        Map<Long, List<Line>> lines = LineTable.select(connection, withoutLines.keySet());
        return withoutLines.entrySet().stream()
                .map(row -> new StoredEntry(
                        row.getKey(), withLines(row.getValue(), lines.getOrDefault(row.getKey(), List.of()))))
                .toList();
    }

    /** Which of these exchanges have an entry. */
    static Set<ExchangeId> booked(Connection connection, Collection<ExchangeId> ids) throws SQLException {
        return Ids.existing(connection, SELECT_BOOKED, ids);
    }

    static void insert(Connection connection, List<Numbered> entries) throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            RowWriter out = new RowWriter(insert);
            FactsWriter facts = new FactsWriter(out);
            for (Numbered entry : entries) {
                write(out.row(), facts, entry);
                out.add();
            }
            insert.executeBatch();
        }
    }

    private static String columns() {
        return "entry_id, exchange_id, revision, dims_id, line_count, amount, booked_at, rating_status, rating_reason,"
                + " estimated, estimate_method, " + FactsWriter.COLUMNS;
    }

    private static void write(RowWriter out, FactsWriter facts, Numbered numbered) throws SQLException {
        Entry entry = numbered.entry();
        Charge charge = entry.charge();
        out.number(numbered.entryId())
                .uuid(entry.id().value())
                .count(0)
                .uuid(numbered.dimsId())
                .count(charge.lines().size())
                .money(charge.amount())
                .instant(entry.bookedAt())
                .word(charge.status())
                .text(charge.reason())
                .flag(charge.estimated())
                .text(charge.estimateMethod());
        facts.write(entry.closing());
    }

    private static Entry entry(RowReader in) throws SQLException {
        ExchangeId id = new ExchangeId(in.uuid());
        in.skip(4); // revision, dims_id, line_count and amount: an entry has its lines instead
        Instant bookedAt = in.instant();
        Charge charge = new Charge(List.of(), in.word(RatingStatus.class), in.text(), in.isTrue(), in.text());
        return new Entry(new FactsReader(in).read(id), charge, bookedAt);
    }

    private static Entry withLines(Entry entry, List<Line> lines) {
        Charge charge = entry.charge();
        return new Entry(
                entry.closing(),
                new Charge(lines, charge.status(), charge.reason(), charge.estimated(), charge.estimateMethod()),
                entry.bookedAt());
    }

    /** An entry with its number and the tuple it is counted under. */
    record Numbered(long entryId, UUID dimsId, Entry entry) {}
}
