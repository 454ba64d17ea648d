package dev.reckoner.reconcile.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Claude Code's analytics, in the shape of api-facts §4.4. */
final class ClaudeCodePullTest {

    private static final LocalDate DAY = LocalDate.parse("2026-11-02");
    private static final Instant LATER = Instant.parse("2026-11-20T00:00:00Z");

    private final ScriptedApi vendor = new ScriptedApi();
    private final ClaudeCodePull pull = new ClaudeCodePull(
            new AdminApi(vendor.url(), "sk-ant-admin01-x", pause -> {}, new Random(1)), new MemoryPages(), what -> {});

    @AfterEach
    void stop() {
        vendor.close();
    }

    private static String row(String actor, String models) {
        return "{\"date\":\"2026-11-02T00:00:00Z\",\"actor\":{" + actor + "},\"core_metrics\":{\"num_sessions\":15,"
                + "\"lines_of_code\":{\"added\":342,\"removed\":128},\"commits_by_claude_code\":8,"
                + "\"pull_requests_by_claude_code\":2},\"model_breakdown\":[" + models + "]}";
    }

    private static String model(String amount) {
        return "{\"model\":\"m\",\"tokens\":{\"input\":45230,\"output\":12450,\"cache_read\":8790,\"cache_creation\":2340},"
                + "\"estimated_cost\":{\"amount\":" + amount + ",\"currency\":\"USD\"}}";
    }

    private static String page(String next, String... rows) {
        return "{\"data\":[" + String.join(",", rows) + "],\"has_more\":" + !next.isEmpty() + ",\"next_page\":\"" + next
                + "\"}";
    }

    @Test
    void rows_areSummedOverModels_withCentsAsANumber() {
        vendor.then(200, page("p2", row("\"email_address\":\"ada@example.org\"", model("186") + "," + model("42.5"))))
                .then(200, page("", row("\"api_key_name\":\"ci\"", "")));

        assertEquals(
                List.of(
                        new ClaudeCodeRow(
                                DAY,
                                "ada@example.org",
                                true,
                                new ClaudeCodeRow.Work(15, 342, 128, 8, 2),
                                137_620,
                                new BigDecimal("2.285")),
                        new ClaudeCodeRow(
                                DAY, "ci", false, new ClaudeCodeRow.Work(15, 342, 128, 8, 2), 0, BigDecimal.ZERO)),
                pull.days(DAY, DAY.plusDays(1), LATER));
        assertEquals(
                List.of(
                        "/v1/organizations/usage_report/claude_code?starting_at=2026-11-02&limit=1000",
                        "/v1/organizations/usage_report/claude_code?starting_at=2026-11-02&limit=1000&page=p2"),
                vendor.asked);
    }

    @Test
    void days_areAskedForOneByOne_andNotBeforeTheyAreAnHourOld() {
        vendor.then(200, page("")).then(200, page("")).then(200, page(""));

        pull.days(DAY, DAY.plusDays(9), Instant.parse("2026-11-04T01:00:00Z"));

        assertEquals(3, vendor.asked.size(), vendor.asked.toString());
        assertTrue(vendor.asked.get(2).contains("starting_at=2026-11-04"), vendor.asked.toString());
        vendor.asked.clear();
        assertEquals(
                List.of(),
                pull.days(LocalDate.parse("2026-11-05"), DAY.plusDays(9), Instant.parse("2026-11-05T00:59:59Z")));
        assertEquals(List.of(), vendor.asked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"186\"", "true", "{}"})
    void estimateThatIsNoNumber_isRefused(String amount) {
        vendor.then(200, page("", row("\"email_address\":\"ada@example.org\"", model(amount))));

        String message = assertThrows(AdminApiException.class, () -> pull.days(DAY, DAY.plusDays(1), LATER))
                .getMessage();

        assertTrue(String.valueOf(message).contains("expected a number of US cents"), message);
    }
}
