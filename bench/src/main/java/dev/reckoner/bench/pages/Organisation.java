package dev.reckoner.bench.pages;

import dev.reckoner.ledger.Asked;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.Attribution.Part;
import dev.reckoner.ledger.Attribution.Source;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.KeyRef;
import dev.reckoner.ledger.Opening;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.Route;
import dev.reckoner.ledger.TokenCounts;
import dev.reckoner.ledger.Usage;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The traffic of 200 people in 10 teams, day by day, from a seed: 12 models as they were launched, 40 keys, 5 workspaces.
 * Four of five exchanges belong to a session of Claude Code, which calls a small model beside the large one; the others
 * come from apps. A few fail, are throttled, cut off, or of a model that no rate table knows.
 */
final class Organisation {
    static final int USERS = 200;
    static final int TEAMS = 10;
    static final int PROJECTS = 25;
    static final int KEYS = 40;
    static final int WORKSPACES = 5;

    private static final long SECONDS_PER_DAY = 86_400;
    private static final int SESSION_MOST = 60;

    private static final List<Model> MODELS = List.of(
            new Model("claude-opus-4-7", "2026-05-13"),
            new Model("claude-sonnet-4-6", "2026-03-14"),
            new Model("claude-opus-4-5-20251101", "2025-11-25"),
            new Model("claude-sonnet-4-5-20250929", "2025-09-30"),
            new Model("claude-opus-4-8", "2026-05-29"),
            new Model("claude-sonnet-5", "2026-07-01"),
            new Model("claude-opus-5", "2026-07-25"),
            new Model("claude-fable-5-1", "2026-09-02"),
            new Model("claude-opus-5-5", "2026-09-23"),
            new Model("claude-sonnet-5-5", "2026-10-08"));

    private static final Model OLD_SMALL = new Model("claude-haiku-4-5-20251001", "2025-10-16");
    private static final Model SMALL = new Model("claude-haiku-5-5", "2026-10-08");
    private static final String UNKNOWN = "claude-unlisted-1";
    private static final String LIMITS = "{\"input_tokens\":{\"limit\":2000000},\"output_tokens\":{\"limit\":400000},"
            + "\"requests\":{\"limit\":4000}}";

    private final Random random;
    private long number;

    /** Begins with that seed. */
    Organisation(long seed) {
        random = new Random(seed);
    }

    private record Model(String id, LocalDate since) {
        Model(String id, String since) {
            this(id, LocalDate.parse(since));
        }
    }

    /** Who asks, and what for. */
    private record Caller(Attribution attribution, String workspace) {}

    /** About so many exchanges of a day, in the order in which they end. */
    List<Closing> day(LocalDate day, int exchanges) {
        List<Closing> closings = new ArrayList<>(exchanges + SESSION_MOST);
        while (closings.size() < exchanges) {
            int user = (int) (USERS * Math.pow(random.nextDouble(), 1.5));
            if (random.nextInt(5) == 0) {
                app(closings, day, user);
            } else {
                session(closings, day, user);
            }
        }
        closings.sort(Comparator.comparing(Closing::endedAt));
        return closings;
    }

    private void app(List<Closing> closings, LocalDate day, int user) {
        Caller caller = caller(user, null);
        String model = model(day);
        int calls = 1 + random.nextInt(SESSION_MOST);
        for (int i = 0; i < calls; i++) {
            closings.add(exchange(caller, at(day, random.nextDouble() * SECONDS_PER_DAY), model));
        }
    }

    /** In working hours, in the time zones of three offices. */
    private void session(List<Closing> closings, LocalDate day, int user) {
        Caller caller = caller(user, new UUID(random.nextLong(), random.nextLong()).toString());
        String model = model(day);
        String small = (day.isBefore(SMALL.since()) ? OLD_SMALL : SMALL).id();
        double second = (5 + 6 * (user % 3) + 4 * random.nextGaussian() / 3) * 3_600;
        int calls = 5 + random.nextInt(SESSION_MOST - 5);
        for (int i = 0; i < calls; i++) {
            second += 5 + random.nextInt(90);
            double within = Math.floorMod((long) (second * 1_000), SECONDS_PER_DAY * 1_000) / 1_000.0;
            closings.add(exchange(caller, at(day, within), random.nextInt(5) == 0 ? small : model));
        }
    }

    private Caller caller(int user, @Nullable String session) {
        int key = (user + (random.nextInt(10) == 0 ? 7 : 0)) % KEYS;
        String digits = String.format(Locale.ROOT, "%02d", key);
        List<String> tags = random.nextInt(10) == 0 ? List.of("ticket-" + random.nextInt(50)) : List.of();
        int project = (user * 7 + random.nextInt(3)) % PROJECTS;
        return new Caller(
                new Attribution(
                        part(String.format(Locale.ROOT, "user-%03d@example.com", user)),
                        part("team-" + user % TEAMS),
                        part("project-" + project),
                        session == null ? null : part(session),
                        tags,
                        new KeyRef(digits.repeat(16), "sk-ant-api03-k" + digits + "...AA", KeyRef.Kind.API_KEY),
                        null),
                "wrkspc_" + key % WORKSPACES);
    }

    private static Part part(String value) {
        return new Part(value, Source.HEADER);
    }

    private String model(LocalDate day) {
        List<Model> launched =
                MODELS.stream().filter(model -> !day.isBefore(model.since())).toList();
        // the newest are used most
        int place = (int) (launched.size() * Math.sqrt(random.nextDouble()));
        return launched.get(Math.min(place, launched.size() - 1)).id();
    }

    private static Instant at(LocalDate day, double second) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant().plusNanos((long) (second * 1e9));
    }

    private Closing exchange(Caller caller, Instant start, String model) {
        number++;
        Duration took = Duration.ofMillis(400 + random.nextInt(30_000));
        int luck = random.nextInt(10_000);
        Outcome outcome = outcome(luck);
        boolean served = outcome != Outcome.FAILED_UPSTREAM_STATUS && outcome != Outcome.FAILED_UPSTREAM_UNREACHABLE;
        String asked = luck == 9_999 ? UNKNOWN : model;
        Opening opening = new Opening(
                new ExchangeId(new UUID((start.toEpochMilli() << 16) | 0x7000 | (number & 0xfff), random.nextLong())),
                start,
                Route.MESSAGES,
                "POST",
                "/v1/messages",
                caller.attribution(),
                new Asked(asked, true, 32_000L, null, null, null, null, null, 9_000L),
                null);
        return new Closing(
                opening,
                start.plus(took),
                start.plus(took.dividedBy(4)),
                served ? 200 : luck % 2 == 0 ? 429 : 529,
                outcome,
                null,
                "req_" + vendorId(start.plus(took)),
                "org_bench",
                caller.workspace(),
                12_000,
                8_000,
                served ? reading(asked, outcome.ok(), start.plus(took)) : Reading.NOTHING,
                served ? LIMITS : null);
    }

    /** As the vendor's: they ascend with time. */
    private String vendorId(Instant at) {
        return Long.toString(at.toEpochMilli(), 36) + Long.toString(random.nextLong() >>> 1, 36);
    }

    private static Outcome outcome(int luck) {
        if (luck < 150) {
            return Outcome.FAILED_UPSTREAM_STATUS;
        }
        if (luck < 280) {
            return Outcome.FAILED_DOWNSTREAM_ABORTED;
        }
        if (luck < 285) {
            return Outcome.FAILED_UPSTREAM_UNREACHABLE;
        }
        return luck < 286 ? Outcome.FAILED_UPSTREAM_TIMEOUT : Outcome.OK_UPSTREAM_COMPLETE;
    }

    private Reading reading(String model, boolean whole, Instant end) {
        long written = random.nextInt(3) == 0 ? 500 + random.nextInt(8_000) : 0;
        boolean hour = random.nextInt(6) == 0;
        long output = 20L + random.nextInt(random.nextInt(20) == 0 ? 20_000 : 1_500);
        TokenCounts tokens = new TokenCounts(
                3L + random.nextInt(400),
                whole ? output : 1L,
                written,
                (long) random.nextInt(120_000),
                hour ? 0 : written,
                hour ? written : 0);
        boolean regional = !model.contains("-4-5-");
        Usage usage = new Usage(
                tokens,
                null,
                random.nextInt(200) == 0 ? 1L : null,
                null,
                null,
                "standard",
                regional ? "global" : "not_available",
                "standard",
                List.of());
        return new Reading(
                "msg_" + vendorId(end),
                model,
                usage,
                whole,
                whole ? "end_turn" : null,
                false,
                null,
                4 * output,
                List.of(),
                null);
    }
}
