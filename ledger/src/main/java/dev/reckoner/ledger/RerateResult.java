package dev.reckoner.ledger;

import java.math.BigDecimal;
import java.util.List;

/**
 * What rating entries again has changed, or would.
 *
 * @param ratesVersion the rate table that rated them
 * @param entries how many were rated again
 * @param changed how many have another charge than before
 * @param booked whether the corrections are booked
 * @param before what those that change cost so far, USD, exact
 * @param after what they cost by the rates that hold now
 * @param pendingBefore how many of those that change were pending
 * @param pendingAfter how many of them still are
 * @param models the same by model, in the order of their names
 */
public record RerateResult(
        String ratesVersion,
        long entries,
        long changed,
        boolean booked,
        BigDecimal before,
        BigDecimal after,
        long pendingBefore,
        long pendingAfter,
        List<OfModel> models) {

    public RerateResult {
        models = List.copyOf(models);
    }

    /**
     * The part of one model.
     *
     * @param exchanges how many change; one that several models worked on counts under each
     */
    public record OfModel(
            String model, long exchanges, BigDecimal before, BigDecimal after, long pendingBefore, long pendingAfter) {}
}
