package dev.reckoner.ledger;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which entries to list, by what became of them.
 *
 * @param outcomes only these; all where there are none
 * @param failed only those whose outcome is not ok
 * @param pending only those with a rating status of pending
 * @param estimated only those with an estimated quantity
 * @param amountLeast only those that cost at least so many USD
 * @param id only those with this exchange id, vendor request-id or message id
 */
public record EntryFilter(
        List<Outcome> outcomes,
        boolean failed,
        boolean pending,
        boolean estimated,
        @Nullable BigDecimal amountLeast,
        @Nullable String id) {

    /** Any of them. */
    public static final EntryFilter ANY = new EntryFilter(List.of(), false, false, false, null, null);

    public EntryFilter {
        outcomes = List.copyOf(outcomes);
    }

    /** Whether only exchanges that failed can match. */
    public boolean failures() {
        return failed || (!outcomes.isEmpty() && outcomes.stream().noneMatch(Outcome::ok));
    }
}
