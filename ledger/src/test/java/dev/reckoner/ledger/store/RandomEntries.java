package dev.reckoner.ledger.store;

import dev.reckoner.ledger.Asked;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.Attribution.Part;
import dev.reckoner.ledger.BatchItem;
import dev.reckoner.ledger.Charge;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.Iteration;
import dev.reckoner.ledger.KeyRef;
import dev.reckoner.ledger.Line;
import dev.reckoner.ledger.Opening;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.RatingStatus;
import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.Route;
import dev.reckoner.ledger.TokenCounts;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.ledger.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes entries from a seed: every field takes every kind of value, text is hostile, instants crowd around borders. */
public final class RandomEntries {
    /** Instants near which entries crowd: turns of month, week, day, hour and minute. */
    public static final List<Instant> BORDERS = Stream.of(
                    "2026-10-31T23:59:59.999999999Z",
                    "2026-11-01T00:00:00Z",
                    "2026-11-02T00:00:00Z",
                    "2026-11-20T10:59:59.999999999Z",
                    "2026-11-20T11:00:00Z",
                    "2026-11-20T11:00:59.999999999Z",
                    "2026-11-20T11:01:00Z",
                    "2026-11-29T23:59:59.999999999Z",
                    "2026-11-30T00:00:00Z",
                    "2026-12-31T23:30:00Z",
                    "2027-01-01T00:00:00Z",
                    "2028-02-29T12:00:00Z")
            .map(Instant::parse)
            .toList();

    private static final List<String> TEXTS = List.of(
            "",
            "alice",
            "bob",
            "'; drop table entries; --",
            "x' or '1'='1",
            "\"quoted\" \\ %_ ?",
            "Ünïcode 😀 \u202e",
            "line\nbreak\ttab",
            "{\"json\":[1]}");

    private final RandomGenerator random;
    private long next;

    /** Begins with that seed. */
    public RandomEntries(RandomGenerator random) {
        this.random = random;
    }

    /** That many entries, each of its own exchange. */
    public List<Entry> entries(int count) {
        return Stream.generate(this::entry).limit(count).toList();
    }

    /** An entry whose lines multiply out and whose status fits them. */
    public Entry entry() {
        Closing closing = closing();
        boolean metered = closing.opening().route().metered();
        List<Line> lines = metered ? lines(closing.reading().model()) : List.of();
        boolean pending = lines.stream().anyMatch(line -> line.amount() == null);
        RatingStatus status = pending
                ? RatingStatus.PENDING
                : pick(List.of(RatingStatus.RATED, RatingStatus.AMBIGUOUS, RatingStatus.NOT_BILLED));
        boolean estimated = random.nextInt(5) == 0;
        Charge charge = new Charge(lines, status, text(), estimated, estimated ? "bytes/4" : null);
        return new Entry(closing, charge, instant());
    }

    /** Facts of an exchange of its own. */
    public Closing closing() {
        return new Closing(
                opening(),
                instant(),
                maybe(this::instant),
                random.nextInt(600),
                pick(List.of(Outcome.values())),
                text(),
                maybe(() -> "req_" + random.nextInt(50)),
                text(),
                maybe(() -> "wrkspc_" + random.nextInt(3)),
                random.nextLong(),
                random.nextLong(),
                reading(),
                maybe(() -> "{\"retry_after\":" + random.nextInt(60) + "}"));
    }

    private Opening opening() {
        ExchangeId id = new ExchangeId(new UUID(0x0190_0000_0000_7000L + next++, random.nextLong()));
        Route route = random.nextInt(8) == 0 ? pick(List.of(Route.values())) : Route.MESSAGES;
        BatchItem item = maybe(() -> new BatchItem("msgbatch_" + random.nextInt(5), pick(TEXTS)));
        return new Opening(id, instant(), route, "POST", "/v1/" + pick(TEXTS), attribution(), asked(), item);
    }

    /** Who caused something: every part, any or none. */
    Attribution attribution() {
        List<String> tags = Stream.generate(() -> pick(TEXTS))
                .limit(random.nextInt(4))
                .filter(tag -> !tag.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .toList();
        KeyRef key = random.nextInt(4) == 0
                ? KeyRef.NONE
                : new KeyRef(
                        "hash" + random.nextInt(3),
                        random.nextBoolean() ? "" : "hint" + random.nextInt(2),
                        pick(List.of(KeyRef.Kind.values())));
        return new Attribution(part(), part(), part(), part(), tags, key, maybe(() -> "key_" + random.nextInt(2)));
    }

    private @Nullable Part part() {
        return maybe(() -> new Part(pick(TEXTS), pick(List.of(Attribution.Source.values()))));
    }

    private Asked asked() {
        return new Asked(
                text(),
                maybe(random::nextBoolean),
                maybe(random::nextLong),
                text(),
                text(),
                text(),
                text(),
                text(),
                maybe(random::nextLong));
    }

    private Reading reading() {
        return new Reading(
                maybe(() -> "msg_" + random.nextInt(50)),
                maybe(this::model),
                maybe(this::usage),
                random.nextBoolean(),
                text(),
                maybe(random::nextBoolean),
                text(),
                random.nextLong(),
                Stream.generate(() -> pick(TEXTS)).limit(random.nextInt(3)).toList(),
                text());
    }

    private Usage usage() {
        List<Iteration> iterations = Stream.generate(() -> new Iteration(pick(TEXTS), maybe(this::model), counts()))
                .limit(random.nextInt(3))
                .toList();
        return new Usage(
                random.nextInt(5) == 0 ? TokenCounts.NONE : counts(),
                count(),
                count(),
                count(),
                count(),
                maybe(this::tier),
                maybe(this::geo),
                maybe(this::speed),
                iterations);
    }

    private TokenCounts counts() {
        return new TokenCounts(count(), count(), count(), count(), count(), count());
    }

    private List<Line> lines(@Nullable String served) {
        List<Line> lines = new ArrayList<>();
        int attempts = random.nextInt(4);
        for (int attempt = 0; attempt < attempts; attempt++) {
            String model = served != null && random.nextInt(3) > 0 ? served : model();
            String tier = maybe(this::tier);
            String speed = maybe(this::speed);
            String window = maybe(() -> pick(List.of("0-200k", "200k-1M")));
            for (TokenType type : TokenType.values()) {
                if (random.nextInt(3) > 0) {
                    lines.add(line(attempt, model, type, List.of(tier == null ? "" : tier), speed, window));
                }
            }
        }
        return lines;
    }

    private Line line(
            int attempt,
            String model,
            TokenType type,
            List<String> tier,
            @Nullable String speed,
            @Nullable String window) {
        long quantity = random.nextInt(4) == 0 ? random.nextLong(1_000_000_000_000L) : random.nextLong(100_000);
        BigDecimal rate =
                random.nextInt(12) == 0 ? null : BigDecimal.valueOf(random.nextLong(1, 100_000_000), random.nextInt(7));
        BigDecimal factor = pick(List.of(
                BigDecimal.ONE,
                BigDecimal.ZERO,
                new BigDecimal("1.1"),
                new BigDecimal("0.8765"),
                new BigDecimal("1.10")));
        BigDecimal amount = rate == null
                ? null
                : BigDecimal.valueOf(quantity)
                        .multiply(rate)
                        .multiply(factor)
                        .movePointLeft(type == TokenType.WEB_SEARCH ? 3 : 6);
        return new Line(
                attempt,
                model,
                type,
                quantity,
                rate,
                factor,
                amount,
                tier.get(0).isEmpty() ? null : tier.get(0),
                speed,
                maybe(this::geo),
                window,
                text());
    }

    private Instant instant() {
        Instant border = pick(BORDERS);
        return switch (random.nextInt(4)) {
            case 0 -> border;
            case 1 -> border.minusNanos(1);
            case 2 -> border.plusNanos(random.nextLong(Duration.ofMinutes(3).toNanos()));
            default ->
                border.minus(
                        Duration.ofNanos(random.nextLong(Duration.ofDays(20).toNanos())));
        };
    }

    private String model() {
        return pick(List.of("claude-opus-5", "claude-haiku-5-5", "claude-'x'; --"));
    }

    private String tier() {
        return pick(List.of("standard", "priority", "batch"));
    }

    private String speed() {
        return pick(List.of("standard", "fast"));
    }

    private String geo() {
        return pick(List.of("us", "global"));
    }

    private @Nullable Long count() {
        return maybe(() -> random.nextInt(5) == 0 ? random.nextLong() : random.nextLong(100_000));
    }

    private @Nullable String text() {
        return maybe(() -> pick(TEXTS));
    }

    private <T> @Nullable T maybe(Supplier<T> value) {
        return random.nextInt(3) == 0 ? null : value.get();
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
