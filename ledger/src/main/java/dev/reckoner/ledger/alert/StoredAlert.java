package dev.reckoner.ledger.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An alert as it is kept, with what became of it.
 *
 * @param repeats how often it was raised again within the time in which it isn't told again
 * @param lastAt when it was raised last
 * @param attempts how often it was tried to deliver it
 * @param sentAt when it was delivered, null where it wasn't
 * @param problem why the last attempt failed, null where none has
 */
public record StoredAlert(
        long id,
        Alert alert,
        long repeats,
        Instant lastAt,
        Delivery delivery,
        int attempts,
        @Nullable Instant sentAt,
        @Nullable String problem) {

    /** The same after one more attempt. */
    public StoredAlert attempted() {
        return new StoredAlert(id, alert, repeats, lastAt, delivery, attempts + 1, sentAt, problem);
    }

    /** What became of it. */
    public enum Delivery {
        /** It is going to be sent, or sent again. */
        WAITING,
        SENT,
        /** It was tried as often as allowed. */
        FAILED,
        /** There was nowhere to send it to. */
        KEPT
    }
}
