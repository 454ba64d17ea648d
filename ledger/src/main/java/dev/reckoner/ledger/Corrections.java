package dev.reckoner.ledger;

import java.util.List;

/** The door through which the books are corrected. Methods block, for minutes where much changes. */
public interface Corrections {

    /**
     * Rates entries again.
     *
     * @throws LedgerException where the corrections can't be booked; those that were booked before stay
     */
    RerateResult rerate(RerateQuery query);

    /**
     * Puts the vendor's count in the place of what was estimated or not seen.
     *
     * @throws LedgerException where the corrections can't be booked; those that were booked before stay
     */
    SettleResult settle(List<Settlement> settlements);

    /**
     * Says who caused entries where nobody did.
     *
     * @throws LedgerException where the corrections can't be booked; those that were booked before stay
     */
    AttributeResult attribute(AttributeQuery query);

    /**
     * Reads the rate files again, rates by them from now on, and rates pending entries whose rate has appeared.
     *
     * @throws LedgerException where no server runs, for then there is nothing that goes on rating
     * @throws dev.reckoner.config.ConfigException where a file is not as it must be; the rates stay as they were
     */
    ReloadedRates reloadRates();
}
