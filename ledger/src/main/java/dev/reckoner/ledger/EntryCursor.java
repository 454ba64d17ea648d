package dev.reckoner.ledger;

import java.time.Instant;
import java.time.format.DateTimeParseException;

/** A place in a list of entries, newest first: behind the one booked at that instant under that number. */
public record EntryCursor(Instant bookedAt, long sequence) {

    /** The place behind an entry. */
    public static EntryCursor behind(StoredEntry last) {
        return new EntryCursor(last.entry().bookedAt(), last.sequence());
    }

    /**
     * Reads what {@link #toString} wrote.
     *
     * @throws IllegalArgumentException where it is something else
     */
    public static EntryCursor parse(String text) {
        int end = text.indexOf('~');
        try {
            return new EntryCursor(
                    Instant.parse(text.substring(0, Math.max(0, end))), Long.parseLong(text.substring(end + 1)));
        } catch (DateTimeParseException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "found the cursor " + text + ", expected the next of an earlier page", e);
        }
    }

    @Override
    public String toString() {
        return bookedAt + "~" + sequence;
    }
}
