package dev.reckoner.proxy.tap;

import dev.reckoner.ledger.BatchState;

/** Hears what is read about batches as it passes. On the event loop of the exchange: hand over, don't work here. */
public interface BatchListener {

    /** The state of a batch passed whole. */
    void batch(String batchId, BatchState state);

    /** A line of results passed whole. */
    void item(ResultLine line);
}
