package dev.reckoner.ledger.rating;

import dev.reckoner.ledger.Charge;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.RatingStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rule for a metered exchange in whose response no usage was read (api-facts §2.5): errors before output and
 * requests that never reached the vendor whole cost nothing; a request that may have been served is pending, because
 * the vendor charges for it although we never saw how much. Items of a batch that were errored, canceled or expired
 * aren't billed (§2.1).
 */
final class UnseenUsage {
    static final String UNMETERED_ROUTE = "unmetered_route";
    static final String NOT_SERVED = "not_served";
    static final String UPSTREAM_ERROR = "upstream_error";
    static final String BATCH_ITEM_ERRORED = "batch_item_errored";
    static final String BATCH_ITEM_CANCELED = "batch_item_canceled";
    static final String BATCH_ITEM_EXPIRED = "batch_item_expired";
    static final String NO_USAGE_SEEN = "no_usage_seen";
    static final String USAGE_UNREADABLE = "usage_unreadable";

    private static final int ERROR_STATUS_MIN = 400;

    /** What a client is told that was silent inside its request. */
    private static final int REQUEST_TIMEOUT = 408;

    private UnseenUsage() {}

    static Charge charge(Closing closing) {
        String fault = closing.reading().fault();
        if (OtherBill.pays(closing)) {
            return withoutLines(RatingStatus.NOT_BILLED, OtherBill.REASON);
        }
        if (fault != null) {
            return withoutLines(RatingStatus.PENDING, Findings.withValue(USAGE_UNREADABLE, fault));
        }
        String notBilled = notBilled(closing);
        return notBilled == null
                ? withoutLines(RatingStatus.PENDING, NO_USAGE_SEEN)
                : withoutLines(RatingStatus.NOT_BILLED, notBilled);
    }

    static Charge withoutLines(RatingStatus status, String reason) {
        return new Charge(List.of(), status, reason, false, null);
    }

    /** Why the vendor doesn't bill an exchange without usage, null where it may. */
    static @Nullable String notBilled(Closing closing) {
        return switch (closing.outcome()) {
            case FAILED_UPSTREAM_STATUS, FAILED_UPSTREAM_ERROR_EVENT -> UPSTREAM_ERROR;
            case FAILED_UPSTREAM_UNREACHABLE, FAILED_UPSTREAM_TLS, FAILED_LOCAL_REFUSED, FAILED_DOWNSTREAM_MALFORMED ->
                NOT_SERVED;
            case FAILED_UPSTREAM_ITEM_ERRORED -> BATCH_ITEM_ERRORED;
            case FAILED_UPSTREAM_ITEM_CANCELED -> BATCH_ITEM_CANCELED;
            case FAILED_UPSTREAM_ITEM_EXPIRED -> BATCH_ITEM_EXPIRED;
            case OK_UPSTREAM_COMPLETE, FAILED_LOCAL_INTERRUPTED -> null;
            case FAILED_DOWNSTREAM_TIMEOUT -> closing.status() == REQUEST_TIMEOUT ? NOT_SERVED : cutShort(closing);
            case FAILED_UPSTREAM_SHORT,
                    FAILED_UPSTREAM_TIMEOUT,
                    FAILED_UPSTREAM_MALFORMED,
                    FAILED_DOWNSTREAM_ABORTED,
                    FAILED_LOCAL_JOURNAL,
                    FAILED_LOCAL_SHUTDOWN -> cutShort(closing);
        };
    }

    /** A response cut short: an upstream error status stands, and without a request body nothing was generated. */
    private static @Nullable String cutShort(Closing closing) {
        if (closing.requestId() != null && closing.status() >= ERROR_STATUS_MIN) {
            return UPSTREAM_ERROR;
        }
        boolean bodySent = closing.bytesIn() > 0;
        return bodySent ? null : NOT_SERVED;
    }

    /** Whether the vendor's error came before any output, which isn't charged (api-facts §2.5). */
    static boolean errorBeforeOutput(Closing closing) {
        if (closing.outcome() == Outcome.FAILED_UPSTREAM_STATUS) {
            return true;
        }
        return closing.outcome() == Outcome.FAILED_UPSTREAM_ERROR_EVENT
                && !closing.reading().usageFinal()
                && closing.reading().outputTextBytes() == 0;
    }
}
