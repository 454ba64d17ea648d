package dev.reckoner.ledger.trail;

/**
 * One change.
 *
 * @param about what was changed: an id, a name, a span of days
 * @param before what it was, "" where there was nothing or nobody can say
 * @param after what it is now, "" where there is nothing any more
 */
public record Change(What what, String about, String before, String after) {

    /** Kinds of changes. */
    public enum What {
        KEY_CREATED,
        KEY_REVOKED,
        KEY_ROTATED,
        LIMIT_CREATED,
        LIMIT_CHANGED,
        LIMIT_REMOVED,
        CREDIT_NOTED,
        /** Entries were rated again. */
        RERATED,
        /** Entries were settled by the vendor's bill. */
        SETTLED,
        /** Entries were given to somebody. */
        ATTRIBUTED,
        /** The rate files were read again. */
        RATES_RELOADED,
        /** A month's chargeback was closed. */
        MONTH_CLOSED,
        ALERT_TESTED,
        /** A token was shown to the console. */
        LOGGED_IN,
        LOGGED_OUT
    }
}
