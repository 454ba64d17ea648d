package dev.reckoner.simulator.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reckoner.simulator.Counts;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A month of a million exchanges in one organization: three reports that say the same, and soon. */
class AdminMonthTest {
    private static final long SEED = 20261101;
    private static final Instant FIRST = Instant.parse("2026-11-01T00:00:00Z");
    private static final int HOURS = 19 * 24;
    private static final int PER_HOUR = 100;
    private static final int REQUESTS = 22;
    private static final String RANGE = "?starting_at=2026-11-01T00:00:00Z&ending_at=2026-11-20T00:00:00Z";
    private static final List<String> MODELS = List.of(
            "claude-fable-5-1",
            "claude-opus-5-5",
            "claude-opus-5",
            "claude-opus-4-7",
            "claude-sonnet-5-5",
            "claude-sonnet-5",
            "claude-sonnet-4-6",
            "claude-haiku-5-5",
            "claude-opus-4-5-20251101",
            "claude-sonnet-4-5-20250929",
            "claude-haiku-4-5-20251001",
            "claude-fable-5-2");

    private final SplittableRandom random = new SplittableRandom(SEED);

    @Test
    void month_ofAMillionExchanges_agreesInEveryReport() throws Exception {
        try (AdminStage stage = new AdminStage()) {
            Counts fed = feed(stage.admin);
            long started = System.nanoTime();
            List<JsonNode> usage = stage.all(UsageReport.PATH + RANGE
                    + "&bucket_width=1h&limit=168&group_by[]=api_key_id&group_by[]=model&group_by[]=service_tier");
            List<JsonNode> cost = stage.all(CostReport.PATH + RANGE + AdminStage.EACH + "&limit=31");
            List<JsonNode> analytics = stage.all(
                    Analytics.COST_PATH + RANGE + "&time_bucket_width=1d&group_by[]=api_key_id&limit=1000",
                    "anthropic-beta",
                    AnalyticsQuery.BETA);
            Duration took = Duration.ofNanos(System.nanoTime() - started);
            assertEquals(fed.tokens(), tokens(usage), () -> "seed " + SEED);
            BigDecimal bill = stage.admin.total(FIRST, FIRST.plus(Duration.ofHours(HOURS)));
            assertEquals(0, bill.compareTo(AdminStage.usd(cost)));
            BigDecimal cents = analytics.stream()
                    .map(row -> new BigDecimal(row.path("cost").path("amount").textValue()))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            assertEquals(0, bill.compareTo(cents.movePointLeft(2)));
            long requests = analytics.stream()
                    .mapToLong(row -> row.path("cost").path("requests").longValue())
                    .sum();
            assertEquals((long) HOURS * PER_HOUR * REQUESTS, requests);
            assertTrue(took.toSeconds() < 60, () -> "pulled in " + took);
        }
    }

    private Counts feed(Admin admin) {
        List<String> keys = new ArrayList<>();
        List<String> workspaces = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            keys.add(admin.key("key " + i, "sk-ant-api03-" + i + "z".repeat(60), null));
        }
        for (int i = 0; i < 4; i++) {
            workspaces.add(admin.workspace("workspace " + i));
        }
        Counts fed = Counts.ZERO;
        for (int hour = 0; hour < HOURS; hour++) {
            Instant start = FIRST.plus(Duration.ofHours(hour)).plusSeconds(random.nextInt(3000));
            for (int i = 0; i < PER_HOUR; i++) {
                int key = random.nextInt(keys.size());
                Terms terms = Terms.of(MODELS.get(random.nextInt(MODELS.size())))
                        .key(keys.get(key))
                        .workspace(key % 5 == 0 ? null : workspaces.get(key % 5 - 1))
                        .tier(random.nextInt(5) == 0 ? "batch" : "standard");
                Counts counts = counts();
                admin.add(new Billable(start, start.plusSeconds(30), terms, REQUESTS, counts));
                fed = fed.plus(counts);
            }
        }
        return fed;
    }

    private Counts counts() {
        return new Counts(
                random.nextInt(100_000),
                random.nextInt(10_000),
                random.nextInt(1_000),
                random.nextInt(1_000_000),
                random.nextInt(20_000),
                random.nextInt(3));
    }

    private static long tokens(List<JsonNode> buckets) {
        long tokens = 0;
        for (JsonNode bucket : buckets) {
            for (JsonNode row : bucket.path("results")) {
                tokens += row.path("uncached_input_tokens").longValue()
                        + row.path("cache_read_input_tokens").longValue()
                        + row.path("output_tokens").longValue()
                        + row.path("cache_creation")
                                .path("ephemeral_5m_input_tokens")
                                .longValue()
                        + row.path("cache_creation")
                                .path("ephemeral_1h_input_tokens")
                                .longValue();
            }
        }
        return tokens;
    }
}
