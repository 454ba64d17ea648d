package dev.reckoner.ledger.journal;

import dev.reckoner.ledger.Books;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells those who wait how their write ended; what they throw is theirs and stops here. */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private Answers() {}

    static void tell(Books.Done done, @Nullable Throwable failure) {
        try {
            done.done(failure);
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            LOG.error("a callback of the journal failed: it must only hand over", e);
        }
    }
}
