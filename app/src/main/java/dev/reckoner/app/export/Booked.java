package dev.reckoner.app.export;

import dev.reckoner.ledger.Arrivals.Arrival;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.Line;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table of entries: an entry as it arrived, or the one that it replaced, reversed.
 *
 * @param entry whose facts the row has
 * @param reversed whether it takes away what an earlier row added
 */
record Booked(Arrival arrival, Entry entry, boolean reversed) {

    /** The rows of an arrival: the entry, and behind it the reversal of the one it replaced. */
    static List<Booked> of(Arrival arrival) {
        List<Booked> rows = new ArrayList<>();
        rows.add(new Booked(arrival, arrival.entry().entry(), false));
        Entry replaced = arrival.replaced();
        if (replaced != null) {
            rows.add(new Booked(arrival, replaced, true));
        }
        return rows;
    }

    /** One word for what the row does to sums. */
    String change() {
        if (reversed) {
            return "reversed";
        }
        return arrival.replaced() == null ? "booked" : "corrected";
    }

    long signed(long quantity) {
        return reversed ? -quantity : quantity;
    }

    @Nullable
    BigDecimal signed(@Nullable BigDecimal amount) {
        return amount == null || !reversed ? amount : amount.negate();
    }

    /** A row of the table of lines. */
    record OfLine(Booked booked, int place, Line line) {

        static List<OfLine> of(Booked booked) {
            List<OfLine> rows = new ArrayList<>();
            List<Line> lines = booked.entry().charge().lines();
            for (int place = 0; place < lines.size(); place++) {
                rows.add(new OfLine(booked, place, lines.get(place)));
            }
            return rows;
        }
    }
}
