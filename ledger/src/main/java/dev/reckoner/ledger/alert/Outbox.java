package dev.reckoner.ledger.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The alerts in the store, until and after they are delivered. Several servers on one store share it: whoever claims an
 * alert sends it. Methods block on the database and throw {@link dev.reckoner.ledger.LedgerException} where it is away.
 */
public interface Outbox {

    /**
     * Keeps an alert, unless one of its kind about the same was kept so shortly before, or ever where it can happen once:
     * that one is counted up instead.
     *
     * @param state whether it waits to be sent, or is only kept
     * @return the id under which it is kept now, empty where it was counted up
     */
    Optional<Long> keep(AlertQueue.Waiting raised, Duration repeatAfter, StoredAlert.Delivery state);

    /**
     * Takes the alert that is due first, for so long: nobody else gets it meanwhile, and whoever dies with it gives it back
     * so.
     */
    Optional<StoredAlert> claim(Instant now, Duration lease);

    /** It was delivered. */
    void sent(long id, Instant at);

    /** It wasn't, and is due again then. */
    void again(long id, Instant next, String problem);

    /** It wasn't, and is given up. */
    void failed(long id, String problem);

    /** Alerts that match, those raised last first. */
    List<StoredAlert> list(AlertQuery query);
}
