package dev.reckoner.ledger.store;

import dev.reckoner.ledger.Entry;
import java.math.BigDecimal;
import java.sql.SQLException;

/** The sums of a session in the making, with its times. Exact; not safe for several threads. */
public final class SessionTally {
    private final Tally tally = new Tally();
    private long startedAt = Long.MAX_VALUE;
    private long endedAt = Long.MIN_VALUE;
    private long apiNanos;
    private BigDecimal amountMost = BigDecimal.ZERO;

    /** The columns as a select list of an alias {@code r}. */
    public static String select() {
        return "r.started_at, r.ended_at, r.api_nanos, r.amount_most, " + Tally.select();
    }

    /** Adds the columns of {@link #select}. */
    public void add(RowReader in) throws SQLException {
        at(in.longOrZero(), in.longOrZero());
        apiNanos += in.longOrZero();
        amountMost = amountMost.max(in.moneyOrZero());
        tally.add(in);
    }

    /** Adds another one. */
    public void add(SessionTally other) {
        at(other.startedAt, other.endedAt);
        apiNanos += other.apiNanos;
        amountMost = amountMost.max(other.amountMost);
        tally.add(other.tally);
    }

    /** Whether everything is the same. */
    public boolean sameAs(SessionTally other) {
        return startedAt == other.startedAt
                && endedAt == other.endedAt
                && apiNanos == other.apiNanos
                && amountMost.compareTo(other.amountMost) == 0
                && tally.sameAs(other.tally);
    }

    /** The sums without the times. */
    public Tally tally() {
        return tally;
    }

    /** When the first exchange began, in {@link Nanos}. */
    public long startedAt() {
        return startedAt;
    }

    /** When the last exchange ended, in {@link Nanos}. */
    public long endedAt() {
        return endedAt;
    }

    /** How long the exchanges took together, in nanoseconds. */
    public long apiNanos() {
        return apiNanos;
    }

    void exchange(Entry entry) {
        exchange(
                Nanos.of(entry.closing().opening().startedAt()),
                Nanos.of(entry.closing().endedAt()),
                entry.charge().amount(),
                true);
    }

    void exchangeReversed(Entry entry) {
        exchange(entry);
        apiNanos -= 2
                * took(
                        Nanos.of(entry.closing().opening().startedAt()),
                        Nanos.of(entry.closing().endedAt()));
    }

    /** Takes the times and the amount of an exchange; how long it took only where no other entry has taken its place. */
    void exchange(long start, long end, BigDecimal amount, boolean latest) {
        at(start, Math.max(start, end));
        amountMost = amountMost.max(amount);
        apiNanos += latest ? took(start, end) : 0;
    }

    /** Nothing where the clock was set back in between. */
    private static long took(long start, long end) {
        return Math.max(0, end - start);
    }

    void write(RowWriter out) throws SQLException {
        out.number(startedAt).number(endedAt).number(apiNanos).money(amountMost);
        tally.write(out);
        out.number(tally.firstAt()).number(tally.lastAt());
    }

    private void at(long start, long end) {
        startedAt = Math.min(startedAt, start);
        endedAt = Math.max(endedAt, end);
    }
}
