package dev.reckoner.ledger.store;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers the changes of each day of the books since the store was opened: what was read of a day holds as long as its
 * number stays the same. While a change is being committed the number is odd, and nothing that is read then may be kept. Safe
 * on any thread.
 */
public final class DayChanges {
    private final Map<Long, Long> byDay = new ConcurrentHashMap<>();
    private final AtomicLong everything = new AtomicLong();

    /** The numbers as they stand; to be asked for before the snapshot begins in which days are read. */
    public Numbers now() {
        return new Numbers(everything.get(), Map.copyOf(byDay));
    }

    /** Numbers of UTC days since 1970. */
    public record Numbers(long everything, Map<Long, Long> byDay) {

        /** The number of a day. */
        public long of(long day) {
            return everything + byDay.getOrDefault(day, 0L);
        }

        /** Whether a day was not being changed. */
        public boolean steady(long day) {
            return of(day) % 2 == 0;
        }
    }

    /** To be called before the commit, by the one thread that changes days. */
    void begin(Collection<Long> days) {
        next(days);
    }

    /** To be called behind the commit, and behind one that failed, for it may have got in. */
    void end(Collection<Long> days) {
        next(days);
    }

    /** Nothing that was read of any day holds any longer. */
    void everythingChanged() {
        everything.addAndGet(2);
    }

    private void next(Collection<Long> days) {
        days.forEach(day -> byDay.merge(day, 1L, Long::sum));
    }
}
