package dev.reckoner.ledger.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.Asked;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Charge;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.KeyRef;
import dev.reckoner.ledger.Lag;
import dev.reckoner.ledger.Line;
import dev.reckoner.ledger.Opening;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.RateLimitQuery;
import dev.reckoner.ledger.RateLimitRow;
import dev.reckoner.ledger.RateLimitRow.Peak;
import dev.reckoner.ledger.RateLimitRow.Throttled;
import dev.reckoner.ledger.RatingStatus;
import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.Route;
import dev.reckoner.ledger.TokenCounts;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.ledger.Usage;
import dev.reckoner.ledger.VendorLimits;
import dev.reckoner.ledger.store.Store;
import dev.reckoner.ledger.store.TestBooks;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Peaks per minute: by hand, and against plain code over random exchanges. */
final class RateLimitSumsTest {
    private static final Instant FROM = Instant.parse("2026-11-21T09:00:00Z");
    private static final Instant UNTIL = Instant.parse("2026-11-21T12:00:00Z");
    private static final String OPUS = "claude-opus-5-5";
    private static final String LIMITS = "{\"input_tokens\":{\"limit\":2000,\"remaining\":1000},"
            + "\"output_tokens\":{\"limit\":400},\"requests\":{\"limit\":50}}";

    @TempDir
    Path directory;

    private Store store;
    private Reports reports;
    private int number;

    @BeforeEach
    void open() {
        store = Store.open(directory);
        reports = new StoreReports(store, () -> new Lag(0, Duration.ZERO), List::of);
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** What an exchange is made of, as far as it matters here. */
    private record Made(
            String user,
            String model,
            Route route,
            String tier,
            String speed,
            Instant start,
            Instant end,
            int status,
            long input,
            long cacheWrite,
            long cacheRead,
            long output,
            @Nullable String limits) {

        boolean counts() {
            return route == Route.MESSAGES && !tier.equals("priority") && !speed.equals("fast");
        }

        boolean throttled() {
            return status == 429;
        }
    }

    private static Made made(String user, String start, String end, long input, long read, long output) {
        return new Made(
                user,
                OPUS,
                Route.MESSAGES,
                "standard",
                "standard",
                Instant.parse(start),
                Instant.parse(end),
                200,
                input,
                0,
                read,
                output,
                LIMITS);
    }

    private Entry entry(Made made) {
        Attribution who = new Attribution(
                new Attribution.Part(made.user(), Attribution.Source.PATH),
                null,
                null,
                null,
                List.of(),
                new KeyRef("0123456789abcdef0123456789abcdef", "hint of " + made.user(), KeyRef.Kind.API_KEY),
                null);
        Opening opening = new Opening(
                new ExchangeId(new UUID(0x0190_0000_0000_7000L + number++, 0x8000_0000_0000_0000L)),
                made.start(),
                made.route(),
                "POST",
                "/v1/messages",
                who,
                new Asked(made.model(), true, null, null, null, null, null, null, null),
                null);
        boolean served = !made.throttled();
        Usage usage = new Usage(
                new TokenCounts(made.input(), made.output(), made.cacheWrite(), made.cacheRead(), null, null),
                null,
                null,
                null,
                null,
                made.tier(),
                null,
                made.speed(),
                List.of());
        Reading reading = served
                ? new Reading("msg", made.model(), usage, true, "end_turn", false, null, 0, List.of(), null)
                : Reading.NOTHING;
        Closing closing = new Closing(
                opening,
                made.end(),
                null,
                made.status(),
                served ? Outcome.OK_UPSTREAM_COMPLETE : Outcome.FAILED_UPSTREAM_STATUS,
                null,
                null,
                null,
                null,
                0,
                0,
                reading,
                made.limits());
        List<Line> lines = new ArrayList<>();
        if (served) {
            line(lines, made, TokenType.INPUT, made.input());
            line(lines, made, TokenType.CACHE_WRITE_1H, made.cacheWrite());
            line(lines, made, TokenType.CACHE_READ, made.cacheRead());
            line(lines, made, TokenType.OUTPUT, made.output());
        }
        Charge charge = new Charge(lines, served ? RatingStatus.RATED : RatingStatus.NOT_BILLED, null, false, null);
        return new Entry(closing, charge, made.end());
    }

    private static void line(List<Line> lines, Made made, TokenType type, long quantity) {
        lines.add(new Line(
                0,
                made.model(),
                type,
                quantity,
                BigDecimal.ONE,
                BigDecimal.ONE,
                BigDecimal.valueOf(quantity, 6),
                made.tier(),
                made.speed(),
                null,
                null,
                "v"));
    }

    private List<RateLimitRow> rows(Bucket bucket, Dimension by) {
        return reports.rateLimits(new RateLimitQuery(FROM, UNTIL, bucket, by));
    }

    @Test
    void peaks_standInTheirMinute_andCacheReadsDontCount() throws Exception {
        Made throttled = new Made(
                "bob",
                OPUS,
                Route.MESSAGES,
                "standard",
                "standard",
                Instant.parse("2026-11-21T10:05:00Z"),
                Instant.parse("2026-11-21T10:05:01Z"),
                429,
                0,
                0,
                0,
                0,
                "{\"retry_after\":7}");
        new TestBooks(store)
                .book(List.of(
                        entry(made("ada", "2026-11-21T10:00:10Z", "2026-11-21T10:01:00Z", 700, 9_000, 100)),
                        entry(made("bob", "2026-11-21T10:00:59.999Z", "2026-11-21T10:01:30Z", 300, 0, 50)),
                        entry(made("ada", "2026-11-21T10:59:59Z", "2026-11-21T11:00:10Z", 900, 1_000, 350)),
                        entry(throttled)));

        List<RateLimitRow> rows = rows(Bucket.HOUR, Dimension.MODEL);
        assertEquals(
                List.of(
                        new RateLimitRow(
                                Instant.parse("2026-11-21T10:00:00Z"),
                                OPUS,
                                new Peak(1_000, Instant.parse("2026-11-21T10:00:00Z")),
                                new Peak(150, Instant.parse("2026-11-21T10:01:00Z")),
                                new Peak(2, Instant.parse("2026-11-21T10:00:00Z")),
                                1_900,
                                10_000,
                                150,
                                4,
                                1,
                                new VendorLimits(50L, 2_000L, 400L),
                                List.of(new Throttled("bob", 1))),
                        new RateLimitRow(
                                Instant.parse("2026-11-21T11:00:00Z"),
                                OPUS,
                                Peak.NONE,
                                new Peak(350, Instant.parse("2026-11-21T11:00:00Z")),
                                Peak.NONE,
                                0,
                                0,
                                350,
                                0,
                                0,
                                VendorLimits.NONE,
                                List.of())),
                rows);
        assertEquals(
                List.of("ada", "bob", "ada"),
                rows(Bucket.HOUR, Dimension.USER).stream()
                        .map(RateLimitRow::group)
                        .toList());
        assertEquals("hint of bob", rows(Bucket.HOUR, Dimension.KEY).get(1).group());
    }

    @Test
    void limitsThatDiffer_areNotTakenForOne() throws Exception {
        Made other = new Made(
                "ada",
                "claude-haiku-5-5",
                Route.MESSAGES,
                "standard",
                "standard",
                FROM,
                FROM,
                200,
                1,
                0,
                0,
                1,
                "{\"input_tokens\":{\"limit\":5000},\"output_tokens\":{\"limit\":400}}");
        new TestBooks(store)
                .book(List.of(
                        entry(made("ada", "2026-11-21T09:00:10Z", "2026-11-21T09:01:00Z", 1, 1, 1)), entry(other)));
        assertEquals(
                new VendorLimits(50L, null, 400L),
                rows(Bucket.HOUR, Dimension.USER).get(0).limits());
        assertEquals(2, rows(Bucket.HOUR, Dimension.MODEL).size());
    }

    @Test
    void limits_areKnown_thoughLaterErrorsStateNone() throws Exception {
        List<Entry> entries = new ArrayList<>();
        entries.add(entry(made("ada", "2026-11-21T09:00:10Z", "2026-11-21T09:01:00Z", 1, 1, 1)));
        for (int i = 0; i < 9; i++) {
            Instant at = Instant.parse("2026-11-21T09:02:00Z").plusSeconds(i);
            entries.add(entry(
                    new Made("ada", OPUS, Route.MESSAGES, "standard", "standard", at, at, 529, 0, 0, 0, 0, null)));
        }
        new TestBooks(store).book(entries);
        assertEquals(
                VendorLimits.read(LIMITS),
                rows(Bucket.HOUR, Dimension.USER).get(0).limits());
    }

    @Test
    void keptText_thatCantBeRead_statesNothing() {
        for (String text : List.of(
                "",
                "{",
                "[]",
                "null",
                "{\"input_tokens\":[{}]}",
                "{\"requests\":{\"limit\":\"x\"}}",
                "{\"requests\":{\"limit\":99999999999999999999}}",
                "{\"tokens\":{\"limit\":5}}")) {
            assertEquals(VendorLimits.NONE, VendorLimits.read(text), text);
        }
        assertEquals(VendorLimits.NONE, VendorLimits.read(null));
        assertEquals(
                new VendorLimits(null, 7L, null),
                VendorLimits.read("{\"fast_input_tokens\":{\"limit\":1},\"input_tokens\":{\"a\":[1],\"limit\":7}}"));
    }

    @Test
    void question_ofAnythingElse_isRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> new RateLimitQuery(FROM, UNTIL, Bucket.DAY, Dimension.MODEL));
        assertThrows(IllegalArgumentException.class, () -> new RateLimitQuery(FROM, UNTIL, Bucket.HOUR, Dimension.TAG));
    }

    @Test
    void randomExchanges_areSummedAsPlainCodeDoes() throws Exception {
        long seed = 20_261_121;
        Random random = new Random(seed);
        List<Made> all = new ArrayList<>();
        for (int i = 0; i < 800; i++) {
            all.add(random(random));
        }
        new TestBooks(store).book(all.stream().map(this::entry).toList());
        for (Bucket bucket : List.of(Bucket.MINUTE, Bucket.HOUR)) {
            check(all, bucket, Dimension.MODEL, Made::model, seed);
            check(all, bucket, Dimension.USER, Made::user, seed);
            check(all, bucket, Dimension.KEY, made -> "hint of " + made.user(), seed);
        }
    }

    @Test
    void hoursThatLieBehind_areKept_asTheEntriesSayThem() throws Exception {
        Random random = new Random(20_261_122);
        List<Made> all = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            all.add(random(random));
        }
        TestBooks books = new TestBooks(store);
        books.book(all.stream().map(this::entry).toList());
        books.book(List.of(entry(made("ada", "2026-11-23T10:00:00Z", "2026-11-23T10:00:01Z", 1, 1, 1))));
        List<List<RateLimitRow>> before = hours();
        PeakKeeper keeper = new PeakKeeper(store, Runnable::run);

        keeper.keep();

        assertEquals(before, hours());
        assertTrue(books.tamper("update peaks_hourly set output = output + 0") > 10);
        assertEquals(List.of(), reports.verify().findings());
        assertEquals(
                1,
                books.tamper("update peaks_hourly set peak_input = peak_input + 1 where peak_input ="
                        + " (select max(peak_input) from peaks_hourly where grouped_by = 'MODEL')"
                        + " and grouped_by = 'MODEL'"));
        assertTrue(reports.verify().findings().get(0).startsWith("peaks from 2026-11-21T"));

        Made late = made("late", "2026-11-21T10:30:00Z", "2026-11-21T10:31:00Z", 1_000_000, 1, 1);
        all.add(late);
        books.book(List.of(entry(late)));
        check(all, Bucket.HOUR, Dimension.USER, Made::user, 0);
        check(all, Bucket.HOUR, Dimension.MODEL, Made::model, 0);
        keeper.keep();
        check(all, Bucket.HOUR, Dimension.USER, Made::user, 0);
        assertEquals(List.of(), reports.verify().findings());
    }

    private List<List<RateLimitRow>> hours() {
        return KeptPeaks.GROUPS.stream()
                .map(by -> reports.rateLimits(new RateLimitQuery(
                        FROM.minus(Duration.ofDays(2)), UNTIL.plus(Duration.ofDays(3)), Bucket.HOUR, by)))
                .toList();
    }

    private static Made random(Random random) {
        Instant start = FROM.minus(Duration.ofHours(1)).plusMillis(random.nextInt(5 * 3_600_000));
        boolean throttled = random.nextInt(10) == 0;
        return new Made(
                List.of("ada", "bob", "").get(random.nextInt(3)),
                List.of(OPUS, "claude-haiku-5-5").get(random.nextInt(2)),
                List.of(Route.MESSAGES, Route.MESSAGES, Route.MESSAGES, Route.BATCH_ITEM)
                        .get(random.nextInt(4)),
                throttled ? "" : List.of("standard", "standard", "priority").get(random.nextInt(3)),
                throttled ? "" : List.of("standard", "standard", "fast").get(random.nextInt(3)),
                start,
                start.plusMillis(random.nextInt(3_000_000)),
                throttled ? 429 : 200,
                random.nextInt(1_000),
                random.nextInt(1_000),
                random.nextInt(1_000),
                random.nextInt(1_000),
                null);
    }

    /** The plainest sums there are: a map of minutes per bucket and group. */
    private static final class Sums {
        final Map<Instant, Long> input = new TreeMap<>();
        final Map<Instant, Long> output = new TreeMap<>();
        final Map<Instant, Long> requests = new TreeMap<>();
        long read;
        long throttled;

        static long all(Map<Instant, Long> minutes) {
            return minutes.values().stream().mapToLong(Long::longValue).sum();
        }

        static long most(Map<Instant, Long> minutes) {
            return minutes.values().stream().mapToLong(Long::longValue).max().orElse(0);
        }

        @Override
        public String toString() {
            return most(input) + " " + most(output) + " " + most(requests) + " " + all(input) + " " + read + " "
                    + all(output) + " " + all(requests) + " " + throttled;
        }
    }

    private void check(List<Made> all, Bucket bucket, Dimension by, Function<Made, String> group, long seed) {
        Map<String, Sums> expected = new TreeMap<>();
        for (Made made : all.stream().filter(Made::counts).toList()) {
            Instant start = made.start().truncatedTo(ChronoUnit.MINUTES);
            Instant end = made.end().truncatedTo(ChronoUnit.MINUTES);
            if (within(start)) {
                Sums sums = expected.computeIfAbsent(key(start, bucket, group.apply(made)), first -> new Sums());
                sums.requests.merge(start, 1L, Long::sum);
                sums.throttled += made.throttled() ? 1 : 0;
                if (!made.throttled()) {
                    sums.input.merge(start, made.input() + made.cacheWrite(), Long::sum);
                    sums.read += made.cacheRead();
                }
            }
            if (within(end) && !made.throttled()) {
                expected.computeIfAbsent(key(end, bucket, group.apply(made)), first -> new Sums())
                        .output
                        .merge(end, made.output(), Long::sum);
            }
        }
        Map<String, String> found = new TreeMap<>();
        for (RateLimitRow row : rows(bucket, by)) {
            found.put(
                    row.start() + " " + row.group(),
                    row.peakInput().most() + " " + row.peakOutput().most() + " "
                            + row.peakRequests().most() + " " + row.input() + " " + row.cacheRead() + " " + row.output()
                            + " " + row.requests() + " " + row.throttled());
        }
        Map<String, String> plain = new TreeMap<>();
        expected.forEach((key, sums) -> plain.put(key, sums.toString()));
        assertEquals(plain, found, "seed " + seed + ", " + bucket + " by " + by);
    }

    private static boolean within(Instant minute) {
        return !minute.isBefore(FROM) && minute.isBefore(UNTIL);
    }

    private static String key(Instant minute, Bucket bucket, String group) {
        return (bucket == Bucket.HOUR ? minute.truncatedTo(ChronoUnit.HOURS) : minute) + " " + group;
    }
}
