package dev.reckoner.ledger.keys;

import java.time.Duration;
import java.util.List;

/** The door to the virtual keys of a ledger. Every change is durable when it returns. Blocks; safe on any thread. */
public interface Keys {

    /**
     * Makes a key, and sets the limit that its budget is.
     *
     * @throws dev.reckoner.ledger.LedgerException where its budget is none, or can't be set
     */
    IssuedKey create(KeyDraft draft, String origin);

    /** All keys, the oldest first, those no longer valid among them. */
    List<VirtualKey> list();

    /**
     * Ends a key at once, on every proxy that shares the store within a second.
     *
     * @param id its whole id
     * @throws dev.reckoner.ledger.LedgerException where there is no such key; one that was revoked before stays so
     */
    VirtualKey revoke(String id, String origin);

    /**
     * Gives a key another secret.
     *
     * @param grace how long the present secret stays valid beside it
     * @throws dev.reckoner.ledger.LedgerException where there is no such key or it is not valid
     */
    IssuedKey rotate(String id, Duration grace, String origin);

    /** What was done to a key, the oldest first. */
    List<KeyChange> changes(String id);
}
