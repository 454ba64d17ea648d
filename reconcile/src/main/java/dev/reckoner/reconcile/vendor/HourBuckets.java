package dev.reckoner.reconcile.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reckoner.reconcile.BilledUsage;
import dev.reckoner.reconcile.HourlyUsage;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Hours of usage reports. A day counts once all its hours are here: of one that isn't whole nothing can be concluded. */
public final class HourBuckets {

    private static final int HOURS_OF_A_DAY = 24;

    private final SortedMap<Instant, List<HourlyUsage>> hours = new TreeMap<>();

    /** The hours on pages. */
    static HourBuckets of(List<JsonNode> pages) {
        HourBuckets buckets = new HourBuckets();
        for (JsonNode page : pages) {
            ReportReader.list(page, "data").forEach(buckets::add);
        }
        return buckets;
    }

    /**
     * Takes an hour; one that is here already is replaced, so that a page that was saved twice counts once.
     *
     * @throws AdminApiException where the bucket has another shape
     */
    public void add(JsonNode bucket) {
        Instant hour = ReportReader.start(bucket);
        List<HourlyUsage> usage = new ArrayList<>();
        for (BilledUsage used : ReportReader.counts(bucket)) {
            usage.add(new HourlyUsage(hour, used.cell(), used.apiKeyId(), used.quantity()));
        }
        hours.put(hour, usage);
    }

    /** The days of which there is at least an hour. */
    public Set<LocalDate> days() {
        return Set.copyOf(byDay().keySet());
    }

    /** The usage of those of some days whose hours are all here. */
    public Map<LocalDate, List<HourlyUsage>> wholeDays(Set<LocalDate> days) {
        Map<LocalDate, List<HourlyUsage>> whole = new TreeMap<>();
        byDay().forEach((day, buckets) -> {
            if (days.contains(day) && buckets.size() == HOURS_OF_A_DAY) {
                whole.put(day, buckets.stream().flatMap(List::stream).toList());
            }
        });
        return whole;
    }

    private Map<LocalDate, List<List<HourlyUsage>>> byDay() {
        Map<LocalDate, List<List<HourlyUsage>>> days = new TreeMap<>();
        hours.forEach((hour, usage) -> days.computeIfAbsent(
                        LocalDate.ofInstant(hour, ZoneOffset.UTC), none -> new ArrayList<>())
                .add(usage));
        return days;
    }
}
