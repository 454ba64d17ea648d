package dev.reckoner.ledger;

import org.jspecify.annotations.Nullable;

/**
 * To whom entries belong that nobody has said it of.
 *
 * @param of what tells these entries
 * @param value the key's hint or the user; "" for all entries
 */
public record AttributionRule(
        Of of,
        String value,
        @Nullable String user,
        @Nullable String team,
        @Nullable String project) {

    /** What tells an entry. */
    public enum Of {
        ALL,
        KEY,
        USER
    }

    /** Whether it is about an exchange that is attributed so. */
    public boolean covers(Attribution attribution) {
        return switch (of) {
            case ALL -> true;
            case KEY ->
                attribution.virtualKey() == null && attribution.key().hint().equals(value);
            case USER ->
                attribution.user() != null && attribution.user().value().equalsIgnoreCase(value);
        };
    }
}
