package dev.reckoner.ledger;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.UUID;

/**
 * A place in a list of sessions: behind the one with this value, and among those with the same one behind this tie.
 *
 * @param value what the list is ordered by: USD, or nanoseconds since 1970
 */
public record SessionCursor(BigDecimal value, UUID tie) implements Comparable<SessionCursor> {
    private static final Comparator<SessionCursor> ORDER =
            Comparator.comparing(SessionCursor::value).reversed().thenComparing(SessionCursor::tie);

    private static final int DIGITS_MAX = 64;

    /**
     * Reads what {@link #toString} wrote.
     *
     * @throws IllegalArgumentException where it is something else
     */
    public static SessionCursor parse(String text) {
        int end = text.indexOf('~');
        if (end < 0 || end > DIGITS_MAX) {
            throw new IllegalArgumentException("found the cursor " + text + ", expected the next of an earlier page");
        }
        try {
            return new SessionCursor(new BigDecimal(text.substring(0, end)), UUID.fromString(text.substring(end + 1)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "found the cursor " + text + ", expected the next of an earlier page", e);
        }
    }

    @Override
    public int compareTo(SessionCursor other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return value.toPlainString() + "~" + tie;
    }
}
