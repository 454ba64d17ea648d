package dev.reckoner.ledger.trail;

import java.util.List;

/** The door to what was changed by whom. Methods block on the database. */
public interface Trail {

    /** The most that is ever returned at once. */
    int ROWS_MAX = 1_000;

    /**
     * Changes, the latest first.
     *
     * @param before only those with a smaller number, {@link Long#MAX_VALUE} for all
     * @param max at most so many, and never more than {@link #ROWS_MAX}
     */
    List<TrailRow> trail(long before, int max);
}
