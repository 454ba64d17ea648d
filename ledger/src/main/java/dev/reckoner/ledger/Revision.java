package dev.reckoner.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry as it stood at one time.
 *
 * @param number 0 for the entry as it was booked first, then one more with each correction
 * @param correctedAt when a correction made it, null for the first
 * @param cause why, in one word ({@link Correction#cause}), null for the first
 * @param reason why, in a few words, null for the first
 */
public record Revision(
        int number,
        Entry entry,
        @Nullable Instant correctedAt,
        @Nullable String cause,
        @Nullable String reason) {}
