package dev.reckoner.reconcile.saved;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.reckoner.config.RateTable;
import dev.reckoner.reconcile.BilledCost;
import dev.reckoner.reconcile.BilledUsage;
import dev.reckoner.reconcile.Cell;
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
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Saved reports: JSON pages as the Admin API answers them, one or a list of them a file, and the Console's exports of
 * usage and cost as comma-separated values; told apart by what they hold. Days outside the request are left out. A day's
 * bill and its usage come from one file each, so that nothing counts twice; the usage of a day without a daily bucket is
 * the sum of its hours where all are there.
 */
public final class SavedReports {

    private static final long FILE_BYTES_MAX = 256L * 1024 * 1024;
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final BigDecimal HALF_A_CENT = new BigDecimal("0.005");

    private final List<BilledCost> costs = new ArrayList<>();
    private final List<BilledUsage> usage = new ArrayList<>();
    private final Map<LocalDate, Path> costDays = new HashMap<>();
    private final Map<LocalDate, Path> usageDays = new HashMap<>();
    private final HourBuckets hours = new HourBuckets();
    private final ConsoleExport console;
    private boolean usageKnown;
    private final List<ApiKey> keys = new ArrayList<>();
    private final Map<String, String> workspaces = new LinkedHashMap<>();
    private final Map<String, String> users = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    private SavedReports(RateTable rates) {
        console = new ConsoleExport(new ModelNames(rates));
    }

    /**
     * Reads files.
     *
     * @param rates knows the models behind the names that the Console shows
     * @throws AdminApiException where a file can't be read or isn't a report, or no bill is among them
     */
    public static Pulled read(List<Path> files, RateTable rates, ReconcileRequest request) {
        SavedReports reports = new SavedReports(rates);
        for (Path file : files) {
            try {
                reports.take(file, text(file));
            } catch (AdminApiException e) {
                throw new AdminApiException(file + ": " + e.getMessage(), e);
            }
        }
        reports.sumHours();
        reports.nameConsoles();
        if (reports.costs.isEmpty() && !reports.usage.isEmpty()) {
            throw new AdminApiException("none of the files is a cost report: there is no bill to compare with");
        }
        reports.costs.removeIf(cost -> !request.within(cost.cell().day()));
        reports.usage.removeIf(used -> !request.within(used.cell().day()));
        return new Pulled(
                reports.costs,
                reports.usage,
                reports.usageKnown,
                reports.keys,
                reports.workspaces,
                reports.users,
                reports.notes,
                List.of(),
                /* analytics= */ null,
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

    private void take(Path file, String text) {
        String begin = text.stripLeading();
        if (begin.startsWith("{") || begin.startsWith("[")) {
            takeJson(file, text);
            return;
        }
        CsvRows rows = CsvRows.read(text);
        if (!ConsoleExport.is(rows)) {
            throw new AdminApiException("found neither JSON nor a Console export, which has a column usage_date_utc");
        }
        boolean money = ConsoleExport.money(rows);
        usageKnown |= !money;
        console.take(rows).forEach(day -> claim(money ? costDays : usageDays, day, file));
    }

    private void takeJson(Path file, String text) {
        try {
            JsonNode json = AdminJson.read(text);
            if (json.isArray()) {
                json.forEach(page -> takePage(file, page));
            } else {
                takePage(file, json);
            }
        } catch (JacksonException e) {
            throw new AdminApiException("it isn't JSON: " + e.getOriginalMessage(), e);
        }
    }

    private void takePage(Path file, JsonNode page) {
        JsonNode data = page.path("data");
        if (!data.isArray()) {
            throw new AdminApiException("it has no list \"data\", expected a page of the Admin API");
        }
        List<JsonNode> pages = List.of(page);
        if (data.isEmpty()) {
            return;
        }
        JsonNode first = data.get(0);
        String type = first.path("type").asText();
        if (first.has("results")) {
            boolean money = data.findValue("amount") != null;
            data.forEach(bucket -> takeBucket(file, bucket, money));
        } else if (first.has("partial_key_hint")) {
            keys.addAll(Listings.keys(pages));
        } else if (type.equals("workspace")) {
            workspaces.putAll(Listings.workspaces(pages));
        } else if (type.equals("user")) {
            users.putAll(Listings.users(pages));
        } else {
            throw new AdminApiException(
                    "its data is none of: cost report, usage report, list of keys, of workspaces, of users");
        }
    }

    private void takeBucket(Path file, JsonNode bucket, boolean money) {
        Duration width = bucket.has("ending_at") ? ReportReader.width(bucket) : DAY;
        if (money) {
            List<BilledCost> billed = ReportReader.billed(bucket);
            costs.addAll(billed);
            billed.forEach(cost -> claim(costDays, cost.cell().day(), file));
        } else if (width.equals(HOUR)) {
            hours.add(bucket);
        } else if (width.equals(DAY)) {
            usage.addAll(ReportReader.counts(bucket));
            claim(usageDays, ReportReader.day(bucket), file);
            usageKnown = true;
        } else {
            throw new AdminApiException("it is a usage report by " + width + ", expected one by the day or the hour");
        }
    }

    /** Refuses a day that another file has already: it would count twice. */
    private static void claim(Map<LocalDate, Path> days, LocalDate day, Path file) {
        Path other = days.putIfAbsent(day, file);
        if (other != null && !other.equals(file)) {
            throw new AdminApiException("it has " + day + ", which " + other + " has too; expected each day once");
        }
    }

    private void sumHours() {
        Set<LocalDate> days = new HashSet<>(hours.days());
        days.removeAll(usageDays.keySet());
        for (List<HourlyUsage> day : hours.wholeDays(days).values()) {
            day.forEach(used -> usage.add(new BilledUsage(used.cell(), used.apiKeyId(), used.quantity())));
            usageKnown = true;
        }
    }

    /** Adds the Console's rows, under ids: that takes every list, whichever file it came in. */
    private void nameConsoles() {
        ConsoleNames names = new ConsoleNames(keys, workspaces);
        for (BilledCost cost : console.costs()) {
            costs.add(new BilledCost(known(cost.cell(), names), cost.amount()));
        }
        for (ConsoleExport.Used used : console.usage()) {
            Cell cell = known(used.cell(), names);
            usage.add(used.under(cell, names.key(used.key(), cell.workspaceId())));
        }
        int rows = console.costs().size();
        if (rows + console.usage().size() > 0 && workspaces.isEmpty()) {
            notes.add("No list of workspaces was to be had: the Console's export names them, and all count as one.");
        }
        if (rows > 0 && console.inCents()) {
            notes.add("The Console's cost export is rounded to cents: over its " + rows + " rows, differences up to $"
                    + HALF_A_CENT.multiply(BigDecimal.valueOf(rows)).toPlainString()
                    + " may be nothing but that. The Admin API's cost report is exact.");
        }
    }

    private static Cell known(Cell cell, ConsoleNames names) {
        return cell.in(names.workspace(cell.workspaceId()));
    }
}
