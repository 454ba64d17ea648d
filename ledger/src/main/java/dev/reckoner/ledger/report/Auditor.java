package dev.reckoner.ledger.report;

import dev.reckoner.ledger.Audit;
import dev.reckoner.ledger.journal.JournalDamage;
import dev.reckoner.ledger.store.DimsTable;
import dev.reckoner.ledger.store.LineTable;
import dev.reckoner.ledger.store.Nanos;
import dev.reckoner.ledger.store.PeakTable;
import dev.reckoner.ledger.store.RowReader;
import dev.reckoner.ledger.store.Tuples;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the whole of the books and writes down what doesn't add up. Sees the store at one instant; holds an hour
 * of entries in memory at most, and hours without any cost nothing.
 */
final class Auditor {
    private static final int HOURS_PER_DAY = 24;

    // index: primary key of rollups_hourly; entries_booked
    private static final String NEXT_HOUR = "select min(h) from (select min(epoch_hour) as h from rollups_hourly"
            + " where epoch_hour >= ? union all select min(booked_at) / " + HourAudit.HOUR
            + " as h from entries where booked_at >= ?) hours";

    // index: primary keys of rollups_hourly and of the daily rollups
    private static final String NEXT_DAY = "select min(d) from (select min(epoch_hour) / " + HOURS_PER_DAY
            + " as d from rollups_hourly where epoch_hour >= ? union all select min(epoch_day) as d from rollups_daily"
            + " where epoch_day >= ? union all select min(epoch_day) as d from rollups_owners where epoch_day >= ?"
            + " union all select min(epoch_day) as d from rollups_tags where epoch_day >= ?"
            + " union all select min(epoch_day) as d from rollups_sessions where epoch_day >= ?) days";

    // index: primary key of entries
    private static final String LINES_WITHOUT_ENTRY = "select distinct " + LineTable.ENTRY_ID
            + " from lines l where not exists (select 1 from entries e where e.entry_id = " + LineTable.ENTRY_ID + ")";

    // index: entries_exchange
    private static final String OPENINGS_WITH_ENTRY = "select o.exchange_id from openings o where exists"
            + " (select 1 from entries e where e.exchange_id = o.exchange_id)";

    // index: primary keys of entries and sequences
    private static final String NUMBER_NOT_TAKEN = "select max(e.entry_id) from entries e having max(e.entry_id) >"
            + " (select taken from sequences where name = 'entries')";

    // index: primary keys of corrections and entries
    private static final String UNPAIRED = "select c.exchange_id from corrections c"
            + " left join entries o on o.entry_id = c.replaced_entry_id left join entries n on n.entry_id = c.entry_id"
            + " where o.entry_id is null or n.entry_id is null"
            + " or o.exchange_id <> c.exchange_id or n.exchange_id <> c.exchange_id"
            + " or o.revision <> c.revision - 1 or n.revision <> c.revision"
            + " or o.booked_at <> n.booked_at or o.route <> n.route"
            + " or o.amount <> c.old_amount or n.amount <> c.new_amount";

    // whole table of entries; index: corrections_exchange
    private static final String UNSAID = "select e.exchange_id from entries e where e.revision > 0 and not exists"
            + " (select 1 from corrections c where c.exchange_id = e.exchange_id and c.revision = e.revision)";

    private final Connection connection;
    private final Tuples tuples;
    private final List<JournalDamage> damaged;
    private final Findings findings = new Findings();

    Auditor(Connection connection, Tuples tuples, List<JournalDamage> damaged) {
        this.connection = connection;
        this.tuples = tuples;
        this.damaged = damaged;
    }

    Audit audit() throws SQLException {
        for (JournalDamage damage : damaged) {
            findings.add("journal " + damage.file() + ": damaged from byte " + damage.offset() + ", " + damage.bytes()
                    + " bytes: " + damage.what());
        }
        // before whatever follows from them, of which there may be more than is told
        for (String tuple : DimsTable.misnamed(connection)) {
            findings.add(tuple + ": its id is not the digest of its values");
        }
        long lines = count("lines");
        if (hours() != lines) {
            list("entry number", "it has lines and there is no such entry", LINES_WITHOUT_ENTRY);
        }
        days();
        peaks();
        list("correction of entry", "it and the entry it replaces don't belong together", UNPAIRED);
        list("entry", "it is a correction and nothing says of what", UNSAID);
        list("correction of entry", "a line of the entry it replaces isn't reversed", LineTable.NOT_REVERSED);
        list("correction of entry", "it reverses a line that isn't there", LineTable.REVERSED_IN_VAIN);
        list("opening", "its exchange has an entry and is not in flight", OPENINGS_WITH_ENTRY);
        list("entry number", "it is beyond the last number given out", NUMBER_NOT_TAKEN);
        return new Audit(
                count("entries"),
                lines,
                count("rollups_hourly"),
                count("openings"),
                count("corrections"),
                findings.list());
    }

    /** Audits hour by hour; how many lines the entries of all hours have. */
    private long hours() throws SQLException {
        long lines = 0;
        long first = Math.floorDiv(Long.MIN_VALUE, HourAudit.HOUR) + 1;
        Long hour = next(NEXT_HOUR, first, first * HourAudit.HOUR);
        while (hour != null) {
            HourAudit audit = new HourAudit(connection, findings, hour);
            audit.run();
            lines += audit.lines();
            hour = next(NEXT_HOUR, hour + 1, (hour + 1) * HourAudit.HOUR);
        }
        return lines;
    }

    private void days() throws SQLException {
        Long day = next(NEXT_DAY, daysFrom(Integer.MIN_VALUE / HOURS_PER_DAY));
        while (day != null) {
            new DayAudit(connection, findings, day).run();
            day = next(NEXT_DAY, daysFrom(day + 1));
        }
    }

    /** The parameters of {@link #NEXT_DAY}: hours once, then days for each kind of rollups. */
    private static long[] daysFrom(long day) {
        return new long[] {day * HOURS_PER_DAY, day, day, day, day};
    }

    private void peaks() throws SQLException {
        for (long block : PeakTable.kept(connection, Integer.MIN_VALUE, Integer.MAX_VALUE)) {
            if (!KeptPeaks.found(connection, block).equals(KeptPeaks.ofEntries(connection, tuples, block))) {
                findings.add("peaks from " + Nanos.startOfHour(block * PeakTable.BLOCK_HOURS)
                        + ": they are not what the entries add up to");
            }
        }
    }

    private @Nullable Long next(String sql, long... from) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < from.length; i++) {
                query.setLong(i + 1, from[i]);
            }
            try (ResultSet result = query.executeQuery()) {
                RowReader in = new RowReader(result);
                in.next();
                return in.number();
            }
        }
    }

    private void list(String about, String finding, String sql) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql);
                ResultSet result = query.executeQuery()) {
            while (result.next()) {
                findings.add(about + " " + result.getString(1) + ": " + finding);
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
}
