package dev.reckoner.ledger.report;

import dev.reckoner.ledger.store.HourChanges;
import dev.reckoner.ledger.store.Tally;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a table of daily rollups by their tuples, as they are remembered: whatever that table can be asked about a day that
 * anybody has asked it about can be added up from them. For one question.
 */
final class DayRows {
    private static final long HOURS = 24;

    private final RollupMemory<UUID> memory;
    private final RollupMemory.Question rows;
    private final HourChanges.Numbers before;
    private final HourChanges.Numbers after;
    private final Set<Long> recalled = new HashSet<>();

    /**
     * Recalls and keeps rows of a table.
     *
     * @param before the numbers as they stood before the snapshot began in which days are read
     */
    DayRows(RollupMemory<UUID> memory, String table, HourChanges.Numbers before) {
        this(memory, new RollupMemory.Question(table, List.of(), Map.of()), before, before);
    }

    private DayRows(
            RollupMemory<UUID> memory,
            RollupMemory.Question rows,
            HourChanges.Numbers before,
            HourChanges.Numbers after) {
        this.memory = memory;
        this.rows = rows;
        this.before = before;
        this.after = after;
    }

    /** Those of days that haven't changed until then: they are what the snapshot has. */
    DayRows unchanged(HourChanges.Numbers until) {
        return new DayRows(memory, rows, before, until);
    }

    /** The rows of a day; null where they aren't known, or have changed since. */
    @Nullable
    Map<UUID, Tally> recall(long day) {
        Map<UUID, Tally> known = holds(day) ? memory.recall(asked(day), number(before, day)) : null;
        if (known != null) {
            recalled.add(day);
        }
        return known;
    }

    /** Keeps the rows of a day, which nobody may change any more. */
    void keep(long day, Map<UUID, Tally> read) {
        if (holds(day)) {
            memory.keep(asked(day), number(before, day), read);
        }
    }

    /** Whether rows of any of those days came from memory. */
    boolean recalled(long first, long days) {
        return LongStream.range(first, first + days).anyMatch(recalled::contains);
    }

    private boolean holds(long day) {
        return before.steady(day * HOURS, HOURS) && number(before, day) == number(after, day);
    }

    private static long number(HourChanges.Numbers at, long day) {
        return at.of(day * HOURS, HOURS);
    }

    private RollupMemory.Asked asked(long day) {
        return new RollupMemory.Asked(rows, day, 1);
    }
}
