package dev.reckoner.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the vendor says about a batch when it is created, looked at or listed (api-facts §2.1); null where it didn't say
 * or it could not be read.
 *
 * @param status the vendor's word: in_progress, canceling, ended
 */
public record BatchState(
        @Nullable String status,
        @Nullable Instant createdAt,
        @Nullable Instant endedAt,
        @Nullable Instant expiresAt,
        @Nullable Counts counts) {

    /** Nothing known. */
    public static final BatchState UNKNOWN = new BatchState(null, null, null, null, null);

    private static final String ENDED = "ended";

    /** How many items stand where; while a batch is processed all of them are processing. */
    public record Counts(long processing, long succeeded, long errored, long canceled, long expired) {

        /** All items. */
        public long all() {
            return processing + succeeded + errored + canceled + expired;
        }
    }

    /** Whether it has ended, which is final: from then on there are results. */
    public boolean ended() {
        return endedAt != null || ENDED.equals(status);
    }

    /** This state as another, heard of later, amends it: an end that is known stays, whatever arrives late. */
    BatchState amendedBy(BatchState later) {
        if (ended() && !later.ended()) {
            return this;
        }
        return new BatchState(
                or(later.status, status),
                or(later.createdAt, createdAt),
                or(later.endedAt, endedAt),
                or(later.expiresAt, expiresAt),
                or(later.counts, counts));
    }

    private static <T> @Nullable T or(@Nullable T later, @Nullable T earlier) {
        return later == null ? earlier : later;
    }
}
