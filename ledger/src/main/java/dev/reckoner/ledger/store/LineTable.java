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
    /** More than any charge can have: each line comes from a count in the raw usage, whose size is limited. */
    static final long PER_ENTRY_MAX = 1_000_000;

    /** Joins lines {@code l} to their entry {@code e}; index: primary key of lines. */
    public static final String OF_ENTRY = "l.line_id >= e.entry_id * " + PER_ENTRY_MAX
            + " and l.line_id < e.entry_id * " + PER_ENTRY_MAX + " + " + PER_ENTRY_MAX;

    /** The entry id of a line {@code l}. */
    public static final String ENTRY_ID = "l.line_id / " + PER_ENTRY_MAX;

    private static final String VALUES =
            "attempt, model, token_type, quantity, rate, factor, amount, service_tier, speed,"
                    + " inference_geo, context_window, rate_version";

    private static final String INSERT =
            "insert into lines (line_id, dims_id, " + VALUES + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    // index: primary keys of entries and lines
    private static final String SELECT = "select " + ENTRY_ID + ", l." + VALUES.replace(", ", ", l.")
            + " from entries e join lines l on " + OF_ENTRY + " where e.entry_id = any(?) order by l.line_id";

    private LineTable() {}

    /** The lines of entries, in their order, by entry id. */
    static Map<Long, List<Line>> select(Connection connection, Collection<Long> entryIds) throws SQLException {
        Map<Long, List<Line>> lines = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(SELECT)) {
            query.setArray(1, connection.createArrayOf("bigint", entryIds.toArray()));
            try (ResultSet result = query.executeQuery()) {
                RowReader in = new RowReader(result);
                while (in.next()) {
                    lines.computeIfAbsent(in.longOrZero(), none -> new ArrayList<>())
                            .add(line(in));
                }
            }
        }
        return lines;
    }

    static void insert(Connection connection, List<Numbered> lines) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            RowWriter out = new RowWriter(insert);
            for (Numbered line : lines) {
                out.row().number(line.entryId() * PER_ENTRY_MAX + line.lineNo()).uuid(line.dimsId());
                write(out, line.line());
                out.add();
            }
            insert.executeBatch();
        }
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
    record Numbered(long entryId, int lineNo, UUID dimsId, Line line) {}
}
