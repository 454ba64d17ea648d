package dev.reckoner.ledger.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.LimitRule;
import dev.reckoner.config.LimitRule.Subject;
import dev.reckoner.config.RateTables;
import dev.reckoner.config.Settings.UnknownRate;
import dev.reckoner.ledger.Asked;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.ExchangeIds;
import dev.reckoner.ledger.KeyRef;
import dev.reckoner.ledger.Route;
import dev.reckoner.ledger.alert.Alert;
import dev.reckoner.ledger.alert.Alerts;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LimitBookTest {
    private static final Attribution ADA = Asks.whose("ada", "search", "env=prod");
    private static final Attribution BOB = Asks.whose("bob", "search");

    private final SetClock clock = new SetClock("2026-11-21T12:00:00Z");
    private final ExchangeIds ids = new ExchangeIds(clock);
    private final List<Alert> alerts = new ArrayList<>();
    private final LimitBook book = new LimitBook(RateTables.builtIn(), null, alerts::add, clock, 5);

    @Test
    void noLimit_admitsEverything_andHoldsNothing() {
        assertFalse(book.any());
        assertInstanceOf(Verdict.Admitted.class, book.admit(ids.next(), ask(ADA, 1_000_000, 64_000)));
        assertEquals(0, book.holding());
    }

    @Test
    void budget_isHeldAtWhatARequestMayCost_andGivenBackAtWhatItDid() {
        limits("user=ada 1/day");
        ExchangeId id = admitted(ask(ADA, 100_000, 40_000)); // 0.30 + 0.60
        assertAmount("0.9", standing().reserved());
        assertAmount("0.1", standing().left());

        Refusal refusal = refused(ask(ADA, 10_000, 10_000)); // 0.03 + 0.15
        assertEquals(Refusal.Kind.BUDGET, refusal.kind());
        assertEquals(Duration.ofHours(12), refusal.retryAfter());
        assertEquals(
                "spend limit reached: user ada: $1.00 per day ("
                        + standing().limit().id() + "); $0.10 are left, and"
                        + " this request may cost up to $0.18; resets 2026-11-22 00:00 UTC",
                refusal.message());

        Entry entry = Asks.entry(id, ADA, "0.25", clock.instant());
        book.booked(entry);
        assertAmount("0", standing().reserved());
        assertAmount("0.25", standing().spent());
        book.entry(entry);
        assertAmount("0.25", standing().spent());
        assertAmount("0.75", standing().left());
        admitted(ask(ADA, 10_000, 10_000));
    }

    @Test
    void budget_thatIsSpent_refusesWhatCostsNothingKnown_butNotWhatIsFree() {
        limits("all 1/day");
        book.booked(Asks.entry(ids.next(), ADA, "1", clock.instant()));

        refused(new Ask(Route.BATCHES, ADA, Asked.NOTHING, 10, clock.instant()));

        KeyRef oauth = new KeyRef("hash", "", KeyRef.Kind.OAUTH);
        Attribution subscriber = new Attribution(null, null, null, null, List.of(), oauth, null);
        admitted(Asks.ask(subscriber, Asks.MODEL, 1_000, 1_000, clock.instant()));
    }

    @Test
    void severalLimits_areAllHeldOrNone_andTheTightestIsNamed() {
        limits("user=ada 10/day", "team=search 0.5/month", "all 2 concurrent", "tag=env=prod 3 rpm");
        admitted(ask(ADA, 0, 10_000)); // 0.15

        Refusal refusal = refused(ask(ADA, 0, 30_000)); // 0.45
        assertTrue(refusal.message().contains("team search: $0.50 per month"), refusal.message());
        assertAmount("0.15", standing("user=ada").reserved());
        assertAmount("1", standing("all").reserved());
        assertAmount("2", standing("tag=env=prod").left());

        admitted(ask(ADA, 0, 1));
        Refusal both = refused(ask(ADA, 0, 30_000));
        assertEquals(Refusal.Kind.BUDGET, both.kind(), "the budget lasts longer than the place");
        assertEquals(Refusal.Kind.CONCURRENCY, refused(ask(ADA, 0, 1)).kind());
        assertEquals(Duration.ofSeconds(1), refused(ask(ADA, 0, 1)).retryAfter());
    }

    @Test
    void limitForEach_isForEachByItself_andThoseWhoSayNothingShareOne() {
        limits("user=* 1/day");
        admitted(ask(ADA, 0, 60_000));
        refused(ask(ADA, 0, 60_000));
        admitted(ask(BOB, 0, 60_000));
        admitted(ask(Attribution.NONE, 0, 60_000));
        refused(ask(Attribution.NONE, 0, 60_000));
        assertEquals(
                List.of("user=ada", "user=bob", "user="),
                book.standings().stream()
                        .map(standing -> standing.subject().toString())
                        .toList());
    }

    @Test
    void subjects_whenTheyAreTooMany_shareAnAccount() {
        limits("user=* 1/day");
        for (int i = 0; i < 5; i++) {
            admitted(ask(Asks.whose("user" + i, "t"), 0, 60_000));
        }
        admitted(ask(Asks.whose("one more", "t"), 0, 60_000));
        refused(ask(Asks.whose("and another", "t"), 0, 60_000));
        refused(ask(Asks.whose("user0", "t"), 0, 60_000));
    }

    @Test
    void subjects_ofWhomNothingIsCounted_areForgotten() {
        limits("user=* 1/day", "user=bob 5 concurrent");
        ExchangeId id = admitted(ask(ADA, 0, 60_000));
        book.forgetIdle();
        assertAmount("0.9", standing("user=ada").reserved());
        book.release(id);
        book.forgetIdle();
        assertEquals(
                List.of("user=*", "user=bob"),
                book.standings().stream()
                        .map(standing -> standing.subject().toString())
                        .toList());
    }

    @Test
    void key_isFoundByTheVendorsHint_andByOurOwnId() {
        limits("key=key_1 2 concurrent", "key=" + Asks.KEY.hint() + " 3 concurrent", "key=* 4 concurrent");
        Attribution ours = new Attribution(null, null, null, null, List.of(), Asks.KEY, "key_1");
        admitted(ask(ours, 0, 1));
        admitted(ask(ours, 0, 1));
        refused(ask(ours, 0, 1));
        admitted(ask(BOB, 0, 1));
        Refusal refusal = refused(ask(BOB, 0, 1));
        assertTrue(refusal.message().contains("3 exchanges"), refusal.message());
        Map<String, BigDecimal> each = new TreeMap<>();
        book.standings().stream()
                .filter(standing -> standing.limit().rule().subject().each())
                .forEach(standing -> each.put(standing.subject().value(), standing.reserved()));
        assertEquals(Map.of("key_1", BigDecimal.valueOf(2), Asks.KEY.hint(), BigDecimal.ONE), each);
    }

    @Test
    void models_areAllowedByAnyOfTheirNames_andNothingElse() {
        limits("all models claude-sonnet-4-5 claude-later-9");
        admitted(ask(ADA, "claude-sonnet-4-5-20250929", 1, 1));
        admitted(ask(ADA, "claude-sonnet-4-5", 1, 1));
        admitted(ask(ADA, "claude-later-9", 1, 1));
        Refusal refusal = refused(ask(ADA, "claude-opus-4-1", 1, 1));
        assertEquals(Refusal.Kind.MODEL, refusal.kind());
        assertNull(refusal.retryAfter());
        refused(ask(ADA, null, 1, 1));
    }

    @Test
    void rates_areCountedAsTheVendorCountsThem() {
        limits("user=ada 1000 itpm", "user=ada 5000 otpm");
        ExchangeId id = admitted(ask(ADA, 900, 4_000));
        assertEquals(Refusal.Kind.RATE, refused(ask(ADA, 200, 1)).kind());
        assertEquals(Duration.ofSeconds(6), refused(ask(ADA, 200, 1)).retryAfter(), "100 of 1,000 tokens a minute");

        book.booked(Asks.entry(id, ADA, Asks.line(100, 50, BigDecimal.ONE), clock.instant()));

        assertEquals(
                List.of(BigDecimal.valueOf(900), BigDecimal.valueOf(4_950)),
                book.standings().stream().map(Standing::left).toList(),
                "what is read from a cache doesn't count");
    }

    @Test
    void release_anyNumberOfTimes_givesBackOnce() {
        limits("all 1/day", "all 2 concurrent");
        ExchangeId id = admitted(ask(ADA, 0, 10_000));
        book.release(id);
        book.release(id);
        book.release(ids.next());
        Entry entry = Asks.entry(id, ADA, "0.1", clock.instant());
        book.booked(entry);
        book.entry(entry);
        assertAmount("0", standing("all").reserved());
        assertAmount("0.1", standing("all").spent());
        assertEquals(
                List.of(BigDecimal.ZERO),
                book.standings().stream().skip(1).map(Standing::reserved).toList());
        assertEquals(0, book.holding());
    }

    @Test
    void exchange_thatIsAdmittedTwice_isAFault() {
        limits("all 1/day");
        ExchangeId id = admitted(ask(ADA, 0, 1));
        assertThrows(IllegalStateException.class, () -> book.admit(id, ask(ADA, 0, 1)));
    }

    @Test
    void window_thatEnds_beginsAgainAtNothing_butKeepsWhatIsInFlight() {
        limits("all 1/day");
        book.booked(Asks.entry(ids.next(), ADA, "0.9", clock.instant()));
        ExchangeId id = admitted(ask(ADA, 0, 6_000)); // 0.09
        refused(ask(ADA, 0, 6_000));

        clock.set("2026-11-22T00:00:00Z");
        assertAmount("0", standing().spent());
        assertAmount("0.09", standing().reserved());
        admitted(ask(ADA, 0, 60_000));

        Entry late = Asks.entry(id, ADA, "0.05", Instant.parse("2026-11-21T23:59:59Z"));
        book.booked(late);
        book.entry(late);
        assertAmount("0", standing().spent(), "it was booked the day before");
    }

    @Test
    void window_neverGoesBack_andWhatIsBookedBeforeItIsCountedInIt() {
        limits("all 1/day");
        clock.set("2026-11-22T01:00:00Z");
        ExchangeId id = admitted(ask(ADA, 0, 60_000)); // 0.90

        clock.set("2026-11-21T23:00:00Z");
        Refusal refusal = refused(ask(ADA, 0, 60_000));
        assertEquals(Duration.ofHours(25), refusal.retryAfter());
        Entry entry = Asks.entry(id, ADA, "0.8", clock.instant());
        book.booked(entry);
        book.entry(entry);

        assertAmount("0", standing().spent(), "as reports of that day say");
        assertAmount("0.2", standing().left());
        refused(ask(ADA, 0, 60_000));
        clock.set("2026-11-23T00:00:00Z");
        admitted(ask(ADA, 0, 60_000));
    }

    @Test
    void correction_movesWhatIsSpent_alsoToSomebodyElse() {
        limits("user=* 1/day");
        Entry wrong = Asks.entry(ids.next(), ADA, "0.5", clock.instant());
        book.booked(wrong);
        book.entry(wrong);
        Entry right = Asks.entry(wrong.id(), BOB, "0.25", clock.instant());

        book.correction(wrong, right);

        assertAmount("0.25", standing("user=bob").spent());
        assertTrue(book.standings().stream()
                .noneMatch(standing -> standing.subject().value().equals("ada")));
    }

    @Test
    void modelWithoutARate_isCountedAtTheDearestRow_untilItHasOne() {
        limits("all 100/day");
        BigDecimal dearest = RateTables.builtIn().rates().stream()
                .filter(rate -> rate.prices() != null && rate.holds(clock.instant()))
                .map(rate -> rate.prices().output())
                .max(BigDecimal::compareTo)
                .orElseThrow();
        ExchangeId id = admitted(ask(ADA, "claude-later-9", 0, 1_000_000));
        assertAmount(dearest.toPlainString(), standing().reserved());

        Entry pending = Asks.entry(id, ADA, Asks.line(0, 1_000_000, null), clock.instant());
        book.booked(pending);
        assertAmount("0", standing().spent());
        BigDecimal counted = Objects.requireNonNull(standing().pending());
        assertTrue(counted.compareTo(dearest) >= 0, counted + " of output and cache reads");
        book.entry(pending);
        assertAmount(counted.toPlainString(), standing().pending());

        book.correction(pending, Asks.entry(id, ADA, "7", clock.instant()));
        assertAmount("0", standing().pending());
        assertAmount("7", standing().spent());
    }

    @Test
    void modelWithoutARate_isCountedAsConfigured() {
        LimitBook configured = new LimitBook(
                RateTables.builtIn(), new UnknownRate(new BigDecimal("5"), new BigDecimal("25")), Alerts.NONE, clock);
        configured.replace(List.of(limit("all 100/day")), Map.of(), clock.instant());
        configured.admit(ids.next(), ask(ADA, "claude-later-9", 1_000_000, 100_000));
        assertAmount("7.5", configured.standings().get(0).reserved());
    }

    @Test
    void limitThatChangesItsValue_keepsWhatItCounted_andOneThatGoesLetsGo() {
        limits("all 1/day", "user=ada 1 concurrent");
        ExchangeId id = admitted(ask(ADA, 0, 60_000));
        book.replace(
                List.of(book.standings()
                        .get(0)
                        .limit()
                        .with(LimitRule.parse("all 2/day").orElseThrow())),
                Map.of(),
                clock.instant());
        assertAmount("0.9", standing().reserved());
        admitted(ask(ADA, 0, 60_000));
        book.booked(Asks.entry(id, ADA, "0.5", clock.instant()));
        assertAmount("0.6", standing().left());

        book.replace(List.of(), Map.of(), clock.instant());
        assertFalse(book.any());
        assertEquals(0, book.holding());
    }

    @Test
    void newLimit_beginsWithWhatTheStoreHas_alsoForSubjectsThatWereKnown() {
        limits("user=* 9 concurrent");
        admitted(ask(ADA, 0, 1));
        Limit budget = limit("user=* 1/day");
        Subject ada = new Subject(Subject.Kind.USER, "ada");

        book.replace(
                List.of(book.standings().get(0).limit(), budget),
                Map.of(budget.id(), Map.of(ada, new Cost(new BigDecimal("0.95"), BigDecimal.ZERO))),
                clock.instant());

        refused(ask(ADA, 0, 60_000));
        admitted(ask(BOB, 0, 60_000));
    }

    @Test
    void budgetThatIsNearlyGone_isWarnedOf_onceAPercentageAndWindow() {
        limits("user=ada 1/day");
        assertEquals(List.of(), warnings(ask(ADA, 0, 40_000)));
        Warning held = warnings(ask(ADA, 0, 10_000)).get(0); // 0.60 + 0.15
        assertEquals(75, held.percent());
        assertEquals("user ada: $1.00 per day", held.limit());
        assertEquals(Instant.parse("2026-11-22T00:00:00Z"), held.resets());
        assertEquals(List.of(), alerts, "what is only held is no news");

        book.booked(Asks.entry(ids.next(), ADA, "0.74", clock.instant()));
        assertEquals(List.of(), alerts);
        book.booked(Asks.entry(ids.next(), ADA, "0.01", clock.instant()));
        book.booked(Asks.entry(ids.next(), ADA, "0.01", clock.instant()));
        book.booked(Asks.entry(ids.next(), ADA, "0.3", clock.instant()));
        refused(ask(ADA, 0, 1));
        refused(ask(ADA, 0, 1));

        String about = standing().limit().id() + "/user=ada/2026-11-21T00:00:00Z";
        assertEquals(
                List.of("THRESHOLD " + about + "/75", "THRESHOLD " + about + "/95", "REFUSAL " + about),
                alerts.stream().map(alert -> alert.kind() + " " + alert.about()).toList());
        assertEquals(
                "95 % of a budget is spent: user ada: $1.00 per day.",
                alerts.get(1).message());

        clock.set("2026-11-22T09:00:00Z");
        book.booked(Asks.entry(ids.next(), ADA, "0.8", clock.instant()));
        assertEquals(4, alerts.size());
    }

    @Test
    void thousandAtOnce_againstABudgetForAHundred_areAHundred() throws Exception {
        limits("team=search 1.5/day", "user=* 1/day"); // a request may cost 0.015, so that 100 fit
        ExecutorService threads = Executors.newFixedThreadPool(16);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Verdict>> verdicts = new ArrayList<>();
        List<ExchangeId> asked = Stream.generate(ids::next).limit(1_000).toList();
        for (ExchangeId id : asked) {
            Attribution whose = Asks.whose("user" + id.value().getLeastSignificantBits() % 4, "search");
            verdicts.add(threads.submit(() -> {
                start.await();
                return book.admit(id, ask(whose, 0, 1_000));
            }));
        }
        start.countDown();
        int admitted = 0;
        for (Future<Verdict> verdict : verdicts) {
            admitted += verdict.get() instanceof Verdict.Admitted ? 1 : 0;
        }
        assertEquals(100, admitted);
        assertEquals(100, book.holding());
        for (ExchangeId id : asked) {
            threads.execute(() -> book.release(id));
        }
        threads.shutdown();
        assertTrue(threads.awaitTermination(30, TimeUnit.SECONDS));
        assertEquals(0, book.holding());
        assertAmount("0", standing("team=search").reserved());
    }

    private void limits(String... rules) {
        book.replace(Stream.of(rules).map(this::limit).toList(), Map.of(), clock.instant());
    }

    private Limit limit(String rule) {
        return Limit.created(LimitRule.parse(rule).orElseThrow(), clock.instant());
    }

    private Ask ask(Attribution whose, long input, long output) {
        return ask(whose, Asks.MODEL, input, output);
    }

    private Ask ask(Attribution whose, @Nullable String model, long input, long output) {
        return Asks.ask(whose, model, input, output, clock.instant());
    }

    private ExchangeId admitted(Ask ask) {
        ExchangeId id = ids.next();
        Verdict verdict = book.admit(id, ask);
        assertInstanceOf(Verdict.Admitted.class, verdict, verdict::toString);
        return id;
    }

    private List<Warning> warnings(Ask ask) {
        return assertInstanceOf(Verdict.Admitted.class, book.admit(ids.next(), ask))
                .warnings();
    }

    private Refusal refused(Ask ask) {
        int holding = book.holding();
        Verdict verdict = book.admit(ids.next(), ask);
        assertEquals(holding, book.holding());
        return assertInstanceOf(Verdict.Refused.class, verdict, verdict::toString)
                .refusal();
    }

    private Standing standing() {
        return book.standings().get(0);
    }

    private Standing standing(String subject) {
        return book.standings().stream()
                .filter(standing -> standing.subject().toString().equals(subject))
                .findFirst()
                .orElseThrow();
    }

    private static void assertAmount(String expected, @Nullable BigDecimal found) {
        assertAmount(expected, found, "");
    }

    private static void assertAmount(String expected, @Nullable BigDecimal found, String message) {
        assertNotNull(found);
        assertEquals(0, new BigDecimal(expected).compareTo(found), () -> expected + " but " + found + " " + message);
    }
}
