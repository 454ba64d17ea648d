package dev.reckoner.reconcile.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.reconcile.Cell;
import dev.reckoner.reconcile.HourlyUsage;
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

        Pulled pulled = pull.days(DAY, DAY.plusDays(1));

        assertEquals(List.of("The list of users was not to be had: accounts are named by their ids."), pulled.notes());
    }

    @Test
    void usersThatFailOtherwise_failThePull() {
        reports();
        vendor.then(401, "{\"error\":{\"message\":\"no\"}}");

        assertThrows(AdminApiException.class, () -> pull.days(DAY, DAY.plusDays(1)));
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
