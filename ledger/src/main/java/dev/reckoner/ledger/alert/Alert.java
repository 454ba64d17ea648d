package dev.reckoner.ledger.alert;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that an operator should know, at the moment when it was noticed.
 *
 * @param about what it is about, among alerts of its kind: two with the same are one
 * @param message a sentence for people, without anything private
 * @param facts the same for programs, in order
 */
public record Alert(Kind kind, String about, Instant at, String message, Map<String, String> facts) {

    public Alert {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    /** What is the matter. */
    public enum Kind {
        /** A limit is nearly reached; about the limit, its window and the percentage. */
        THRESHOLD(true),
        /** An exchange was refused by a limit; about the limit and its window. */
        REFUSAL(true),
        /** An entry is pending, for its model has no rate; about the model. */
        PENDING_RATES(false),
        /** The store is behind the journal. */
        STORE_BEHIND(false),
        /** The vendor's bill differs from the ledger; about the days. */
        VARIANCE(true),
        /** A key is billed that doesn't pass the proxy; about the key. */
        BYPASS(true),
        /** Prepaid credits run out. */
        CREDITS_LOW(false),
        /** An operator tries whether alerts arrive. */
        TEST(false);

        private final boolean once;

        Kind(boolean once) {
            this.once = once;
        }

        /** Whether what it is about can happen once only, so that it is never told again. */
        public boolean once() {
            return once;
        }
    }
}
