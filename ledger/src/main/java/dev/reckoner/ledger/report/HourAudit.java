package dev.reckoner.ledger.report;

import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.RatingStatus;
import dev.reckoner.ledger.Route;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.ledger.store.CorrectionTable;
import dev.reckoner.ledger.store.LineTable;
import dev.reckoner.ledger.store.Nanos;
import dev.reckoner.ledger.store.RowReader;
import dev.reckoner.ledger.store.Tally;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Audits the entries of one booked hour in one pass over them and their lines: each entry against its lines, each line
 * by itself, and the hour's rollups against what both add up to.
 */
final class HourAudit {
    static final long HOUR = Duration.ofHours(1).toNanos();

    // index: entries_booked
    private static final String ENTRIES = "select e.entry_id, e.exchange_id, e.dims_id, e.line_count, e.amount,"
            + " e.booked_at, e.route, e.rating_status, e.revision, e.outcome, e.estimated, " + CorrectionTable.LATEST
            + " from entries e where e.booked_at >= ? and e.booked_at < ?";

    // index: entries_booked, primary key of lines
    private static final String LINES = "select " + LineTable.ENTRY_ID + ", " + LineTable.PLACE
            + ", l.dims_id, l.token_type, l.quantity, l.rate, l.factor, l.amount from entries e join lines l on "
            + LineTable.OF_ENTRY + " where e.booked_at >= ? and e.booked_at < ?";

    // index: primary key of rollups_hourly
    private static final String ROLLUPS = "select r.dims_id, " + Tally.selectSums()
            + " from rollups_hourly r where r.epoch_hour >= ? and r.epoch_hour < ? group by r.dims_id";

    private final Connection connection;
    private final Findings findings;
    private final long hour;
    private final Map<Long, Booked> entries = new LinkedHashMap<>();
    private final Map<UUID, Tally> tallies = new HashMap<>();
    private long lines;

    HourAudit(Connection connection, Findings findings, long hour) {
        this.connection = connection;
        this.findings = findings;
        this.hour = hour;
    }

    void run() throws SQLException {
        query(ENTRIES, HOUR, this::entry);
        query(LINES, HOUR, this::line);
        entries.values().forEach(this::compare);
        query(ROLLUPS, 1, this::rollup);
        for (UUID missing : tallies.keySet()) {
            findings.add(rollup(missing) + ": it is missing, there are entries for it");
        }
    }

    /** How many lines belong to the hour's entries. */
    long lines() {
        return lines;
    }

    private void entry(RowReader in) throws SQLException {
        long entryId = in.longOrZero();
        UUID exchangeId = in.uuid();
        UUID dimsId = in.uuid();
        Booked entry = new Booked(exchangeId, in);
        boolean failed = !in.word(Outcome.class).ok();
        boolean pending = entry.status == RatingStatus.PENDING;
        boolean estimated = in.isTrue();
        boolean latest = in.isTrue();
        if (entry.metered) {
            tally(dimsId).exchange(failed, pending, estimated, entry.bookedAt);
            if (!latest) {
                tally(dimsId).exchangeReversed(failed, pending, estimated, entry.bookedAt);
            }
        }
        entries.put(entryId, entry);
    }

    private void line(RowReader in) throws SQLException {
        lines++;
        Booked entry = entries.get(in.longOrZero());
        if (entry == null) {
            return;
        }
        boolean reverses = LineTable.reverses(in.longOrZero());
        UUID dimsId = in.uuid();
        TokenType type = in.word(TokenType.class);
        long quantity = in.longOrZero();
        BigDecimal rate = in.money();
        BigDecimal factor = in.moneyOrZero();
        BigDecimal amount = in.money();
        if (!reverses) {
            entry.add(amount);
        } else if (entry.revision == 0) {
            findings.add("entry " + entry.exchangeId + ", line of " + type + ": it reverses another and the entry is no"
                    + " correction");
        }
        if (entry.metered) {
            tally(dimsId).line(type, quantity, amount, entry.bookedAt);
        }
        if (rate != null && amount != null && !multipliesOut(type, quantity, rate.multiply(factor), amount)) {
            findings.add("entry " + entry.exchangeId + ", line of " + type + ": quantity times rate times factor is not"
                    + " its amount");
        }
    }

    private static boolean multipliesOut(TokenType type, long quantity, BigDecimal price, BigDecimal amount) {
        int places = type == TokenType.WEB_SEARCH ? 3 : 6;
        return BigDecimal.valueOf(quantity)
                        .multiply(price)
                        .movePointLeft(places)
                        .compareTo(amount)
                == 0;
    }

    private void compare(Booked entry) {
        if (entry.lines != entry.lineCount) {
            findings.add("entry " + entry.exchangeId + ": it has not the lines it was written with: " + entry.lines
                    + " instead of " + entry.lineCount);
        }
        if (entry.sum.compareTo(entry.amount) != 0) {
            findings.add("entry " + entry.exchangeId + ": its amount is not the sum of its lines");
        }
        if (entry.status == RatingStatus.RATED && entry.withoutAmount > 0) {
            findings.add("entry " + entry.exchangeId + ": it counts as rated and has a line without an amount");
        }
    }

    private void rollup(RowReader in) throws SQLException {
        UUID dimsId = in.uuid();
        Tally found = new Tally();
        found.add(in);
        Tally expected = tallies.remove(dimsId);
        if (expected == null) {
            findings.add(rollup(dimsId) + ": there are no entries for it");
        } else if (!found.sameAs(expected)) {
            findings.add(rollup(dimsId) + ": it is not the sum of its lines");
        }
    }

    private String rollup(UUID dimsId) {
        return "rollup of " + Nanos.toInstant(hour * HOUR) + ", dims " + dimsId;
    }

    private Tally tally(UUID dimsId) {
        return tallies.computeIfAbsent(dimsId, none -> new Tally());
    }

    private void query(String sql, long unit, Row row) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setLong(1, hour * unit);
            query.setLong(2, (hour + 1) * unit);
            try (ResultSet result = query.executeQuery()) {
                RowReader in = new RowReader(result);
                while (in.next()) {
                    row.read(in);
                }
            }
        }
    }

    @FunctionalInterface
    private interface Row {
        void read(RowReader in) throws SQLException;
    }

    /** What an entry says of its lines, and what they say. */
    private static final class Booked {
        private final UUID exchangeId;
        private final int lineCount;
        private final BigDecimal amount;
        private final long bookedAt;
        private final boolean metered;
        private final RatingStatus status;
        private final int revision;
        private int lines;
        private int withoutAmount;
        private BigDecimal sum = BigDecimal.ZERO;

        /** Reads the columns behind exchange_id and dims_id. */
        Booked(UUID exchangeId, RowReader in) throws SQLException {
            this.exchangeId = exchangeId;
            this.lineCount = in.count();
            this.amount = in.moneyOrZero();
            this.bookedAt = in.longOrZero();
            this.metered = in.word(Route.class).metered();
            this.status = in.word(RatingStatus.class);
            this.revision = in.count();
        }

        void add(@Nullable BigDecimal lineAmount) {
            lines++;
            if (lineAmount == null) {
                withoutAmount++;
            } else {
                sum = sum.add(lineAmount);
            }
        }
    }
}
