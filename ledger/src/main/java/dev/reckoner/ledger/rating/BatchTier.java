package dev.reckoner.ledger.rating;

import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Route;
import dev.reckoner.ledger.Usage;
import org.jspecify.annotations.Nullable;

/**
 * The service tier of a batch's items (api-facts §2.1): their usage states {@code batch}, and where it states nothing
 * the place it was read from does. A tier that is stated stands, whatever it is.
 */
final class BatchTier {
    private static final String BATCH = "batch";

    private BatchTier() {}

    /** The usage that was read, with the tier that the route implies where none is stated. */
    static @Nullable Usage usage(Closing closing) {
        Usage usage = closing.reading().usage();
        boolean implied = closing.opening().route() == Route.BATCH_ITEM;
        if (usage == null || !implied || usage.serviceTier() != null) {
            return usage;
        }
        return new Usage(
                usage.tokens(),
                usage.thinkingTokens(),
                usage.webSearchRequests(),
                usage.webFetchRequests(),
                usage.codeExecutionRequests(),
                BATCH,
                usage.inferenceGeo(),
                usage.speed(),
                usage.iterations());
    }
}
