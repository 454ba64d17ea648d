package dev.reckoner.reconcile.settle;

import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.Settlement;
import java.util.List;

/**
 * What the hours of the bill say of the exchanges that were not wholly seen.
 *
 * @param settlements those that they settle
 * @param left those that they don't, and why
 */
public record Settled(List<Settlement> settlements, List<Left> left) {

    public Settled {
        settlements = List.copyOf(settlements);
        left = List.copyOf(left);
    }

    /** An exchange that stays as it is, and why. */
    public record Left(ExchangeId id, String reason) {}
}
