package dev.reckoner.ledger.store;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers the changes of each hour of the books since the store was opened: what was read of an hour holds as long as its
 * number stays the same. While a change is being committed the number is odd, and nothing that is read then may be kept. Safe
 * on any thread.
 */
public final class HourChanges {
    private final Map<Long, Long> byHour = new ConcurrentHashMap<>();
    private final AtomicLong everything = new AtomicLong();

    /** The numbers as they stand; to be asked for before the snapshot begins in which hours are read. */
    public Numbers now() {
        return new Numbers(everything.get(), Map.copyOf(byHour));
    }

    /** Numbers of UTC hours since 1970. */
    public record Numbers(long everything, Map<Long, Long> byHour) {

        /** The number of some hours; another one as soon as one of them has changed. */
        public long of(long first, long count) {
            long sum = 0;
            for (long hour = first; hour < first + count; hour++) {
                sum += number(hour);
            }
            return sum;
        }

        /** Whether none of them was being changed. */
        public boolean steady(long first, long count) {
            for (long hour = first; hour < first + count; hour++) {
                if (number(hour) % 2 != 0) {
                    return false;
                }
            }
            return true;
        }

        private long number(long hour) {
            return everything + byHour.getOrDefault(hour, 0L);
        }
    }

    /** To be called before the commit, by the one thread that changes hours. */
    void begin(Collection<Long> hours) {
        next(hours);
    }

    /** To be called behind the commit, and behind one that failed, for it may have got in. */
    void end(Collection<Long> hours) {
        next(hours);
    }

    /** Nothing that was read of any hour holds any longer. */
    void everythingChanged() {
        everything.addAndGet(2);
    }

    private void next(Collection<Long> hours) {
        hours.forEach(hour -> byHour.merge(hour, 1L, Long::sum));
    }
}
