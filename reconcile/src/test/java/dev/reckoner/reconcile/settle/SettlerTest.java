package dev.reckoner.reconcile.settle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.RateTables;
import dev.reckoner.ledger.Asked;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.HourCrossing;
import dev.reckoner.ledger.KeyRef;
import dev.reckoner.ledger.Opening;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.Route;
import dev.reckoner.ledger.Settlement;
import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.ledger.TokenCounts;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.ledger.Unsettled;
import dev.reckoner.ledger.Usage;
import dev.reckoner.ledger.rating.Rater;
import dev.reckoner.reconcile.Cell;
import dev.reckoner.reconcile.HourlyLine;
import dev.reckoner.reconcile.HourlyUsage;
import dev.reckoner.reconcile.LedgerLine;
import dev.reckoner.reconcile.identity.Identity;
import dev.reckoner.reconcile.vendor.ApiKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SettlerTest {
    private static final String MODEL = "claude-sonnet-4-5-20250929";
    private static final String HINT = "sk-ant-api03-abc...wxyz";
    private static final String KEY = "apikey_1";
    private static final LocalDate DAY = LocalDate.parse("2026-11-03");
    private static final Instant TEN = Instant.parse("2026-11-03T10:00:00Z");

    private final Rater rater = new Rater(RateTables.builtIn());
    private final Identity identity = new Identity(List.of(new ApiKey(KEY, "one", HINT, null)), Set.of());
    private final List<HourlyUsage> billed = new ArrayList<>();
    private final List<HourlyLine> booked = new ArrayList<>();
    private final List<StoredEntry> open = new ArrayList<>();
    private final List<HourCrossing> crossings = new ArrayList<>();
    private final Set<LocalDate> days = Set.of(DAY);
    private Asked asked = new Asked("claude-sonnet-4-5", true, 500L, null, null, null, null, null, null);
    private int exchanges;

    private Settled settle() {
        return Settler.settle(
                new Hours(days, billed, booked),
                new Unsettled(open, crossings, false),
                identity,
                RateTables.builtIn(),
                "rec_1");
    }

    private void bill(Instant hour, long input, long output) {
        bill(hour, TokenType.INPUT, input, null);
        bill(hour, TokenType.OUTPUT, output, null);
    }

    private void bill(Instant hour, TokenType type, long quantity, @Nullable String tier) {
        Cell.Terms terms = new Cell.Terms(MODEL, tier, "0-200k", "not_available", "standard");
        billed.add(new HourlyUsage(hour, Cell.ofTokens(DAY, null, type.vendorName(), terms), KEY, quantity));
    }

    private void book(Instant hour, long input, long output) {
        Cell.Terms terms = new Cell.Terms(MODEL, "standard", null, null, null);
        for (TokenType type : List.of(TokenType.INPUT, TokenType.OUTPUT)) {
            long quantity = type == TokenType.INPUT ? input : output;
            Cell cell = Cell.ofTokens(DAY, null, type.vendorName(), terms);
            booked.add(
                    new HourlyLine(hour, new LedgerLine(cell, KEY, LedgerLine.Kind.EXACT, quantity, BigDecimal.ZERO)));
        }
    }

    /** An aborted stream that has stated its input and an estimated output, booked in its hour. */
    private StoredEntry aborted(Instant start, Instant end, long input) {
        TokenCounts tokens = new TokenCounts(input, 1L, 0L, 0L, 0L, 0L);
        Usage usage = new Usage(tokens, null, null, null, null, "standard", "not_available", null, List.of());
        Reading reading = new Reading("msg", MODEL, usage, false, null, false, null, 350, List.of(), null);
        StoredEntry stored = open(start, end, Outcome.FAILED_DOWNSTREAM_ABORTED, reading, HINT);
        long estimate = stored.entry().charge().lines().stream()
                .filter(line -> line.type() == TokenType.OUTPUT)
                .mapToLong(line -> line.quantity())
                .sum();
        assertTrue(estimate > 1);
        book(start.truncatedTo(ChronoUnit.HOURS), input, estimate);
        return stored;
    }

    /** An exchange of which nothing is known but what it asked for. */
    private StoredEntry lost(Instant start, String hint) {
        return open(start, start.plusSeconds(86_400), Outcome.FAILED_LOCAL_INTERRUPTED, Reading.NOTHING, hint);
    }

    private StoredEntry open(Instant start, Instant end, Outcome outcome, Reading reading, String hint) {
        KeyRef key = new KeyRef("00", hint, KeyRef.Kind.API_KEY);
        Opening opening = new Opening(
                new ExchangeId(new UUID(7, ++exchanges)),
                start,
                Route.MESSAGES,
                "POST",
                "/v1/messages",
                new Attribution(null, null, null, null, List.of(), key, null),
                asked,
                null);
        Closing closing =
                new Closing(opening, end, start, 200, outcome, null, "req", null, null, 100, 100, reading, null);
        StoredEntry stored = new StoredEntry(exchanges, 0, new Entry(closing, rater.rate(closing, start), start));
        open.add(stored);
        return stored;
    }

    private String onlyReason() {
        Settled settled = settle();
        assertEquals(List.of(), settled.settlements());
        assertEquals(1, settled.left().size(), settled.toString());
        return settled.left().get(0).reason();
    }

    private static TokenCounts counts(Settlement settlement) {
        return settlement.usage().tokens();
    }

    @Test
    void abortedStream_isWhatTheBillHasBesideTheOthers() {
        StoredEntry one = aborted(TEN.plusSeconds(60), TEN.plusSeconds(70), 1_000);
        book(TEN, 5_000, 700);
        bill(TEN, 6_000, 700 + 222);

        Settled settled = settle();

        assertEquals(List.of(), settled.left());
        Settlement settlement = settled.settlements().get(0);
        assertEquals(one.entry().id(), settlement.id());
        assertEquals(0, settlement.replaces());
        assertEquals(MODEL, settlement.model());
        assertEquals(new TokenCounts(1_000L, 222L, 0L, 0L, 0L, 0L), counts(settlement));
        assertEquals(
                "rec_1: what the bill has from 2026-11-03T10:00:00Z to 2026-11-03T11:00:00Z on its key and model,"
                        + " and no other exchange",
                settlement.reason());
    }

    @Test
    void exchangeLostInACrash_takesCountsAndTermsFromTheBill() {
        lost(TEN.plusSeconds(60), HINT);
        book(TEN, 5_000, 700);
        bill(TEN, TokenType.INPUT, 5_000, null);
        bill(TEN, TokenType.OUTPUT, 700, null);
        bill(TEN, TokenType.INPUT, 90, "batch");
        bill(TEN, TokenType.CACHE_WRITE_5M, 7, "batch");
        bill(TEN, TokenType.CACHE_READ, 8, "batch");
        bill(TEN, TokenType.OUTPUT, 9, "batch");

        Settlement settlement = settle().settlements().get(0);

        assertEquals(new TokenCounts(90L, 9L, 7L, 8L, 7L, 0L), counts(settlement));
        assertEquals("batch", settlement.usage().serviceTier());
        assertEquals(MODEL, settlement.model());
    }

    @Test
    void nothingOfItBilled_isSettledAsNothing() {
        lost(TEN.plusSeconds(60), HINT);
        book(TEN, 5_000, 700);
        bill(TEN, 5_000, 700);
        assertEquals(
                new TokenCounts(0L, 0L, 0L, 0L, 0L, 0L),
                counts(settle().settlements().get(0)));
    }

    @Test
    void exchangeAcrossTheHour_isSolvedOverBothHours_whicheverOneTheBillCountsItIn() {
        aborted(TEN.minusSeconds(5), TEN.plusSeconds(70), 1_000);
        book(TEN, 5_000, 700);
        bill(TEN, 6_000, 922);
        assertEquals(222L, counts(settle().settlements().get(0)).outputTokens());
    }

    @Test
    void otherExchangesAcrossTheHour_widenTheHours() {
        aborted(TEN.plusSeconds(60), TEN.plusSeconds(70), 1_000);
        crossings.add(new HourCrossing(HINT, MODEL, TEN.plusSeconds(3_600), TEN));
        book(TEN.plusSeconds(3_600), 10, 20);
        bill(TEN, 1_010, 242);

        Settled settled = settle();

        assertEquals(List.of(), settled.left());
        assertEquals(222L, counts(settled.settlements().get(0)).outputTokens());
    }

    @Test
    void twoInTheSameHour_stayOpen() {
        aborted(TEN.plusSeconds(60), TEN.plusSeconds(70), 1_000);
        aborted(TEN.plusSeconds(80), TEN.plusSeconds(90), 2_000);
        bill(TEN, 3_000, 400);

        Settled settled = settle();

        assertEquals(List.of(), settled.settlements());
        assertEquals(2, settled.left().size());
        assertEquals(
                "2 exchanges of its key and model in the same hours are open",
                settled.left().get(0).reason());
    }

    @Test
    void anotherInputThanStated_staysOpen() {
        aborted(TEN.plusSeconds(60), TEN.plusSeconds(70), 1_000);
        bill(TEN, 1_001, 222);
        assertEquals("the bill has another input than its response stated", onlyReason());
    }

    @Test
    void moreOutputThanAskedFor_staysOpen() {
        aborted(TEN.plusSeconds(60), TEN.plusSeconds(70), 1_000);
        bill(TEN, 1_000, 501);
        assertEquals("the bill has more output than it asked for at most", onlyReason());
    }

    @Test
    void lessThanTheOthers_staysOpen() {
        lost(TEN.plusSeconds(60), HINT);
        book(TEN, 5_000, 700);
        bill(TEN, 4_999, 700);
        assertEquals("the bill has less than what the ledger counted of other exchanges in its hours", onlyReason());
    }

    @Test
    void restOnSeveralTerms_staysOpen() {
        lost(TEN.plusSeconds(60), HINT);
        bill(TEN, TokenType.INPUT, 1, "batch");
        bill(TEN, TokenType.OUTPUT, 1, "priority");
        assertEquals("what the bill has beside other exchanges is on several terms", onlyReason());
    }

    @Test
    void keyThatIsAlsoUsedPastTheProxy_leavesAnUnseenInputOpen_butNotASeenOne() {
        Instant noon = TEN.plusSeconds(7_200);
        bill(noon, 1, 1);
        StoredEntry lost = lost(TEN.plusSeconds(60), HINT);
        bill(TEN, 90, 9);
        assertEquals(
                "bill and ledger differ on its key and model elsewhere too, and its input was not seen", onlyReason());

        open.remove(lost);
        billed.removeIf(used -> used.hour().equals(TEN));
        aborted(TEN.plusSeconds(60), TEN.plusSeconds(70), 1_000);
        bill(TEN, 1_000, 222);
        assertEquals(222L, counts(settle().settlements().get(0)).outputTokens());
    }

    @Test
    void hoursThatAreNotKnown_keyThatIsNotListed_modelThatIsNotOne_stayOpen() {
        aborted(TEN.minusSeconds(86_400), TEN.minusSeconds(86_390), 1_000);
        assertEquals("its hours aren't all known, or not complete yet", onlyReason());

        open.clear();
        lost(TEN, "sk-ant-oat01-abc...wxyz");
        assertEquals("the vendor's list doesn't have its key", onlyReason());

        open.clear();
        asked = Asked.NOTHING;
        lost(TEN, HINT);
        assertEquals("several models may have served it, or none is known", onlyReason());
    }
}
