package dev.reckoner.proxy;

import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.BatchRecord;
import dev.reckoner.ledger.BatchState;
import dev.reckoner.ledger.Batches;
import dev.reckoner.ledger.Opening;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Batches that remember the last state of each, and which were collected, in the order of it. */
final class RecordingBatches implements Batches {

    private static final Instant SEEN = Instant.parse("2026-11-21T12:00:00Z");

    private final Map<String, BatchRecord> records = new ConcurrentHashMap<>();
    private final List<String> collected = new CopyOnWriteArrayList<>();

    @Override
    public @Nullable BatchRecord find(String batchId) {
        return records.get(batchId);
    }

    @Override
    public void created(String batchId, BatchState state, Opening by, @Nullable String workspaceId) {
        records.put(batchId, new BatchRecord(batchId, 1, by.id(), by.attribution(), workspaceId, state, SEEN, null));
    }

    @Override
    public void seen(String batchId, BatchState state, @Nullable String workspaceId) {
        records.compute(batchId, (id, known) -> {
            boolean nothing = known != null && state.equals(BatchState.UNKNOWN);
            return nothing
                    ? known
                    : new BatchRecord(
                            id,
                            known == null ? 1 : known.revision() + 1,
                            known == null ? null : known.createdBy(),
                            known == null ? Attribution.NONE : known.creator(),
                            workspaceId,
                            state,
                            SEEN,
                            null);
        });
    }

    @Override
    public void collected(String batchId) {
        collected.add(batchId);
    }

    @Override
    public List<BatchRecord> outstanding() {
        return List.copyOf(records.values());
    }

    /** The batches that were collected. */
    List<String> collected() {
        return List.copyOf(collected);
    }
}
