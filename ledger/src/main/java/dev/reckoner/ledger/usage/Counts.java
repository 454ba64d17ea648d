package dev.reckoner.ledger.usage;

import dev.reckoner.ledger.TokenCounts;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The counts of a usage object or of one iteration while they are read; null where not stated. */
final class Counts {

    private final Map<Count, Long> stated = new EnumMap<>(Count.class);

    Counts copy() {
        Counts copy = new Counts();
        copy.stated.putAll(stated);
        return copy;
    }

    void set(Count count, long value) {
        stated.put(count, value);
    }

    void forget(Count count) {
        stated.remove(count);
    }

    @Nullable
    Long get(Count count) {
        return stated.get(count);
    }

    TokenCounts tokens() {
        return new TokenCounts(
                get(Count.INPUT),
                get(Count.OUTPUT),
                get(Count.CACHE_CREATION),
                get(Count.CACHE_READ),
                get(Count.EPHEMERAL_5M),
                get(Count.EPHEMERAL_1H));
    }
}
