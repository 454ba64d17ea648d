package dev.reckoner.reconcile.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pulls the usage and cost analytics of some days, a month at a time, and reads them (api-facts §4.3). */
final class AnalyticsPull {

    /** Where they are; nothing else of the Admin API needs their beta header. */
    static final String PATH = "/v1/organizations/analytics/";

    private static final int DAYS_MAX = 31;
    private static final String ROWS_ON_A_PAGE = "1000";
    private static final List<String> GROUPS = List.of("api_key_id", "model", "workspace_id", "service_tier", "speed");
    private static final List<String> COST_GROUPS =
            Stream.concat(GROUPS.stream(), Stream.of("cost_type", "token_type")).toList();

    private final Pages pages;
    private final List<Analytics.Cost> costs = new ArrayList<>();
    private final List<Analytics.Requests> requests = new ArrayList<>();
    private @Nullable Instant refreshedAt;

    AnalyticsPull(Pages pages) {
        this.pages = pages;
    }

    /**
     * The analytics of some days, {@code until} exclusive.
     *
     * @throws AdminApiException where they can't be had
     */
    Analytics days(LocalDate from, LocalDate until) {
        for (LocalDate day = from; day.isBefore(until); day = day.plusDays(DAYS_MAX)) {
            LocalDate end = day.plusDays(DAYS_MAX).isBefore(until) ? day.plusDays(DAYS_MAX) : until;
            for (JsonNode page : pages.ofReport(query("cost", day, end).withAll("group_by", COST_GROUPS))) {
                take(page);
                ReportReader.list(page, "data").forEach(row -> costs.add(cost(row)));
            }
            for (JsonNode page : pages.ofReport(query("usage", day, end).withAll("group_by", GROUPS))) {
                take(page);
                ReportReader.list(page, "data").forEach(row -> requests.add(requests(row)));
            }
        }
        return new Analytics(costs, requests, refreshedAt);
    }

    private static Query query(String report, LocalDate from, LocalDate until) {
        return Query.of(PATH + report)
                .with("starting_at", from + "T00:00:00Z")
                .with("ending_at", until + "T00:00:00Z")
                .with("time_bucket_width", "1d")
                .with("limit", ROWS_ON_A_PAGE);
    }

    /** Notes how old a page's data is: the oldest decides. */
    private void take(JsonNode page) {
        String stated = page.path("data_refreshed_at").asText("");
        if (page.path("data_refreshed_at").isNull() || stated.isEmpty()) {
            return;
        }
        try {
            Instant refreshed = Instant.parse(stated);
            refreshedAt = refreshedAt == null || refreshed.isBefore(refreshedAt) ? refreshed : refreshedAt;
        } catch (DateTimeException e) {
            throw new AdminApiException(
                    "the analytics were refreshed at \"" + stated + "\", expected an RFC 3339 instant", e);
        }
    }

    private static Analytics.Cost cost(JsonNode row) {
        JsonNode cost = row.path("cost");
        BigDecimal amount = ReportReader.amount(cost, "amount");
        return new Analytics.Cost(
                ReportReader.day(row),
                ReportReader.text(row.path("group"), "model"),
                amount,
                cost.path("list_amount").isTextual() ? ReportReader.amount(cost, "list_amount") : amount);
    }

    private static Analytics.Requests requests(JsonNode row) {
        JsonNode group = row.path("group");
        return new Analytics.Requests(
                ReportReader.day(row),
                ReportReader.text(group, "api_key_id"),
                ReportReader.text(group, "model"),
                ReportReader.count(row.at("/usage/requests"), "requests"));
    }
}
