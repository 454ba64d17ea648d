package dev.reckoner.ledger.credit;

import java.time.Instant;

/**
 * A note as it was recorded. Never changed: a later one says otherwise.
 *
 * @param id counts up in the order of recording
 */
public record CreditEvent(long id, CreditNote note, Instant recordedAt) {}
