package dev.reckoner.ledger.limit;

import dev.reckoner.config.LimitRule;
import java.util.List;

/** The door to the limits: what holds, how it stands, and changes. Methods block. */
public interface Limits {

    /** How every limit stands, those of the settings first; of a limit for each of a kind, each that has anything counted. */
    List<Standing> standings();

    /**
     * Sets a limit: a new one, or another value of one that limits the same for the same subject. It holds on this server
     * when the method returns, and within a second on every other that shares these books.
     *
     * @param by from where it is set, kept with the change
     */
    Limit set(LimitRule rule, String by);

    /**
     * Removes a limit.
     *
     * @return what was removed
     * @throws dev.reckoner.ledger.LedgerException where there is none by that id, or it stands in the settings
     */
    Limit remove(String id, String by);

    /**
     * Changes of limits, the latest first.
     *
     * @param limitId of which limit, empty for all
     * @param before only those with a smaller number, {@link Long#MAX_VALUE} for all
     */
    List<LimitChange> changes(String limitId, long before, int max);
}
