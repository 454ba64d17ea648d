package dev.reckoner.ledger.report;

import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.RatingStatus;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.ledger.store.CorrectionTable;
import dev.reckoner.ledger.store.LineTable;
import dev.reckoner.ledger.store.Nanos;
import dev.reckoner.ledger.store.RowReader;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Reads what was booked in some time, entry by entry and line by line: the entries from an index that holds all that is
 * needed of them, their lines in runs, for entries that were booked together lie together. Some hours at a time.
 */
final class EntryScan {
    private static final long STEP = Duration.ofHours(6).toNanos();

    /** Entries between two that are read along with them, for one range is read faster than two. */
    private static final long GAP_MAX = 64;

    // index: primary key
    private static final String LINES = "select l.line_id, l.dims_id, l.token_type, l.quantity, l.amount from lines l"
            + " where l.line_id >= ? and l.line_id < ?";

    private final String entries;

    /**
     * Entries of some routes.
     *
     * @param routes a condition on {@code e.route}
     */
    EntryScan(String routes) {
        // index: entries_booked, without the entries themselves; primary key of corrections
        entries =
                "select e.entry_id, e.dims_id, e.booked_at, e.started_at, e.ended_at, e.status, e.outcome, e.asked_model,"
                        + " e.rating_status, e.estimated, " + CorrectionTable.LATEST
                        + " from entries e where e.booked_at >= ? and e.booked_at < ? and " + routes;
    }

    /**
     * An entry as far as it is read; instants in {@link Nanos}.
     *
     * @param tuple under which the exchange is counted
     * @param latest whether no correction has replaced it
     */
    record Scanned(
            long id,
            UUID tuple,
            long bookedAt,
            long startedAt,
            long endedAt,
            int status,
            Outcome outcome,
            String asked,
            boolean pending,
            boolean estimated,
            boolean latest) {}

    /** Takes what is read. */
    interface Taker {
        void entry(Scanned entry) throws SQLException;

        /**
         * A line.
         *
         * @param own whether it is of the entry's own charge, and doesn't reverse one of the entry that it replaces
         * @param amount 0 while pending
         */
        void line(Scanned entry, boolean own, UUID tuple, TokenType type, long quantity, BigDecimal amount)
                throws SQLException;
    }

    /** Reads all of that time. */
    void read(Connection connection, Instant from, Instant until, Taker taker) throws SQLException {
        // index: entries_booked
        Edges edges = Edges.of(connection, "booked_at", "entries");
        long end = Math.min(edges.last() + 1, Nanos.of(until));
        try (PreparedStatement select = connection.prepareStatement(entries);
                PreparedStatement lines = connection.prepareStatement(LINES)) {
            for (long step = Math.max(edges.first(), Nanos.of(from)); step < end; step += STEP) {
                Map<Long, Scanned> read = entries(select, step, Math.min(end, step + STEP), taker);
                lines(lines, read, taker);
            }
        }
    }

    private static Map<Long, Scanned> entries(PreparedStatement select, long from, long until, Taker taker)
            throws SQLException {
        Map<Long, Scanned> read = new TreeMap<>();
        select.setLong(1, from);
        select.setLong(2, until);
        try (ResultSet result = select.executeQuery()) {
            RowReader in = new RowReader(result);
            while (in.next()) {
                Scanned entry = new Scanned(
                        in.longOrZero(),
                        in.uuid(),
                        in.longOrZero(),
                        in.longOrZero(),
                        in.longOrZero(),
                        in.count(),
                        in.word(Outcome.class),
                        in.textOrEmpty(),
                        in.word(RatingStatus.class) == RatingStatus.PENDING,
                        in.isTrue(),
                        in.isTrue());
                read.put(entry.id(), entry);
                taker.entry(entry);
            }
        }
        return read;
    }

    private static void lines(PreparedStatement select, Map<Long, Scanned> entries, Taker taker) throws SQLException {
        long first = -1;
        long last = -1;
        for (long id : entries.keySet()) {
            if (first >= 0 && id - last > GAP_MAX) {
                run(select, first, last, entries, taker);
                first = id;
            }
            first = first < 0 ? id : first;
            last = id;
        }
        if (first >= 0) {
            run(select, first, last, entries, taker);
        }
    }

    private static void run(PreparedStatement select, long first, long last, Map<Long, Scanned> entries, Taker taker)
            throws SQLException {
        select.setLong(1, LineTable.firstOf(first));
        select.setLong(2, LineTable.firstOf(last + 1));
        try (ResultSet result = select.executeQuery()) {
            RowReader in = new RowReader(result);
            while (in.next()) {
                long line = in.longOrZero();
                Scanned entry = entries.get(LineTable.entryOf(line));
                if (entry != null) {
                    boolean own = LineTable.isOwn(line);
                    taker.line(entry, own, in.uuid(), in.word(TokenType.class), in.longOrZero(), in.moneyOrZero());
                }
            }
        }
    }
}
