package dev.reckoner.reconcile.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.reconcile.Cell;
import dev.reckoner.reconcile.HourlyUsage;
import dev.reckoner.reconcile.Stated;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a pull asks for, and what it makes of the answers. */
final class PullTest {

    private static final LocalDate DAY = LocalDate.parse("2026-11-02");

    private final ScriptedApi vendor = new ScriptedApi();
    private final MemoryPages kept = new MemoryPages();
    private final Pull pull =
            new Pull(new AdminApi(vendor.url(), "sk-ant-admin01-x", pause -> {}, new Random(1)), kept, what -> {});

    @AfterEach
    void stop() {
        vendor.close();
    }

    private static String hour(LocalDate day, int hour, String results) {
        Instant start = Instant.parse(day + "T00:00:00Z").plusSeconds(3600L * hour);
        return "{\"starting_at\":\"" + start + "\",\"ending_at\":\"" + start.plusSeconds(3600) + "\",\"results\":["
                + results + "]}";
    }

    private static String hours(LocalDate day, int from, int until, String results) {
        return IntStream.range(from, until)
                .mapToObj(hour -> hour(day, hour, results))
                .collect(Collectors.joining(","));
    }

    private static String page(String buckets, @Nullable String next) {
        return "{\"data\":[" + buckets + "],\"has_more\":" + (next != null) + ",\"next_page\":"
                + (next == null ? "null" : "\"" + next + "\"") + "}";
    }

    @Test
    void hours_areAskedForInRunsOfDays_andReadAcrossPages() {
        String used = "{\"model\":\"m\",\"output_tokens\":3,\"api_key_id\":\"apikey_1\",\"service_tier\":\"batch\"}";
        vendor.then(200, page(hours(DAY, 0, 20, used), "page_2"))
                .then(200, page(hours(DAY, 20, 24, used) + "," + hours(DAY.plusDays(1), 0, 24, ""), null))
                .then(200, page(hours(DAY.plusDays(5), 0, 24, ""), null));

        Map<LocalDate, List<HourlyUsage>> hours = pull.hours(Set.of(DAY.plusDays(5), DAY.plusDays(1), DAY));

        assertEquals(Set.of(DAY, DAY.plusDays(1), DAY.plusDays(5)), hours.keySet());
        List<HourlyUsage> day = hours.getOrDefault(DAY, List.of());
        assertEquals(24, day.size());
        assertEquals(
                new HourlyUsage(
                        Instant.parse("2026-11-02T21:00:00Z"),
                        Cell.ofTokens(DAY, null, "output_tokens", new Cell.Terms("m", "batch", null, null, null)),
                        "apikey_1",
                        3),
                day.get(21));
        assertEquals(List.of(), hours.get(DAY.plusDays(1)));
        assertEquals(
                "/v1/organizations/usage_report/messages?starting_at=2026-11-02T00%3A00%3A00Z"
                        + "&ending_at=2026-11-04T00%3A00%3A00Z&bucket_width=1h&limit=168&group_by%5B%5D=api_key_id"
                        + "&group_by%5B%5D=workspace_id&group_by%5B%5D=model&group_by%5B%5D=service_tier"
                        + "&group_by%5B%5D=context_window&group_by%5B%5D=inference_geo&group_by%5B%5D=speed",
                vendor.asked.get(0));
        assertTrue(vendor.asked.get(1).endsWith("&page=page_2"), vendor.asked.get(1));
        assertTrue(
                vendor.asked.get(2).contains("starting_at=2026-11-07T00%3A00%3A00Z&ending_at=2026-11-08"),
                vendor.asked.get(2));
    }

    /** Cost report, usage report, keys and workspaces, each of one page. */
    private void reports() {
        vendor.then(200, page("", null))
                .then(200, page("", null))
                .then(200, page("", null))
                .then(200, page("", null));
    }

    @Test
    void usage_isGroupedByAccountToo_andUsersAreNamed() {
        reports();
        vendor.then(200, "{\"data\":[{\"id\":\"user_1\",\"email\":\"ada@example.org\",\"type\":\"user\"}]}");
        vendor.then(200, page("", null)).then(200, page("", null));

        Pulled pulled = pull.days(DAY, DAY.plusDays(1));

        assertEquals(Map.of("user_1", "ada@example.org"), pulled.users());
        assertTrue(
                vendor.asked.get(1).endsWith("&group_by%5B%5D=account_id&group_by%5B%5D=service_account_id"),
                vendor.asked.get(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void usersThatMayNotBeListed_areDoneWithout(int status) {
        reports();
        vendor.then(status, "{\"error\":{\"message\":\"no\"}}");
        vendor.then(200, page("", null)).then(200, page("", null));

        Pulled pulled = pull.days(DAY, DAY.plusDays(1));

        assertEquals(List.of("The list of users was not to be had: accounts are named by their ids."), pulled.notes());
    }

    @Test
    void usersThatFailOtherwise_failThePull() {
        reports();
        vendor.then(401, "{\"error\":{\"message\":\"no\"}}");

        assertThrows(AdminApiException.class, () -> pull.days(DAY, DAY.plusDays(1)));
    }

    /** What days() asks for before the analytics. */
    private void listings() {
        reports();
        vendor.then(200, page("", null));
    }

    private static String row(String group, String figures) {
        return "{\"starting_at\":\"2026-11-02T00:00:00Z\",\"ending_at\":\"2026-11-03T00:00:00Z\",\"group\":{" + group
                + "}," + figures + "}";
    }

    private static String rows(String refreshed, String... rows) {
        return "{\"data\":[" + String.join(",", rows) + "],\"has_more\":false,\"next_page\":null,\"data_refreshed_at\":"
                + refreshed + "}";
    }

    @Test
    void analytics_areReadWithListPricesAndRequests_underTheirOwnBeta() {
        listings();
        String opus = "\"model\":\"claude-opus-5-5\",\"api_key_id\":\"apikey_1\"";
        vendor.then(
                        200,
                        rows(
                                "\"2026-11-03T06:00:00Z\"",
                                row(
                                        opus,
                                        "\"cost\":{\"amount\":\"85\",\"list_amount\":\"100\",\"currency\":\"USD\","
                                                + "\"requests\":null}"),
                                row(
                                        "\"model\":null",
                                        "\"cost\":{\"amount\":\"5\",\"list_amount\":\"5\",\"currency\":\"USD\"}")))
                .then(200, rows("\"2026-11-03T07:00:00Z\"", row(opus, "\"usage\":{\"requests\":4}")));

        Analytics analytics = pull.days(DAY, DAY.plusDays(1)).analytics();

        assertNotNull(analytics);
        assertEquals(new BigDecimal("0.90"), analytics.amount());
        assertEquals(
                Map.of(new Stated.ModelDay(DAY, "claude-opus-5-5"), new BigDecimal("0.85")), analytics.discounts());
        assertEquals(List.of(new Analytics.Requests(DAY, "apikey_1", "claude-opus-5-5", 4)), analytics.requests());
        assertEquals(Instant.parse("2026-11-03T06:00:00Z"), analytics.refreshedAt(), "the older one");
        assertEquals("analytics-usage-cost-2026-08-24", vendor.betas.get(5));
        assertEquals("fast-mode-2026-02-01", vendor.betas.get(0));
        assertEquals(
                "/v1/organizations/analytics/cost?starting_at=2026-11-02T00%3A00%3A00Z&ending_at=2026-11-03T00%3A00%3A00Z"
                        + "&time_bucket_width=1d&limit=1000&group_by%5B%5D=api_key_id&group_by%5B%5D=model"
                        + "&group_by%5B%5D=workspace_id&group_by%5B%5D=service_tier&group_by%5B%5D=speed"
                        + "&group_by%5B%5D=cost_type&group_by%5B%5D=token_type",
                vendor.asked.get(5));
    }

    @Test
    void analytics_areAskedForAMonthAtATime() {
        listings();
        for (int i = 0; i < 4; i++) {
            vendor.then(200, rows("null"));
        }

        Pulled pulled = pull.days(DAY, DAY.plusDays(32));

        assertTrue(vendor.asked.get(5).contains("starting_at=2026-11-02T00%3A00%3A00Z&ending_at=2026-12-03T"));
        assertTrue(vendor.asked.get(7).contains("starting_at=2026-12-03T00%3A00%3A00Z&ending_at=2026-12-04T"));
        Instant now = Instant.parse("2026-12-05T00:00:00Z");
        assertEquals(now, pulled.asOf(now), "nothing is stated");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404})
    void analyticsThatAreRefused_areDoneWithout_andThatIsSaidOnce(int status) {
        listings();
        vendor.then(status, "{\"error\":{\"message\":\"no\"}}");

        Pulled pulled = pull.days(DAY, DAY.plusDays(1));

        assertNull(pulled.analytics());
        assertEquals(1, pulled.notes().size(), pulled.notes().toString());
        assertTrue(pulled.notes().get(0).startsWith("The usage and cost analytics were not to be had"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"2026-11-03T06:00:00Z|2026-11-03T06:00:00Z", "2026-11-05T06:00:00Z|2026-11-04T00:00:00Z"})
    void dataAreAsOfTheirRefreshment_butNeverOfTheFuture(String refreshed, Instant asOf) {
        Pulled pulled = new Pulled(
                List.of(),
                List.of(),
                /* usageKnown= */ true,
                List.of(),
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                new Analytics(List.of(), List.of(), Instant.parse(refreshed)),
                HourlyReports.NONE);

        assertEquals(asOf, pulled.asOf(Instant.parse("2026-11-04T00:00:00Z")));
    }

    @ParameterizedTest
    @CsvSource({
        "100, 90, 100, 90, 0.9",
        "100, 100, 100, 100, ",
        "100, 90, 100, 80, ",
        "300, 200, 300, 200, ",
        "0, 0, 100, 85.00001, 0.85",
        "100, 0, 100, 0, "
    })
    void discount_isOneFactorOverAllRows(
            BigDecimal list, BigDecimal amount, BigDecimal otherList, BigDecimal other, @Nullable BigDecimal factor) {
        Analytics analytics = new Analytics(
                List.of(
                        new Analytics.Cost(DAY, "m", amount.movePointLeft(2), list.movePointLeft(2)),
                        new Analytics.Cost(DAY, "m", other.movePointLeft(2), otherList.movePointLeft(2))),
                List.of(),
                null);

        assertEquals(factor == null ? Map.of() : Map.of(new Stated.ModelDay(DAY, "m"), factor), analytics.discounts());
    }

    @Test
    void dayThatIsntOver_isntKnownByTheHour() {
        vendor.then(200, page(hours(DAY, 0, 17, ""), null));

        assertEquals(Map.of(), pull.hours(Set.of(DAY)));
    }

    @Test
    void hoursThatBrokeOff_goOnFromTheKeptPages() {
        vendor.then(200, page(hours(DAY, 0, 12, ""), "page_2")).then(403, "{}");
        assertThrows(AdminApiException.class, () -> pull.hours(Set.of(DAY)));
        vendor.then(200, page(hours(DAY, 12, 24, ""), null));

        assertEquals(Map.of(DAY, List.of()), pull.hours(Set.of(DAY)));
        assertEquals(3, vendor.asked.size());
    }
}
