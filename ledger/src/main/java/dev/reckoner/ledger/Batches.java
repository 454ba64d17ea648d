package dev.reckoner.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The door through which the data path remembers batches. Every method may be called on an event loop: nothing blocks,
 * what is to be durable is handed to the journal's writer, in the order of the calls.
 */
public interface Batches {

    /** Remembers nothing. */
    Batches NONE = new Batches() {
        @Override
        public @Nullable BatchRecord find(String batchId) {
            return null;
        }

        @Override
        public void created(String batchId, BatchState state, Opening by, @Nullable String workspaceId) {}

        @Override
        public void seen(String batchId, BatchState state, @Nullable String workspaceId) {}

        @Override
        public void collected(String batchId) {}

        @Override
        public List<BatchRecord> outstanding() {
            return List.of();
        }
    };

    /** What is known of a batch, null where nothing is. */
    @Nullable
    BatchRecord find(String batchId);

    /** Remembers who created a batch. */
    void created(String batchId, BatchState state, Opening by, @Nullable String workspaceId);

    /** Remembers how a batch stands; nothing is written where nothing is new. */
    void seen(String batchId, BatchState state, @Nullable String workspaceId);

    /** Remembers that the results of a batch were downloaded whole and booked. */
    void collected(String batchId);

    /** The batches whose results were not collected yet, ended or not, the oldest first. */
    List<BatchRecord> outstanding();
}
