package dev.reckoner.reconcile.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reckoner.reconcile.HourlyUsage;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pulls everything that a reconciliation of some days needs. Every page is kept before it is read. */
public final class Pull {

    /** Most days on a page of a daily report (api-facts §4.1, §4.2). */
    private static final String DAYS_ON_A_PAGE = "31";

    /** Most hours on a page of an hourly report, which is a week (api-facts §4.1). */
    private static final String HOURS_ON_A_PAGE = "168";

    private static final String ITEMS_ON_A_PAGE = "1000";
    private static final String USAGE = "/v1/organizations/usage_report/messages";
    private static final List<String> COST_GROUPS = List.of("workspace_id", "description");
    private static final List<String> HOUR_GROUPS =
            List.of("api_key_id", "workspace_id", "model", "service_tier", "context_window", "inference_geo", "speed");
    private static final List<String> USAGE_GROUPS = Stream.concat(
                    HOUR_GROUPS.stream(), Stream.of("account_id", "service_account_id"))
            .toList();

    private final Pages pages;
    private final Consumer<String> progress;

    /**
     * A pull.
     *
     * @param progress is told what is asked for
     */
    public Pull(AdminApi api, KeptPages kept, Consumer<String> progress) {
        this.pages = new Pages(api, kept);
        this.progress = progress;
    }

    /**
     * Pulls the reports of some days and the organisation's keys, workspaces and users.
     *
     * @param until the day after the last
     * @throws AdminApiException where something can't be had; what was kept stays for the next attempt
     */
    public Pulled days(LocalDate from, LocalDate until) {
        progress.accept("cost report");
        List<JsonNode> costs = pages.ofReport(
                daily("/v1/organizations/cost_report", from, until).withAll("group_by", COST_GROUPS));
        progress.accept("usage report");
        List<JsonNode> usage = pages.ofReport(daily(USAGE, from, until).withAll("group_by", USAGE_GROUPS));
        progress.accept("keys, workspaces and users");
        List<JsonNode> keys = pages.ofListing(listing("/v1/organizations/api_keys"));
        List<JsonNode> workspaces =
                pages.ofListing(listing("/v1/organizations/workspaces").with("include_archived", "true"));
        List<String> notes = new ArrayList<>();
        List<JsonNode> users = users(notes);
        progress.accept("usage and cost analytics");
        Analytics analytics = analytics(from, until, notes);
        return new Pulled(
                ReportReader.costs(costs),
                ReportReader.usage(usage),
                /* usageKnown= */ true,
                Listings.keys(keys),
                Listings.workspaces(workspaces),
                Listings.users(users),
                notes,
                List.of(),
                analytics,
                HourlyReports.NONE);
    }

    /**
     * Pulls the usage report of some days by the hour; days that follow each other are asked for together.
     *
     * @throws AdminApiException where something can't be had; what was kept stays for the next attempt
     */
    public Map<LocalDate, List<HourlyUsage>> hours(Set<LocalDate> days) {
        List<JsonNode> usage = new ArrayList<>();
        for (LocalDate from : new TreeSet<>(days)) {
            if (days.contains(from.minusDays(1))) {
                continue;
            }
            LocalDate until = from;
            while (days.contains(until)) {
                until = until.plusDays(1);
            }
            progress.accept("usage report by the hour, " + from + " to " + until.minusDays(1));
            usage.addAll(pages.ofReport(span(USAGE, from, until)
                    .with("bucket_width", "1h")
                    .with("limit", HOURS_ON_A_PAGE)
                    .withAll("group_by", HOUR_GROUPS)));
        }
        return HourBuckets.of(usage).wholeDays(days);
    }

    /**
     * Pulls the organisation's keys alone.
     *
     * @throws AdminApiException where they can't be had
     */
    public List<ApiKey> keys() {
        progress.accept("keys");
        return Listings.keys(pages.ofListing(listing("/v1/organizations/api_keys")));
    }

    /** The users; who may not list them has their ids from the report all the same. */
    private List<JsonNode> users(List<String> notes) {
        try {
            return pages.ofListing(listing("/v1/organizations/users"));
        } catch (AdminApiException e) {
            if (!e.notOffered()) {
                throw e;
            }
            notes.add("The list of users was not to be had: accounts are named by their ids.");
            return List.of();
        }
    }

    /** The analytics; who may not read them has bill and usage report all the same. */
    private @Nullable Analytics analytics(LocalDate from, LocalDate until, List<String> notes) {
        try {
            return new AnalyticsPull(pages).days(from, until);
        } catch (AdminApiException e) {
            if (!e.notOffered() && !e.notUnderstood()) {
                throw e;
            }
            notes.add("The usage and cost analytics were not to be had for these days and this key: list prices and"
                    + " numbers of requests could not be looked up.");
            return null;
        }
    }

    private static Query daily(String path, LocalDate from, LocalDate until) {
        return span(path, from, until).with("bucket_width", "1d").with("limit", DAYS_ON_A_PAGE);
    }

    private static Query span(String path, LocalDate from, LocalDate until) {
        return Query.of(path).with("starting_at", from + "T00:00:00Z").with("ending_at", until + "T00:00:00Z");
    }

    private static Query listing(String path) {
        return Query.of(path).with("limit", ITEMS_ON_A_PAGE);
    }
}
