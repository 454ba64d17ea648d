package dev.reckoner.ledger;

import java.time.Instant;

/**
 * An entry that takes the place of an earlier one of the same exchange (P7): the earlier one stays in the books, its
 * lines are reversed, and every sum moves by the difference. Facts may be corrected as well as the charge; the instant
 * at which it is booked and the route may not.
 *
 * @param entry the entry as it is from now on, whole
 * @param replaces the revision it corrects; where that isn't the latest any more, the correction changes nothing
 * @param cause one word for programs, {@link #RERATED} for instance
 * @param reason a few words for people
 */
public record Correction(Entry entry, int replaces, Instant correctedAt, String cause, String reason) {

    /** Somebody had it rated again. */
    public static final String RERATED = "rerated";

    /** It was pending, and a rate has appeared since. */
    public static final String RATE_APPEARED = "rate_appeared";

    /** It was estimated or unknown, and the vendor's bill has the count. */
    public static final String SETTLED = "settled";

    /** It was found out who caused it. */
    public static final String ATTRIBUTED = "attributed";

    /** The exchange whose entry is corrected. */
    public ExchangeId id() {
        return entry.id();
    }
}
