package dev.reckoner.ledger.report;

import dev.reckoner.ledger.store.HourChanges;
import dev.reckoner.ledger.store.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Rows of daily rollups by their tuples, as they are remembered: whatever is asked about a day that anybody has asked about
 * can be added up from them. For one question.
 */
final class DayRows {
    private static final long HOURS = 24;

    private final RollupMemory<UUID> memory;
    private final RollupMemory.Question rows;
    private final HourChanges.Numbers numbers;
    private final List<Long> recalled = new ArrayList<>();

    /**
     * Recalls and keeps rows of a table.
     *
     * @param numbers as they stood before the snapshot began in which days are read
     */
    DayRows(RollupMemory<UUID> memory, String table, HourChanges.Numbers numbers) {
        this.memory = memory;
        this.rows = new RollupMemory.Question(table, List.of(), Map.of());
        this.numbers = numbers;
    }

    /** The rows of a day; null where they aren't known, or have changed since. */
    @Nullable
    Map<UUID, Tally> recall(long day) {
        Map<UUID, Tally> known = steady(day) ? memory.recall(asked(day), number(numbers, day)) : null;
        if (known != null) {
            recalled.add(day);
        }
        return known;
    }

    /** Keeps the rows of a day, which nobody may change any more. */
    void keep(long day, Map<UUID, Tally> read) {
        if (steady(day)) {
            memory.keep(asked(day), number(numbers, day), read);
        }
    }

    /** Whether a day that was recalled has changed. */
    boolean changed(HourChanges.Numbers after) {
        return recalled.stream().anyMatch(day -> number(after, day) != number(numbers, day));
    }

    private boolean steady(long day) {
        return numbers.steady(day * HOURS, HOURS);
    }

    private static long number(HourChanges.Numbers at, long day) {
        return at.of(day * HOURS, HOURS);
    }

    private RollupMemory.Asked asked(long day) {
        return new RollupMemory.Asked(rows, day, 1);
    }
}
