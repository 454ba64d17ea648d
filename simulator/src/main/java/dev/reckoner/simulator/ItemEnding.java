package dev.reckoner.simulator;

import java.util.Locale;

/** What became of an item of a batch (api-facts §2.1); only those that succeeded are billed. */
public enum ItemEnding {
    SUCCEEDED,
    ERRORED,
    CANCELED,
    EXPIRED;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
