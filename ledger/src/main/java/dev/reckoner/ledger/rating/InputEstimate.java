package dev.reckoner.ledger.rating;

import dev.reckoner.ledger.Asked;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.TokenCounts;
import dev.reckoner.ledger.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The usage of a response that was cut before it stated any, where the vendor charges nevertheless: a request on track
 * whose connection ended on our side (api-facts §2.5). The input is estimated from the text of the request, all of it
 * uncached, and priced by the terms that were asked for, as none are known to have been served. Images and files aren't
 * counted, so that a request with many of them is estimated too low.
 */
final class InputEstimate {
    static final String METHOD = "request_text_v1";

    private InputEstimate() {}

    /** The estimated usage, null where the exchange isn't one of those. */
    static @Nullable Usage of(Closing closing) {
        Asked asked = closing.opening().asked();
        Long textBytes = asked.textBytes();
        if (textBytes == null || closing.reading().fault() != null || !onTrack(closing)) {
            return null;
        }
        TokenCounts tokens = new TokenCounts(OutputEstimate.tokens(textBytes), 0L, null, null, null, null);
        return new Usage(tokens, null, null, null, null, null, asked.inferenceGeo(), asked.speed(), List.of());
    }

    /** Whether nothing but our side's end of the connection ended it; for other ends no rule is known. */
    private static boolean onTrack(Closing closing) {
        return switch (closing.outcome()) {
            case FAILED_DOWNSTREAM_ABORTED,
                    FAILED_DOWNSTREAM_TIMEOUT,
                    FAILED_UPSTREAM_TIMEOUT,
                    FAILED_LOCAL_SHUTDOWN,
                    FAILED_LOCAL_INTERRUPTED -> UnseenUsage.notBilled(closing) == null;
            default -> false;
        };
    }
}
