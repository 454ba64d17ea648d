package dev.reckoner.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the tap read from a copy of the response.
 *
 * @param messageId the vendor's message id
 * @param model the model that served, after fallbacks (api-facts §1.3)
 * @param usage merged usage, null where none was seen or it could not be read
 * @param usageFinal whether the usage is the final one: of a whole JSON body, or of a stream whose message_delta stated
 *     it together with or after a stop reason, or whose message_stop passed behind it
 * @param stopReason as stated, null where none was seen
 * @param contentEmpty whether the message had no content block; null where not known
 * @param errorType {@code error.type} of an error body or event
 * @param outputTextBytes bytes of output deltas that passed, the basis of an estimate
 * @param rawUsage the usage objects as they came, in order, each at most the configured size, first and last kept
 * @param fault why the usage could not be read, null where it could (P8: recorded, never raised)
 */
public record Reading(
        @Nullable String messageId,
        @Nullable String model,
        @Nullable Usage usage,
        boolean usageFinal,
        @Nullable String stopReason,
        @Nullable Boolean contentEmpty,
        @Nullable String errorType,
        long outputTextBytes,
        List<String> rawUsage,
        @Nullable String fault) {

    /** Nothing was seen. */
    public static final Reading NOTHING = new Reading(null, null, null, false, null, null, null, 0, List.of(), null);

    public Reading {
        rawUsage = List.copyOf(rawUsage);
    }

    /** The same, with the reason why it could not be read on. */
    public Reading withFault(String reason) {
        return new Reading(
                messageId,
                model,
                usage,
                usageFinal,
                stopReason,
                contentEmpty,
                errorType,
                outputTextBytes,
                rawUsage,
                reason);
    }
}
