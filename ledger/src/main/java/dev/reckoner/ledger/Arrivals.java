package dev.reckoner.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Entries of metered routes in the order in which they arrived in the store, corrections among them, each exactly once:
 * whoever goes through them adding each entry's charge and taking away that of the entry it replaced, has what reports
 * have.
 *
 * @param arrivals without the usage as it came
 * @param last the sequence number to go on behind
 * @param more whether there may be more behind it already
 */
public record Arrivals(List<Arrival> arrivals, long last, boolean more) {

    public Arrivals {
        arrivals = List.copyOf(arrivals);
    }

    /**
     * An entry as it arrived.
     *
     * @param correctedAt when a correction made it, null for the first of its exchange
     * @param cause why, in one word ({@link Correction#cause}), null for the first
     * @param replaced the entry whose place it took, null for the first
     */
    public record Arrival(
            StoredEntry entry,
            @Nullable Instant correctedAt,
            @Nullable String cause,
            @Nullable Entry replaced) {}
}
