package dev.reckoner.ledger.limit;

import java.time.Instant;

/**
 * A limit that is nearly used up.
 *
 * @param limitId {@code spl_…}
 * @param percent of it that is used or reserved, at least 75
 * @param limit whose it is and how much, such as {@code user ada: $50.00 per day}
 * @param resets when its window ends
 */
public record Warning(String limitId, int percent, String limit, Instant resets) {}
