package dev.reckoner.simulator.admin;

import dev.reckoner.simulator.Counts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Receipts of the same terms added up.
 *
 * @param start when they were received
 * @param end when they were answered, not before their start
 * @param shownFrom when the reports begin to show them, null for the usual lag after their end
 */
public record Billable(
        Instant start,
        Instant end,
        Terms terms,
        long requests,
        Counts counts,
        @Nullable Instant shownFrom) {

    public Billable {
        if (end.isBefore(start)) {
            throw new IllegalArgumentException("end " + end + " is before start " + start);
        }
    }

    /** Shown after the usual lag. */
    public Billable(Instant start, Instant end, Terms terms, long requests, Counts counts) {
        this(start, end, terms, requests, counts, null);
    }

    Billable with(Terms value) {
        return new Billable(start, end, value, requests, counts, shownFrom);
    }

    Billable shownFrom(Instant value) {
        return new Billable(start, end, terms, requests, counts, value);
    }
}
