package dev.reckoner.reconcile.saved;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.reckoner.reconcile.BilledCost;
import dev.reckoner.reconcile.BilledUsage;
import dev.reckoner.reconcile.HourlyUsage;
import dev.reckoner.reconcile.ReconcileRequest;
import dev.reckoner.reconcile.vendor.AdminApiException;
import dev.reckoner.reconcile.vendor.AdminJson;
import dev.reckoner.reconcile.vendor.ApiKey;
import dev.reckoner.reconcile.vendor.HourBuckets;
import dev.reckoner.reconcile.vendor.Listings;
import dev.reckoner.reconcile.vendor.Pulled;
import dev.reckoner.reconcile.vendor.ReportReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Saved reports: JSON pages as the Admin API answers them, one or a list of them a file, told apart by what they hold.
 * Days outside the request are left out. The usage of a day is that of its daily bucket, else the sum of its hours where
 * all are there; it never counts twice.
 */
public final class SavedReports {

    private static final long FILE_BYTES_MAX = 256L * 1024 * 1024;
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final List<BilledCost> costs = new ArrayList<>();
    private final List<BilledUsage> usage = new ArrayList<>();
    private final Set<LocalDate> usageDays = new HashSet<>();
    private final HourBuckets hours = new HourBuckets();
    private boolean usageKnown;
    private final List<ApiKey> keys = new ArrayList<>();
    private final Map<String, String> workspaces = new LinkedHashMap<>();
    private final Map<String, String> users = new LinkedHashMap<>();

    private SavedReports() {}

    /**
     * Reads files.
     *
     * @throws AdminApiException where a file can't be read or isn't a report
     */
    public static Pulled read(List<Path> files, ReconcileRequest request) {
        SavedReports reports = new SavedReports();
        for (Path file : files) {
            try {
                reports.take(text(file));
            } catch (AdminApiException e) {
                throw new AdminApiException(file + ": " + e.getMessage(), e);
            }
        }
        reports.sumHours();
        reports.costs.removeIf(cost -> !request.within(cost.cell().day()));
        reports.usage.removeIf(used -> !request.within(used.cell().day()));
        return new Pulled(
                reports.costs,
                reports.usage,
                reports.usageKnown,
                reports.keys,
                reports.workspaces,
                reports.users,
                List.of(),
                List.of(),
                reports.hours::wholeDays);
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new AdminApiException("found more than " + FILE_BYTES_MAX + " bytes, expected a report");
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new AdminApiException("it can't be read: " + e, e);
        }
    }

    private void take(String text) {
        String begin = text.stripLeading();
        if (begin.startsWith("{") || begin.startsWith("[")) {
            takeJson(text);
        } else {
            throw new AdminApiException(
                    "found something that isn't JSON, expected pages as the Admin API answers them");
        }
    }

    private void takeJson(String text) {
        try {
            JsonNode json = AdminJson.read(text);
            if (json.isArray()) {
                json.forEach(this::takePage);
            } else {
                takePage(json);
            }
        } catch (JacksonException e) {
            throw new AdminApiException("it isn't JSON: " + e.getOriginalMessage(), e);
        }
    }

    private void takeUsage(JsonNode bucket) {
        Duration width = bucket.has("ending_at") ? ReportReader.width(bucket) : DAY;
        if (width.equals(HOUR)) {
            hours.add(bucket);
        } else if (width.equals(DAY)) {
            usage.addAll(ReportReader.counts(bucket));
            usageDays.add(ReportReader.day(bucket));
            usageKnown = true;
        } else {
            throw new AdminApiException("it is a usage report by " + width + ", expected one by the day or the hour");
        }
    }

    private void sumHours() {
        Set<LocalDate> days = new HashSet<>(hours.days());
        days.removeAll(usageDays);
        for (List<HourlyUsage> day : hours.wholeDays(days).values()) {
            day.forEach(used -> usage.add(new BilledUsage(used.cell(), used.apiKeyId(), used.quantity())));
            usageKnown = true;
        }
    }

    private void takePage(JsonNode page) {
        JsonNode data = page.path("data");
        if (!data.isArray()) {
            throw new AdminApiException("it has no list \"data\", expected a page of the Admin API");
        }
        List<JsonNode> pages = List.of(page);
        if (data.isEmpty()) {
            return;
        }
        JsonNode first = data.get(0);
        if (first.has("results")) {
            boolean money = data.findValue("amount") != null;
            if (money) {
                costs.addAll(ReportReader.costs(pages));
            } else {
                data.forEach(this::takeUsage);
            }
        } else if (first.has("partial_key_hint")) {
            keys.addAll(Listings.keys(pages));
        } else if (first.path("type").asText().equals("workspace")) {
            workspaces.putAll(Listings.workspaces(pages));
        } else if (first.path("type").asText().equals("user")) {
            users.putAll(Listings.users(pages));
        } else {
            throw new AdminApiException(
                    "its data is none of: cost report, usage report, list of keys, of workspaces, of users");
        }
    }
}
