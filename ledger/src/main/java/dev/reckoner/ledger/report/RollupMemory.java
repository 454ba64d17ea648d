package dev.reckoner.ledger.report;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.store.Tally;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a minute, an hour, a day or a stretch of days came to, by what was asked: times that lie behind hardly ever change, and
 * are asked for again and again. Safe on any thread.
 *
 * @param <G> what tells groups apart
 */
final class RollupMemory<G> {
    private static final long BYTES_PER_GROUP = 450;
    private static final long HEAP_PART = 12;
    private static final long GROUPS_LEAST = 10_000;

    private final Cache<Asked, Kept<G>> kept;

    /**
     * Remembers nothing yet.
     *
     * @param heapBytes of which a part may be filled
     */
    RollupMemory(long heapBytes) {
        kept = Caffeine.newBuilder()
                .maximumWeight(Math.max(GROUPS_LEAST, heapBytes / HEAP_PART / BYTES_PER_GROUP))
                .<Asked, Kept<G>>weigher((asked, sums) -> sums.sums().size() + 1)
                .build();
    }

    /** What is asked of a table; asked of many units, and so hashed once. */
    static final class Question {
        private final String table;
        private final List<Dimension> by;
        private final Map<Dimension, List<String>> where;
        private final int hash;

        Question(String table, List<Dimension> by, Map<Dimension, List<String>> where) {
            this.table = table;
            this.by = by;
            this.where = where;
            this.hash = Objects.hash(table, by, where);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other
                    || (other instanceof Question question
                            && hash == question.hash
                            && table.equals(question.table)
                            && by.equals(question.by)
                            && where.equals(question.where));
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    /** Some units, one behind the other, that are added up in one; units are what a table counts time in. */
    record Asked(Question question, long unit, long units) {}

    /** Sums by group, of the time as it was under that number. */
    private record Kept<G>(long number, Map<G, Tally> sums) {}

    /** What is known; null where nothing is, or that time has changed since. */
    @Nullable
    Map<G, Tally> recall(Asked asked, long number) {
        Kept<G> known = kept.getIfPresent(asked);
        return known == null || known.number() != number ? null : known.sums();
    }

    /**
     * Keeps sums, which nobody may change any more.
     *
     * @param number of that time before it was read
     */
    void keep(Asked asked, long number, Map<G, Tally> sums) {
        kept.put(asked, new Kept<>(number, sums));
    }
}
