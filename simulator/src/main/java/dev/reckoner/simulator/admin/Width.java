package dev.reckoner.simulator.admin;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The width of a report's buckets, with how many of them a page holds by default and at most (api-facts §4.1). */
enum Width {
    DAY("1d", ChronoUnit.DAYS, 7, 31),
    HOUR("1h", ChronoUnit.HOURS, 24, 168),
    MINUTE("1m", ChronoUnit.MINUTES, 60, 1440);

    static final List<String> NAMES = List.of("1d", "1h", "1m");

    private final String wireName;
    private final ChronoUnit unit;
    private final int pageDefault;
    private final int pageMax;

    Width(String wireName, ChronoUnit unit, int pageDefault, int pageMax) {
        this.wireName = wireName;
        this.unit = unit;
        this.pageDefault = pageDefault;
        this.pageMax = pageMax;
    }

    static Width named(String name) {
        for (Width width : values()) {
            if (width.wireName.equals(name)) {
                return width;
            }
        }
        throw new IllegalArgumentException("no width " + name);
    }

    Instant start(Instant at) {
        return at.truncatedTo(unit);
    }

    Instant plus(Instant start, long buckets) {
        return start.plus(buckets, unit);
    }

    int pageDefault() {
        return pageDefault;
    }

    int pageMax() {
        return pageMax;
    }
}
