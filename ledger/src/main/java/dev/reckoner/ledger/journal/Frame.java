package dev.reckoner.ledger.journal;

import dev.reckoner.ledger.BatchRecord;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Correction;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.Opening;

/**
 * One record of the journal. A frame may stand in the journal more than once (after a failed write it is written again);
 * readers are idempotent by exchange id.
 */
public sealed interface Frame permits Frame.Opened, Frame.Noted, Frame.Closed, Frame.Corrected, Frame.Batched {

    /** The exchange it is about; for a batch an id of its own. */
    ExchangeId id();

    /** An exchange has begun. */
    record Opened(Opening opening) implements Frame {
        @Override
        public ExchangeId id() {
            return opening.id();
        }
    }

    /** What is known so far of an exchange in flight; a later note replaces an earlier one. */
    record Noted(Closing soFar) implements Frame {
        @Override
        public ExchangeId id() {
            return soFar.opening().id();
        }
    }

    /** An exchange has ended and this is its entry. */
    record Closed(Entry entry) implements Frame {
        @Override
        public ExchangeId id() {
            return entry.id();
        }
    }

    /** An entry takes the place of an earlier one of its exchange. */
    record Corrected(Correction correction) implements Frame {
        @Override
        public ExchangeId id() {
            return correction.id();
        }
    }

    /** All that is known of a batch; the one with the highest revision holds. */
    record Batched(BatchRecord batch) implements Frame {
        @Override
        public ExchangeId id() {
            return batch.frameId();
        }
    }
}
