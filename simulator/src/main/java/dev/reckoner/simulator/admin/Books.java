package dev.reckoner.simulator.admin;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Everything that can be billed, and which of it the reports show at an instant. Thread-safe. */
final class Books {
    private static final int RECEIPTS_MAX = 5_000_000;

    private final List<Billable> receipts = new ArrayList<>();
    private final List<Time> times = new ArrayList<>();
    /** One object for equal terms: a month has few of them and many receipts. */
    private final Map<Terms, Terms> terms = new HashMap<>();

    private Supplier<List<Billable>> source = List::of;
    private Boundary boundary = Boundary.END;
    private Duration lag;

    Books(Duration lag) {
        this.lag = lag;
    }

    synchronized void add(Billable receipt) {
        if (receipts.size() >= RECEIPTS_MAX) {
            throw new IllegalStateException(
                    "the simulator bills at most " + RECEIPTS_MAX + " receipts; add them up before adding them");
        }
        Terms same = terms.putIfAbsent(receipt.terms(), receipt.terms());
        receipts.add(same == null ? receipt : receipt.with(same));
    }

    synchronized void add(Time time) {
        times.add(time);
    }

    synchronized void source(Supplier<List<Billable>> value) {
        source = value;
    }

    synchronized void boundary(Boundary value) {
        boundary = value;
    }

    synchronized void lag(Duration value) {
        lag = value;
    }

    synchronized Duration lag() {
        return lag;
    }

    /** What the reports show at {@code now} of the receipts whose deciding instant lies in the range. */
    synchronized Map<Cell, Sum> shown(Instant from, Instant until, Width width, Instant now) {
        return cells(from, until, width, now, true);
    }

    /** What they don't show yet. */
    synchronized Map<Cell, Sum> hidden(Instant from, Instant until, Width width, Instant now) {
        return cells(from, until, width, now, false);
    }

    synchronized List<Time> times(Instant from, Instant until, Instant now) {
        return times.stream()
                .filter(time -> within(time.at(), from, until))
                .filter(time -> !now.isBefore(time.at().plus(lag)))
                .toList();
    }

    private Map<Cell, Sum> cells(Instant from, Instant until, Width width, Instant now, boolean visible) {
        Map<Cell, Sum> cells = new HashMap<>();
        Consumer<Billable> add = receipt -> {
            Instant at = boundary == Boundary.START ? receipt.start() : receipt.end();
            if (within(at, from, until) && visible != now.isBefore(shownFrom(receipt))) {
                Cell cell = new Cell(width.start(at), receipt.terms());
                cells.merge(cell, new Sum(receipt.requests(), receipt.counts()), Sum::plus);
            }
        };
        receipts.forEach(add);
        source.get().forEach(add);
        return cells;
    }

    private Instant shownFrom(Billable receipt) {
        Instant planned = receipt.shownFrom();
        return planned == null ? receipt.end().plus(lag) : planned;
    }

    private static boolean within(Instant at, Instant from, Instant until) {
        return !at.isBefore(from) && at.isBefore(until);
    }
}
