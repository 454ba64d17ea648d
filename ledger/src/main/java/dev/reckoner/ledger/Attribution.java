package dev.reckoner.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who caused an exchange: each part with where it was read from, null where nobody said.
 *
 * @param tags sorted, distinct, {@code name=value} or {@code name}
 * @param key the credential that the exchange was served with, the vendor's own
 * @param virtualKey the id of our key that it came with, null without one
 */
public record Attribution(
        @Nullable Part user,
        @Nullable Part team,
        @Nullable Part project,
        @Nullable Part session,
        List<String> tags,
        KeyRef key,
        @Nullable String virtualKey) {

    /** Nothing known but that no credential came. */
    public static final Attribution NONE = new Attribution(null, null, null, null, List.of(), KeyRef.NONE, null);

    public Attribution {
        tags = List.copyOf(tags);
    }

    /** One attributed value and its source. */
    public record Part(String value, Source source) {}

    /** Where a part was read from, in order of precedence. */
    public enum Source {
        VIRTUAL_KEY,
        KEY,
        PATH,
        HEADER,
        BODY,
        /** Said by the operator, after the exchange was booked. */
        ASSIGNED
    }
}
