package dev.reckoner.ledger.store;

import dev.reckoner.ledger.Line;
import dev.reckoner.ledger.TokenType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The table {@code lines}: the lines of each entry's charge, each with the tuple it is summed under. */
public final class LineTable {
    /** Places of an entry's lines, its own and those that reverse the lines of the entry it replaces. */
    static final long PER_ENTRY_MAX = 1_000_000;

    /**
     * The place that reverses place 0. Far more than any charge can have: a line takes over a hundred bytes of a frame
     * of the journal, whose size is limited.
     */
    static final int REVERSED_FROM = 500_000;

    /** The place of a line {@code l}. */
    public static final String PLACE = "l.line_id % " + PER_ENTRY_MAX;

    // from a line of the replaced entry to the one that reverses it
    private static final String SHIFT =
            "((c.entry_id - c.replaced_entry_id) * " + PER_ENTRY_MAX + " + " + REVERSED_FROM + ")";

    private static final String SAME = " and r.dims_id = l.dims_id and r.token_type = l.token_type"
            + " and r.quantity = -l.quantity and r.amount is not distinct from -l.amount";

    /** Joins lines {@code l} to their entry {@code e}, reversing ones too; index: primary key of lines. */
    public static final String OF_ENTRY = "l.line_id >= e.entry_id * " + PER_ENTRY_MAX
            + " and l.line_id < e.entry_id * " + PER_ENTRY_MAX + " + " + PER_ENTRY_MAX;

    /** Joins the lines {@code l} of its own charge to an entry {@code e}; index: primary key of lines. */
    public static final String OWN_OF_ENTRY = range("l", "e.entry_id", 0);

    /** The entry id of a line {@code l}. */
    public static final String ENTRY_ID = "l.line_id / " + PER_ENTRY_MAX;

    /** Exchanges with a line {@code l} that a correction left standing; index: primary key of lines. */
    public static final String NOT_REVERSED = "select distinct c.exchange_id from corrections c join lines l on "
            + range("l", "c.replaced_entry_id", 0) + " left join lines r on r.line_id = l.line_id + " + SHIFT + SAME
            + " where r.line_id is null";

    /** Exchanges with a line {@code r} that reverses none; index: primary key of lines. */
    public static final String REVERSED_IN_VAIN = "select distinct c.exchange_id from corrections c join lines r on "
            + range("r", "c.entry_id", REVERSED_FROM) + " left join lines l on l.line_id = r.line_id - " + SHIFT + SAME
            + " where l.line_id is null";

    private static final String VALUES =
            "attempt, model, token_type, quantity, rate, factor, amount, service_tier, speed,"
                    + " inference_geo, context_window, rate_version";

    private static final String INSERT =
            "insert into lines (line_id, dims_id, " + VALUES + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    // index: primary keys of entries and lines
    private static final String SELECT = "select " + ENTRY_ID + ", " + PLACE + ", l.dims_id, l."
            + VALUES.replace(", ", ", l.")
            + " from entries e join lines l on " + OWN_OF_ENTRY + " where e.entry_id = any(?) order by l.line_id";

    private LineTable() {}

    /** The id of the line at the first place of an entry. */
    public static long firstOf(long entryId) {
        return entryId * PER_ENTRY_MAX;
    }

    /** The id of the entry that a line belongs to. */
    public static long entryOf(long lineId) {
        return lineId / PER_ENTRY_MAX;
    }

    /** Whether a line is of its entry's own charge. */
    public static boolean isOwn(long lineId) {
        return lineId % PER_ENTRY_MAX < REVERSED_FROM;
    }

    /** Whether a place is that of a line that reverses another. */
    public static boolean reverses(long place) {
        return place >= REVERSED_FROM;
    }

    /** The lines of entries' own charges, in their order, by entry id. */
    static Map<Long, List<Numbered>> select(Connection connection, Collection<Long> entryIds) throws SQLException {
        Map<Long, List<Numbered>> lines = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(SELECT)) {
            query.setArray(1, connection.createArrayOf("bigint", entryIds.toArray()));
            try (ResultSet result = query.executeQuery()) {
                RowReader in = new RowReader(result);
                while (in.next()) {
                    Numbered line = new Numbered(in.longOrZero(), in.count(), in.uuid(), line(in));
                    lines.computeIfAbsent(line.entryId(), none -> new ArrayList<>())
                            .add(line);
                }
            }
        }
        return lines;
    }

    static void insert(Connection connection, List<Numbered> lines) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            RowWriter out = new RowWriter(insert);
            for (Numbered line : lines) {
                out.row().number(line.entryId() * PER_ENTRY_MAX + line.place()).uuid(line.dimsId());
                write(out, line.line());
                out.add();
            }
            insert.executeBatch();
        }
    }

    /** Half of an entry's lines: its own from place 0, the reversing ones from {@link #REVERSED_FROM}. */
    private static String range(String line, String entryId, int from) {
        String first = entryId + " * " + PER_ENTRY_MAX + " + " + from;
        return line + ".line_id >= " + first + " and " + line + ".line_id < " + first + " + " + REVERSED_FROM;
    }

    private static void write(RowWriter out, Line line) throws SQLException {
        out.count(line.attempt())
                .text(line.model())
                .word(line.type())
                .number(line.quantity())
                .money(line.rate())
                .money(line.factor())
                .money(line.amount())
                .text(line.serviceTier())
                .text(line.speed())
                .text(line.inferenceGeo())
                .text(line.contextWindow())
                .text(line.rateVersion());
    }

    private static Line line(RowReader in) throws SQLException {
        return new Line(
                in.count(),
                in.textOrEmpty(),
                in.word(TokenType.class),
                in.longOrZero(),
                in.money(),
                in.moneyOrZero(),
                in.money(),
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                in.text());
    }

    /** A line with its place and the tuple it is summed under. */
    record Numbered(long entryId, int place, UUID dimsId, Line line) {}
}
