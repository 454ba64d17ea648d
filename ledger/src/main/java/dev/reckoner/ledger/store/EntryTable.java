package dev.reckoner.ledger.store;

import dev.reckoner.ledger.Charge;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.Line;
import dev.reckoner.ledger.RatingStatus;
import dev.reckoner.ledger.Route;
import dev.reckoner.ledger.StoredEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The table {@code entries}: one row per revision of an exchange's entry, written once, never changed (P7). */
public final class EntryTable {
    /** Columns of a whole entry, for an alias {@code e}. */
    public static final String COLUMNS = "e." + columns().replace(", ", ", e.");

    /** Whether an entry {@code e} is of a metered route. */
    public static final String METERED = Arrays.stream(Route.values())
            .filter(Route::metered)
            .map(route -> "'" + route + "'")
            .collect(Collectors.joining(", ", "e.route in (", ")"));

    private static final String INSERT =
            "insert into entries (" + columns() + ") values (" + columns().replaceAll("\\w+", "?") + ")";

    // index: entries_exchange
    private static final String SELECT_BOOKED = "select exchange_id from entries where exchange_id = any(?)";

    // index: entries_exchange, primary key of corrections
    private static final String SELECT_LATEST =
            "select " + COLUMNS + " from entries e where e.exchange_id = any(?) and " + CorrectionTable.LATEST;

    // index: entries_exchange
    private static final String SELECT_REVISIONS =
            "select " + COLUMNS + " from entries e where e.exchange_id = ? order by e.revision";

    private EntryTable() {}

    /** Reads the entries that a query selected by {@link #COLUMNS}, with their lines, in the query's order. */
    public static List<StoredEntry> select(Connection connection, PreparedStatement query) throws SQLException {
        return booked(connection, query).stream()
                .map(BatchRows.Booked::entry)
                .map(row -> new StoredEntry(row.entryId(), row.revision(), row.entry()))
                .toList();
    }

    /** All revisions of an exchange's entry, oldest first. */
    public static List<StoredEntry> revisions(Connection connection, ExchangeId id) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SELECT_REVISIONS)) {
            new RowWriter(query).row().uuid(id.value());
            return select(connection, query);
        }
    }

    /** The latest revision of each of these exchanges. */
    static Map<ExchangeId, BatchRows.Booked> latest(Connection connection, Collection<ExchangeId> ids)
            throws SQLException {
        Map<ExchangeId, BatchRows.Booked> latest = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(SELECT_LATEST)) {
            query.setArray(1, connection.createArrayOf("uuid", Ids.values(ids)));
            for (BatchRows.Booked booked : booked(connection, query)) {
                latest.put(booked.entry().entry().id(), booked);
            }
        }
        return latest;
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

    private static List<BatchRows.Booked> booked(Connection connection, PreparedStatement query) throws SQLException {
        Map<Long, Numbered> withoutLines = new LinkedHashMap<>();
        try (ResultSet result = query.executeQuery()) {
            RowReader in = new RowReader(result);
            while (in.next()) {
                Numbered numbered = numbered(in);
                withoutLines.put(numbered.entryId(), numbered);
            }
        }
        Map<Long, List<LineTable.Numbered>> lines = LineTable.select(connection, withoutLines.keySet());
        return withoutLines.values().stream()
                .map(row -> withLines(row, lines.getOrDefault(row.entryId(), List.of())))
                .toList();
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
                .count(numbered.revision())
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

    private static Numbered numbered(RowReader in) throws SQLException {
        long entryId = in.longOrZero();
        ExchangeId id = new ExchangeId(in.uuid());
        int revision = in.count();
        UUID dimsId = in.uuid();
        in.skip(2); // line_count and amount: an entry has its lines instead
        Instant bookedAt = in.instant();
        Charge charge = new Charge(List.of(), in.word(RatingStatus.class), in.text(), in.isTrue(), in.text());
        return new Numbered(entryId, revision, dimsId, new Entry(new FactsReader(in).read(id), charge, bookedAt));
    }

    private static BatchRows.Booked withLines(Numbered row, List<LineTable.Numbered> numberedLines) {
        Entry entry = row.entry();
        Charge charge = entry.charge();
        List<Line> lines = numberedLines.stream().map(LineTable.Numbered::line).toList();
        Entry whole = new Entry(
                entry.closing(),
                new Charge(lines, charge.status(), charge.reason(), charge.estimated(), charge.estimateMethod()),
                entry.bookedAt());
        return new BatchRows.Booked(new Numbered(row.entryId(), row.revision(), row.dimsId(), whole), numberedLines);
    }

    /** An entry with its number, its revision and the tuple it is counted under. */
    record Numbered(long entryId, int revision, UUID dimsId, Entry entry) {}
}
