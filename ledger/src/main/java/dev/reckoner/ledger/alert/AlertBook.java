package dev.reckoner.ledger.alert;

import java.util.List;

/** The door to alerts that were kept. Methods block on the database or on the network. */
public interface AlertBook {

    /** The most that is listed at once. */
    int LISTED_MAX = 1_000;

    /** Alerts that match, those raised last first. */
    List<StoredAlert> list(AlertQuery query);

    /** Raises an alert that means nothing, tries once to deliver it, and says how that went. */
    StoredAlert test();
}
