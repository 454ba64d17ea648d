package dev.reckoner.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.RateTables;
import dev.reckoner.config.Settings.BookingInstant;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LedgerSettlingTest {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final DetailQuery EVER = new DetailQuery(Instant.EPOCH, Instant.parse("2030-01-01T00:00:00Z"));

    /** Of 1,000 tokens in and 200 out at 3 and 15 USD per million. */
    private static final BigDecimal BILLED = new BigDecimal("0.006");

    @TempDir
    private Path temporary;

    private final ExchangeIds ids = new ExchangeIds(CLOCK);

    @Test
    void abortedExchange_settled_isExact_andStaysSoWhenRatedAgain() throws Exception {
        Closing aborted = Exchanges.closing(ids.next(), Outcome.FAILED_DOWNSTREAM_ABORTED, Exchanges.reading(false));
        try (Ledger ledger = open()) {
            close(ledger, aborted);
            StoredEntry before = onlyUnsettled(ledger);
            assertTrue(before.entry().charge().estimated());

            SettleResult result = ledger.corrections().settle(List.of(settlement(before)));

            assertEquals(1, result.settled());
            assertEquals(0, result.superseded());
            assertAmount(before.entry().charge().amount(), result.before());
            assertAmount(BILLED, result.after());
            StoredEntry now = ledger.reports().entry(aborted.opening().id()).orElseThrow();
            assertFalse(now.entry().charge().estimated());
            assertAmount(BILLED, now.entry().charge().amount());
            assertEquals(aborted.outcome(), now.entry().closing().outcome());
            assertEquals(List.of(), ledger.reports().unsettled(EVER).entries());
            Revision last = ledger.reports().history(aborted.opening().id()).get(1);
            assertEquals(Correction.SETTLED, last.cause());
            assertEquals("rec_1: a reason", last.reason());
            assertAmount(BILLED, sum(ledger));
            assertEquals(List.of(), ledger.reports().verify().findings());

            RerateQuery all = new RerateQuery(EVER.from(), EVER.until(), Map.of(), true);
            assertEquals(0, ledger.corrections().rerate(all).changed());
        }
    }

    @Test
    void exchangeLostInACrash_settled_isRatedByTheBillsCount() throws Exception {
        Closing lost = Exchanges.closing(ids.next(), Outcome.FAILED_LOCAL_INTERRUPTED, Reading.NOTHING);
        try (Ledger ledger = open()) {
            close(ledger, lost);
            StoredEntry before = onlyUnsettled(ledger);
            assertEquals(RatingStatus.PENDING, before.entry().charge().status());

            ledger.corrections().settle(List.of(settlement(before)));

            StoredEntry now = ledger.reports().entry(lost.opening().id()).orElseThrow();
            assertEquals(RatingStatus.RATED, now.entry().charge().status());
            assertEquals(Exchanges.MODEL, now.entry().closing().reading().model());
            assertAmount(BILLED, sum(ledger));
        }
    }

    @Test
    void settlementOfAnEarlierRevision_changesNothing() throws Exception {
        Closing aborted = Exchanges.closing(ids.next(), Outcome.FAILED_DOWNSTREAM_ABORTED, Exchanges.reading(false));
        try (Ledger ledger = open()) {
            close(ledger, aborted);
            Settlement settlement = settlement(onlyUnsettled(ledger));
            ledger.corrections().settle(List.of(settlement));

            SettleResult again = ledger.corrections().settle(List.of(settlement));

            assertEquals(0, again.settled());
            assertEquals(1, again.superseded());
            assertEquals(2, ledger.reports().history(aborted.opening().id()).size());
        }
    }

    @Test
    void settlementOfAnExchangeThatIsNotThere_isRefused() throws Exception {
        try (Ledger ledger = open()) {
            Settlement settlement = new Settlement(ids.next(), 0, Exchanges.MODEL, billed(), "rec_1: a reason");
            LedgerException refused = assertThrows(
                    LedgerException.class, () -> ledger.corrections().settle(List.of(settlement)));
            assertTrue(String.valueOf(refused.getMessage()).contains("not in these books"), refused.toString());
        }
    }

    private static Settlement settlement(StoredEntry stored) {
        return new Settlement(stored.entry().id(), stored.revision(), Exchanges.MODEL, billed(), "rec_1: a reason");
    }

    private static Usage billed() {
        return Exchanges.usage(new TokenCounts(1_000L, 200L, 0L, 0L, 0L, 0L));
    }

    private static StoredEntry onlyUnsettled(Ledger ledger) {
        List<StoredEntry> entries = ledger.reports().unsettled(EVER).entries();
        assertEquals(1, entries.size());
        return entries.get(0);
    }

    private static void close(Ledger ledger, Closing closing) throws Exception {
        LedgerTest.onDisk(done -> ledger.close(closing, done));
        assertTrue(ledger.catchUp(Duration.ofSeconds(20)));
    }

    private static BigDecimal sum(Ledger ledger) {
        return ledger.reports()
                .report(new ReportQuery(EVER.from(), EVER.until(), Bucket.ALL, List.of(), Map.of()))
                .get(0)
                .sums()
                .amount();
    }

    private static void assertAmount(BigDecimal expected, BigDecimal found) {
        assertEquals(0, expected.compareTo(found), () -> "expected " + expected + ", found " + found);
    }

    private Ledger open() {
        return Ledger.open(
                LedgerTest.settings(temporary.resolve("ledger"), BookingInstant.END), RateTables.builtIn(), CLOCK);
    }
}
