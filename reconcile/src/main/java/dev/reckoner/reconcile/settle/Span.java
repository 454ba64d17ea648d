package dev.reckoner.reconcile.settle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Consecutive hours of one key and model that no exchange lies across the edge of, but for those that are not wholly
 * known: within them, bill and ledger count the same exchanges, whichever instant decides the hour.
 *
 * @param first the first hour
 * @param last the last hour
 * @param open the exchanges in it that were not wholly seen
 */
record Span(Instant first, Instant last, List<Uncertain> open) {

    Span {
        open = List.copyOf(open);
    }

    /** Whether an hour is one of these. */
    boolean holds(Instant hour) {
        return !hour.isBefore(first) && !hour.isAfter(last);
    }

    /** The instant at which the last hour is over. */
    Instant until() {
        return last.plus(Duration.ofHours(1));
    }

    /**
     * The spans of a key and a model; hours that nothing lies across the edge of, and nothing is open in, are in none.
     *
     * @param crossings hours that another exchange lies in both of
     */
    static List<Span> of(List<Uncertain> open, List<Span> crossings) {
        List<Span> parts = Stream.concat(
                        open.stream().map(one -> new Span(one.first(), one.last(), List.of(one))), crossings.stream())
                .sorted(Comparator.comparing(Span::first))
                .toList();
        List<Span> joined = new ArrayList<>();
        for (Span part : parts) {
            Span last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last != null && last.holds(part.first)) {
                joined.set(joined.size() - 1, last.with(part));
            } else {
                joined.add(part);
            }
        }
        return joined;
    }

    private Span with(Span other) {
        List<Uncertain> both = new ArrayList<>(open);
        both.addAll(other.open);
        return new Span(first, other.last.isAfter(last) ? other.last : last, both);
    }
}
