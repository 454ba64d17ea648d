package dev.reckoner.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.RateTables;
import dev.reckoner.config.Settings.BookingInstant;
import dev.reckoner.ledger.Attribution.Part;
import dev.reckoner.ledger.Attribution.Source;
import dev.reckoner.ledger.insight.CacheQuery;
import dev.reckoner.ledger.insight.CacheReport;
import dev.reckoner.ledger.insight.CacheRow;
import dev.reckoner.ledger.insight.Insight;
import dev.reckoner.ledger.insight.InsightQuery;
import dev.reckoner.ledger.insight.InsightReport;
import dev.reckoner.ledger.insight.Kind;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What would have been cheaper, computed by hand from the rates of November 2026. */
final class LedgerInsightsTest {
    private static final String OPUS = "claude-opus-5-5";
    private static final String SONNET = "claude-sonnet-5-5";
    private static final List<String> MODELS = List.of(
            OPUS,
            SONNET,
            "claude-opus-5",
            "claude-opus-4-8",
            "claude-opus-4-7",
            "claude-sonnet-4-6",
            "claude-fable-5-1",
            "claude-haiku-5-5",
            "claude-unlisted-1");
    private static final long SEED = 20_261_122;
    private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2026-12-01T00:00:00Z");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path directory;

    private @Nullable Ledger opened;

    /** A message in the making: 10:00 on a November day, served at standard terms. */
    private record Said(
            String user,
            @Nullable String session,
            String model,
            TokenCounts tokens,
            @Nullable Boolean streamed,
            String speed,
            Outcome outcome) {

        static Said by(String user, String model, TokenCounts tokens) {
            return new Said(user, null, model, tokens, true, "standard", Outcome.OK_UPSTREAM_COMPLETE);
        }

        Said in(String other) {
            return new Said(user, other, model, tokens, streamed, speed, outcome);
        }

        Said streamed(@Nullable Boolean other) {
            return new Said(user, session, model, tokens, other, speed, outcome);
        }

        Said fast() {
            return new Said(user, session, model, tokens, streamed, "fast", outcome);
        }

        Said ended(Outcome other) {
            return new Said(user, session, model, tokens, streamed, speed, other);
        }
    }

    @BeforeEach
    void open() {
        opened = Ledger.open(LedgerTest.settings(directory, BookingInstant.START), RateTables.builtIn(), CLOCK);
    }

    @AfterEach
    void close() {
        ledger().close();
    }

    private Ledger ledger() {
        return Objects.requireNonNull(opened);
    }

    private void book(String at, Said said) throws Exception {
        Instant start = Instant.parse(at);
        Attribution attribution = new Attribution(
                new Part(said.user(), Source.PATH),
                null,
                new Part("app-of-" + said.user(), Source.PATH),
                said.session() == null ? null : new Part(said.session(), Source.HEADER),
                List.of(),
                KeyRef.NONE,
                null);
        Asked asked = new Asked(said.model(), said.streamed(), 1_024L, null, null, null, null, null, null);
        ExchangeId id = ledger().ids().next();
        Opening opening = new Opening(id, start, Route.MESSAGES, "POST", "/v1/messages", attribution, asked, null);
        Usage usage = new Usage(said.tokens(), null, null, null, null, "standard", "global", said.speed(), List.of());
        Reading reading = new Reading("msg", said.model(), usage, true, "end_turn", false, null, 0, List.of(), null);
        Closing closing = new Closing(
                opening,
                start.plusSeconds(2),
                start,
                200,
                said.outcome(),
                null,
                "req",
                null,
                null,
                1,
                1,
                reading,
                null);
        LedgerTest.onDisk(done -> ledger().close(closing, done));
    }

    private static TokenCounts tokens(long input, long output, long read, long write5m, long write1h) {
        return new TokenCounts(input, output, write5m + write1h, read, write5m, write1h);
    }

    private InsightReport insights() {
        assertTrue(ledger().catchUp(Duration.ofSeconds(20)));
        return ledger().insights().insights(new InsightQuery(FROM, UNTIL, Map.of()));
    }

    private CacheReport cache(Dimension... by) {
        assertTrue(ledger().catchUp(Duration.ofSeconds(20)));
        return ledger().insights().cache(new CacheQuery(FROM, UNTIL, List.of(by), Map.of()));
    }

    private Insight insight(Kind kind) {
        return found(kind).orElseThrow();
    }

    private Optional<Insight> found(Kind kind) {
        return insights().insights().stream()
                .filter(insight -> insight.kind() == kind)
                .findFirst();
    }

    private static void assertAmount(String expected, @Nullable BigDecimal found) {
        assertEquals(0, new BigDecimal(expected).compareTo(Objects.requireNonNull(found)), String.valueOf(found));
    }

    @Test
    void cache_thatReadsALot_pays_andOneThatNeverReads_loses_toTheLastDigit() throws Exception {
        // Opus 5.5: input 4, write 5, 1 h 8, read 0.20
        book("2026-11-10T10:00:00Z", Said.by("reader", OPUS, tokens(10, 1, 900_000, 100_000, 0)));
        book("2026-11-10T11:00:00Z", Said.by("writer", OPUS, tokens(10, 1, 0, 1_000, 333)));

        CacheReport report = cache(Dimension.USER);

        assertEquals(2, report.rows().size());
        CacheRow writer = report.rows().get(0);
        assertEquals(Map.of(Dimension.USER, "writer"), writer.group());
        assertEquals(CacheRow.Verdict.LOSES, writer.verdict());
        assertAmount("0.001", writer.premium5m());
        assertAmount("0.001332", writer.premium1h());
        assertAmount("0", writer.saved());
        assertAmount("-0.002332", writer.net());
        assertAmount("0", writer.cacheRate());
        CacheRow reader = report.rows().get(1);
        assertEquals(CacheRow.Verdict.PAYS, reader.verdict());
        assertAmount("0.1", reader.premium5m());
        assertAmount("3.42", reader.saved());
        assertAmount("3.32", reader.net());
        assertAmount("0.9", reader.cacheRate());
        assertAmount("3.317668", report.total().net());
        assertEquals(2, report.total().exchanges());
        assertEquals(0, report.total().unpriced());
    }

    @Test
    void cache_acrossAChangeOfPrices_eachDayAtItsOwn() throws Exception {
        // Sonnet 5.5 reads cost 0.20 before 2026-10-07 and 0.10 from then on, input 2
        book("2026-10-06T23:59:59Z", Said.by("ada", SONNET, tokens(0, 1, 1_000_000, 0, 0)));
        book("2026-10-07T00:00:00Z", Said.by("ada", SONNET, tokens(0, 1, 1_000_000, 0, 0)));
        assertTrue(ledger().catchUp(Duration.ofSeconds(20)));

        CacheReport report = ledger().insights()
                .cache(new CacheQuery(
                        Instant.parse("2026-10-01T00:00:00Z"), UNTIL, List.of(Dimension.MODEL), Map.of()));

        assertAmount("3.70", report.rows().get(0).saved()); // (2 − 0.20) + (2 − 0.10)
    }

    @Test
    void halfAYear_isTheSumOfTheTimesBetweenChangesOfPrices_toTheLastDigit() throws Exception {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        Instant from = Instant.parse("2026-06-01T00:00:00Z");
        for (int i = 0; i < 150; i++) {
            Instant at = from.plusSeconds(
                    random.nextInt((int) Duration.between(from, UNTIL).toSeconds()));
            long written = random.nextInt(3) * 1_000L;
            Said said = Said.by(
                    "user-" + random.nextInt(3),
                    MODELS.get(random.nextInt(MODELS.size())),
                    tokens(random.nextInt(300_000), random.nextInt(900), random.nextInt(9_000), written, written / 2));
            book(at.toString(), random.nextInt(4) == 0 ? said.fast() : said);
        }
        assertTrue(ledger().catchUp(Duration.ofSeconds(20)));
        TreeSet<Instant> starts = new TreeSet<>(Set.of(from));
        RateTables.builtIn().rates().stream()
                .flatMap(rate -> Stream.of(rate.from(), rate.to()))
                .filter(change -> change != null && change.isAfter(from) && change.isBefore(UNTIL))
                .forEach(starts::add);
        assertTrue(starts.size() > 10);

        Map<String, BigDecimal> parts = new TreeMap<>();
        for (Instant start : starts) {
            Instant next = starts.higher(start);
            amounts(start, next == null ? UNTIL : next)
                    .forEach((what, amount) -> parts.merge(what, amount, BigDecimal::add));
        }
        Map<String, BigDecimal> whole = amounts(from, UNTIL);
        assertEquals(parts.keySet(), whole.keySet());
        assertTrue(whole.keySet().contains("FAST_MODE saving") && whole.keySet().contains("MODEL_MIX saving"));
        whole.forEach((what, amount) -> assertEquals(0, amount.compareTo(parts.get(what)), what));
    }

    /** What adds up over times: what caching did, and what other speeds and models would have cost. */
    private Map<String, BigDecimal> amounts(Instant from, Instant until) {
        CacheRow cache = ledger().insights()
                .cache(new CacheQuery(from, until, List.of(Dimension.USER), Map.of()))
                .total();
        Map<String, BigDecimal> amounts = new TreeMap<>();
        amounts.put("premium 5m", cache.premium5m());
        amounts.put("premium 1h", cache.premium1h());
        amounts.put("saved", cache.saved());
        amounts.put("unpriced", BigDecimal.valueOf(cache.unpriced()));
        InsightReport report = ledger().insights().insights(new InsightQuery(from, until, Map.of()));
        amounts.put("spent", report.spent());
        amounts.put("exchanges", BigDecimal.valueOf(report.exchanges()));
        for (Insight insight : report.insights()) {
            if (insight.kind() == Kind.FAST_MODE || insight.kind() == Kind.MODEL_MIX) {
                amounts.put(insight.kind() + " paid", insight.paid());
                amounts.put(insight.kind() + " saving", insight.saving());
            }
        }
        return amounts;
    }

    @Test
    void cacheThatLoses_isAnInsight_whoseStepsAddUp() throws Exception {
        book("2026-11-10T10:00:00Z", Said.by("writer", OPUS, tokens(10, 1, 100, 1_000, 333)));
        book("2026-11-10T10:00:01Z", Said.by("reader", OPUS, tokens(10, 1, 900_000, 1_000, 0)));

        Insight insight = insight(Kind.CACHE_LOSES);

        // 1,000 × (5 − 4) + 333 × (8 − 4) + 100 × (0.20 − 4), each / 1,000,000
        assertAmount("0.001952", insight.saving());
        assertEquals(Insight.Certainty.CERTAIN, insight.certainty());
        assertEquals(3, insight.steps().size());
        Insight.Step write = insight.steps().get(0);
        assertEquals(TokenType.CACHE_WRITE_5M, write.type());
        assertEquals(1_000, write.quantity());
        assertAmount("5", write.rate());
        assertAmount("4", write.insteadRate());
        assertAmount("0.001", write.saving());
        assertAmount("-0.00038", insight.steps().get(2).saving());
        assertEquals("app-of-writer", insight.owners().get(0).group().get(Dimension.PROJECT));
        assertEquals(1, insight.owners().size());
    }

    @Test
    void fastMode_atStandardRates_halfOfIt() throws Exception {
        book(
                "2026-11-10T10:00:00Z",
                Said.by("ada", OPUS, tokens(1_000, 100, 0, 0, 0)).fast());
        book("2026-11-10T10:00:00Z", Said.by("bob", OPUS, tokens(1_000, 100, 0, 0, 0)));

        Insight insight = insight(Kind.FAST_MODE);

        assertAmount("0.012", insight.paid()); // 1,000 × 8 + 100 × 40
        assertEquals("40", String.valueOf(insight.steps().get(1).rate()), "no exponent for whoever reads it as JSON");
        assertAmount("0.006", insight.saving());
        assertEquals(1, insight.exchanges());
        assertEquals("ada", insight.owners().get(0).group().get(Dimension.USER));
    }

    @Test
    void modelMix_isHypothetical_atTheNextCheaperModelOfThatTime() throws Exception {
        book("2026-11-10T10:00:00Z", Said.by("ada", OPUS, tokens(1_000, 100, 0, 0, 0)));
        book("2026-11-10T10:00:00Z", Said.by("bob", "claude-haiku-5-5", tokens(1_000, 100, 0, 0, 0)));

        Insight insight = insight(Kind.MODEL_MIX);

        assertEquals(Insight.Certainty.HYPOTHETICAL, insight.certainty());
        assertEquals(OPUS + " → " + SONNET, insight.steps().get(0).what());
        assertEquals(2, insight.steps().size(), "nothing is cheaper than Haiku");
        assertAmount("0.003", insight.saving()); // 1,000 × (4 − 2) + 100 × (20 − 10)
    }

    @Test
    void notStreamed_asABatch_halfOfIt_andTiersStayApart() throws Exception {
        book(
                "2026-11-10T10:00:00Z",
                Said.by("ada", OPUS, tokens(1_000, 100, 0, 0, 0)).streamed(false));
        book(
                "2026-11-10T10:00:00Z",
                Said.by("ada", OPUS, tokens(1_000, 100, 0, 0, 0)).streamed(null));
        book(
                "2026-11-10T10:00:00Z",
                Said.by("ada", "claude-haiku-5-5", tokens(200_000, 10, 0, 0, 0)).streamed(false));
        book("2026-11-10T10:00:00Z", Said.by("ada", OPUS, tokens(1_000, 100, 0, 0, 0)));

        Insight insight = insight(Kind.BATCH);

        assertEquals(3, insight.exchanges(), "a body without stream asks for none");
        assertAmount("0.1120250", insight.paid()); // 2 × 0.006 + 200,000 × 0.50 + 10 × 2.50
        assertAmount("0.0560125", insight.saving());
        assertEquals(0, insight.leftOut());
        assertTrue(found(Kind.BATCH_AT_NIGHT).isEmpty());
    }

    @Test
    void streamedByNight_isNamedByItself() throws Exception {
        book("2026-11-10T05:59:59Z", Said.by("ada", OPUS, tokens(1_000, 0, 0, 0, 0)));
        book("2026-11-10T06:00:00Z", Said.by("ada", OPUS, tokens(1_000, 0, 0, 0, 0)));

        assertAmount("0.002", insight(Kind.BATCH_AT_NIGHT).saving());
        assertTrue(found(Kind.BATCH).isEmpty());
    }

    @Test
    void writesFor1Hour_readWithin5Minutes_costTheDifference_andThoseReadLaterDont() throws Exception {
        TokenCounts write = tokens(0, 1, 0, 0, 1_000);
        TokenCounts read = tokens(0, 1, 1_000, 0, 0);
        book("2026-11-10T10:00:00Z", Said.by("ada", OPUS, write).in("quick"));
        book("2026-11-10T10:04:00Z", Said.by("ada", OPUS, read).in("quick"));
        book("2026-11-10T10:00:00Z", Said.by("bob", OPUS, write).in("slow"));
        book("2026-11-10T10:06:00Z", Said.by("bob", OPUS, read).in("slow"));
        book("2026-11-10T10:00:00Z", Said.by("cyd", OPUS, write));
        book("2026-11-10T12:00:00Z", Said.by("dan", OPUS, write).in("may go on"));

        Insight insight = insight(Kind.CACHE_1H);

        assertAmount("0.003", insight.saving()); // 1,000 × (8 − 5)
        assertEquals(1, insight.exchanges());
        assertEquals("ada", insight.owners().get(0).group().get(Dimension.USER));
    }

    @Test
    void answersNobodyRead_andThoseThatFailed_areToldApart() throws Exception {
        Said said = Said.by("ada", OPUS, tokens(1_000, 100, 0, 0, 0));
        book("2026-11-10T10:00:00Z", said.ended(Outcome.FAILED_DOWNSTREAM_ABORTED));
        book("2026-11-10T10:00:00Z", said.ended(Outcome.FAILED_UPSTREAM_ERROR_EVENT));
        book("2026-11-10T10:00:00Z", said);

        assertAmount("0.006", insight(Kind.UNREAD).saving());
        assertAmount("0.006", insight(Kind.FAILED).saving());
        assertEquals(
                "FAILED_DOWNSTREAM_ABORTED", insight(Kind.UNREAD).steps().get(0).what());
        assertNull(insight(Kind.UNREAD).steps().get(0).type());
    }

    @Test
    void longestOutputs_ofAHundred_isOne() throws Exception {
        for (int i = 1; i <= 100; i++) {
            book("2026-11-10T10:00:00Z", Said.by("ada", OPUS, tokens(0, i == 100 ? 1_000 : i, 0, 0, 0)));
        }

        Insight insight = insight(Kind.LONG_OUTPUTS);

        assertEquals(1, insight.exchanges());
        assertAmount("0.01802", insight.saving()); // (1,000 − 99) × 20
        assertEquals("99", insight.facts().get("next_longest_tokens"));
        assertEquals("0.1681", insight.facts().get("share_of_cost")); // 1,000 of 4,950 + 1,000
    }

    @Test
    void sums_areThoseOfTheReports_andAnEmptyBookSaysNothing() throws Exception {
        InsightReport empty = insights();
        assertEquals(List.of(), empty.insights());
        assertEquals(0, empty.exchanges());
        assertTrue(empty.read().whole() || empty.read().exchanges() == 0);

        book("2026-11-10T10:00:00Z", Said.by("ada", OPUS, tokens(1_000, 100, 0, 0, 0)));
        InsightReport report = insights();
        assertEquals(1, report.exchanges());
        assertAmount("0.006", report.spent());
        assertEquals(1, report.read().exchanges());
        assertFalse(report.rates().isEmpty());
        for (Insight insight : report.insights()) {
            BigDecimal steps =
                    insight.steps().stream().map(Insight.Step::saving).reduce(BigDecimal.ZERO, BigDecimal::add);
            assertAmount(insight.saving().toPlainString(), steps);
        }
    }
}
