package dev.reckoner.simulator.admin;

import java.util.Locale;

/** What a line of the bill is for (api-facts §4.2). */
public enum CostType {
    TOKENS,
    WEB_SEARCH,
    CODE_EXECUTION,
    SESSION_USAGE;

    /** The {@code cost_type} of the reports. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
