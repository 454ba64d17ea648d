package dev.reckoner.reconcile.vendor;

import dev.reckoner.reconcile.HourlyUsage;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The usage report by the hour, which is asked for only where a day is wanted. Blocks while it is pulled. */
@FunctionalInterface
public interface HourlyReports {

    /** No day's hours are known. */
    HourlyReports NONE = days -> Map.of();

    /**
     * The usage of some days by the hour.
     *
     * @return by day; a day without traffic has an empty list, a day whose hours aren't all known isn't there
     * @throws AdminApiException where the vendor can't be asked
     */
    Map<LocalDate, List<HourlyUsage>> of(Set<LocalDate> days);
}
