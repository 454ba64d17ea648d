package dev.reckoner.ledger.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.Audit;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.Lag;
import dev.reckoner.ledger.RatingStatus;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.journal.Frame;
import dev.reckoner.ledger.journal.JournalDamage;
import dev.reckoner.ledger.store.RandomEntries;
import dev.reckoner.ledger.store.Store;
import dev.reckoner.ledger.store.TestBooks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The audit finds each kind of damage and says what it is; a class per database says how to open one. */
abstract class AuditContract {
    private static final JournalDamage DAMAGE = new JournalDamage("0000000007.journal", 4711, 12, "checksum differs");

    private Store store;
    private Reports reports;
    private TestBooks books;
    private Entry entry;

    /** Opens an empty store. */
    abstract Store open();

    @BeforeEach
    void book() throws Exception {
        store = open();
        reports = new StoreReports(store, () -> new Lag(0, Duration.ZERO), List::of);
        books = new TestBooks(store);
        RandomEntries random = new RandomEntries(new Random(42));
        List<Entry> entries = new ArrayList<>(random.entries(100));
        entry = random.entry();
        while (!ratedWithLines(entry)) {
            entry = random.entry();
        }
        entries.add(entry);
        books.book(entries);
        assertEquals(List.of(), reports.verify().findings());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            update entries set amount = amount + 0.000000000000000001 where exchange_id = '$' | not the sum of its lines
            update lines set amount = amount + 0.000000000000000001 where line_id = # * 1000000 | not the sum of its lines
            update lines set quantity = quantity + 1 where line_id = # * 1000000 | it is not the sum of its lines
            update lines set rate = rate + 1, factor = 2 where line_id = # * 1000000 | quantity times rate times factor
            delete from lines where line_id = # * 1000000 | not the lines it was written with
            update lines set amount = null where line_id = # * 1000000 | a line without an amount
            delete from entries where exchange_id = '$' | there is no such entry
            update entries set booked_at = booked_at + 3600000000000 where exchange_id = '$' | rollup of
            update entries set outcome = 'FAILED_LOCAL_REFUSED' where exchange_id = '$' | it is not the sum of its lines
            update rollups_hourly set output_quantity = output_quantity + 1 | it is not the sum of its lines
            update rollups_hourly set exchanges = exchanges + 1 | it is not the sum of its lines
            update rollups_hourly set last_at = last_at + 1 | it is not the sum of its lines
            update rollups_hourly set epoch_hour = epoch_hour + 240000 | there are no entries for it
            delete from rollups_hourly | it is missing, there are entries for it
            update rollups_daily set output_quantity = output_quantity + 1 | it is not the sum of its hours
            update rollups_daily set first_at = first_at - 1 | it is not the sum of its hours
            update rollups_daily set epoch_day = epoch_day + 10000 | there are no hours for it
            delete from rollups_daily | it is missing, there are hours for it
            update rollups_owners set output_amount = output_amount + 1 | it is not the sum of its hours
            update rollups_owners set epoch_day = epoch_day - 10000 | there are no hours for it
            delete from rollups_owners | it is missing, there are hours for it
            update rollups_tags set pending = pending + 1 | it is not the sum of its hours
            update rollups_tags set epoch_day = epoch_day + 10000 | there are no hours for it
            delete from rollups_tags | it is missing, there are hours for it
            update rollups_sessions set output_amount = output_amount + 1 | it is not the sum of its exchanges
            update rollups_sessions set api_nanos = api_nanos + 1 | it is not the sum of its exchanges
            update rollups_sessions set amount_most = amount_most + 1 | it is not the sum of its exchanges
            update rollups_sessions set ended_at = ended_at + 1 where ended_at > started_at | it is not the sum of its exchanges
            update rollups_sessions set epoch_day = epoch_day - 10000 | it is not the sum of its exchanges
            delete from rollups_sessions | there are exchanges for it
            update dims set user_name = 'mallory' | not the digest of its values
            update dims_days set team = 'others' | not the digest of its values
            update sequences set taken = 3 | beyond the last number given out
            """)
    void tamperedBooks_areFound(String sql, String finding) throws Exception {
        long sequence = reports.entry(entry.id()).orElseThrow().sequence();

        int changed = books.tamper(sql.replace("$", entry.id().toString()).replace("#", Long.toString(sequence)));

        assertTrue(changed > 0, "nothing was changed");
        Audit audit = reports.verify();
        assertFalse(audit.clean());
        assertTrue(
                audit.findings().stream().anyMatch(found -> found.contains(finding)),
                () -> String.join("\n", audit.findings()));
    }

    @Test
    void openingOfABookedExchange_isFound() throws Exception {
        var other = new RandomEntries(new Random(43)).entry();
        books.frames(List.of(new Frame.Opened(other.closing().opening())));
        assertEquals(List.of(), reports.verify().findings());
        assertEquals(1, reports.verify().openings());

        books.tamper("update openings set exchange_id = '" + entry.id() + "'");

        assertEquals(
                List.of("opening " + entry.id() + ": its exchange has an entry and is not in flight"),
                reports.verify().findings());
    }

    @Test
    void damageOfTheJournal_isFound() {
        Reports damaged = new StoreReports(store, () -> new Lag(0, Duration.ZERO), () -> List.of(DAMAGE));

        assertEquals(
                List.of("journal 0000000007.journal: damaged from byte 4711, 12 bytes: checksum differs"),
                damaged.verify().findings());
    }

    @Test
    void manyFindings_areCountedAndNotAllWorded() {
        Findings findings = new Findings();
        for (int i = 0; i < Findings.WORDED_MAX + 5; i++) {
            findings.add("finding " + i);
        }
        assertEquals(Findings.WORDED_MAX + 1, findings.list().size());
        assertEquals("and 5 more", findings.list().get(Findings.WORDED_MAX));
    }

    private static boolean ratedWithLines(Entry entry) {
        boolean firstLineCosts = entry.charge().lines().stream()
                .findFirst()
                .filter(line -> line.amount() != null && line.amount().signum() > 0)
                .isPresent();
        return firstLineCosts
                && entry.charge().status() == RatingStatus.RATED
                && entry.closing().outcome().ok()
                && entry.closing().opening().route().metered();
    }
}
