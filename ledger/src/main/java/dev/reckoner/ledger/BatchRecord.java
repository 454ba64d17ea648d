package dev.reckoner.ledger;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a batch: who created it, how it stands, and whether its results were collected. Durable, so
 * that its items are booked to their creator whenever and by whomever they are downloaded.
 *
 * @param revision number of this state within the batch, from 1; the highest one holds
 * @param createdBy the exchange that created it, null where that did not pass through the proxy
 * @param creator who created it, {@link Attribution#NONE} where that is not known
 * @param seenAt when it was first heard of
 * @param collectedAt when its results had been downloaded whole and booked, null while they haven't
 */
public record BatchRecord(
        String id,
        long revision,
        @Nullable ExchangeId createdBy,
        Attribution creator,
        @Nullable String workspaceId,
        BatchState state,
        Instant seenAt,
        @Nullable Instant collectedAt) {

    /** The id of the frames about this batch. */
    public ExchangeId frameId() {
        return BatchItem.batch(id);
    }

    /** A batch that was just heard of for the first time. */
    static BatchRecord unknown(String id, Instant now) {
        return new BatchRecord(id, 1, null, Attribution.NONE, null, BatchState.UNKNOWN, now, null);
    }

    /** Whether its creation passed through the proxy. */
    public boolean creatorKnown() {
        return createdBy != null;
    }

    /** Whether there are results that nobody has downloaded whole. */
    public boolean uncollected() {
        return state.ended() && collectedAt == null;
    }

    /** This record with what was heard later of its state; itself where that is nothing new. */
    BatchRecord amended(BatchState later, @Nullable String workspace) {
        BatchState now = state.amendedBy(later);
        String where = workspace == null ? workspaceId : workspace;
        if (now.equals(state) && Objects.equals(where, workspaceId)) {
            return this;
        }
        return new BatchRecord(id, revision + 1, createdBy, creator, where, now, seenAt, collectedAt);
    }

    /** This record with the exchange that created the batch; itself where that is known already. */
    BatchRecord created(Opening by) {
        if (creatorKnown()) {
            return this;
        }
        return new BatchRecord(id, revision + 1, by.id(), by.attribution(), workspaceId, state, seenAt, collectedAt);
    }

    /** This record with its results collected; itself where they were. */
    BatchRecord collected(Instant at) {
        if (collectedAt != null) {
            return this;
        }
        return new BatchRecord(id, revision + 1, createdBy, creator, workspaceId, state, seenAt, at);
    }
}
