package dev.reckoner.ledger;

import dev.reckoner.ledger.journal.Frame;
import dev.reckoner.ledger.journal.Journal;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The batches that are remembered, in memory for the data path and as frames in the journal. Filled from store and
 * journal when the ledger opens. A frame carries the whole of a record and is appended inside the map's own update of
 * that record, so that the journal has a batch's states in their order.
 */
final class BatchRegistry implements Batches {
    private static final Logger LOG = LoggerFactory.getLogger(BatchRegistry.class);

    /** Batches kept in memory: those of years. Beyond it the one longest known gives way; the store keeps all. */
    static final int BATCHES_MAX = 20_000;

    private final Journal journal;
    private final Clock clock;
    private final int max;
    private final ConcurrentHashMap<String, BatchRecord> records = new ConcurrentHashMap<>();
    private final Queue<String> ages = new ConcurrentLinkedQueue<>();

    /**
     * Knows what store and journal know.
     *
     * @param stored the store's records, the longest known first
     * @param frames records behind the store's mark, in the journal's order
     */
    BatchRegistry(
            Journal journal, Clock clock, int max, Collection<BatchRecord> stored, Collection<BatchRecord> frames) {
        this.journal = journal;
        this.clock = clock;
        this.max = max;
        stored.forEach(this::load);
        frames.forEach(this::load);
    }

    @Override
    public @Nullable BatchRecord find(String batchId) {
        return records.get(batchId);
    }

    @Override
    public void created(String batchId, BatchState state, Opening by, @Nullable String workspaceId) {
        update(batchId, known -> known.amended(state, workspaceId).created(by));
    }

    @Override
    public void seen(String batchId, BatchState state, @Nullable String workspaceId) {
        update(batchId, known -> known.amended(state, workspaceId));
    }

    @Override
    public void collected(String batchId) {
        Instant now = clock.instant();
        update(batchId, known -> known.collected(now));
    }

    @Override
    public List<BatchRecord> outstanding() {
        return records.values().stream()
                .filter(known -> known.collectedAt() == null)
                .sorted(Comparator.comparing(BatchRecord::seenAt).thenComparing(BatchRecord::id))
                .toList();
    }

    private void load(BatchRecord known) {
        BatchRecord before = records.put(known.id(), known);
        if (before == null) {
            ages.add(known.id());
            makeRoom();
        } else if (before.revision() > known.revision()) {
            records.put(known.id(), before);
        }
    }

    /** Changes a record, or a new one, and hands it to the journal where anything changed. */
    private void update(String batchId, UnaryOperator<BatchRecord> change) {
        records.compute(batchId, (id, known) -> {
            BatchRecord before = known == null ? BatchRecord.unknown(id, clock.instant()) : known;
            BatchRecord after = change.apply(before);
            if (after.equals(known)) {
                return known;
            }
            if (known == null) {
                ages.add(id);
            }
            journal.append(new Frame.Batched(after), failure -> told(after, failure));
            return after;
        });
        makeRoom();
    }

    private void makeRoom() {
        while (records.size() > max) {
            String eldest = ages.poll();
            if (eldest == null) {
                return;
            }
            records.remove(eldest);
        }
    }

    /** While the journal can't be written it keeps the frame and says so itself. */
    private static void told(BatchRecord record, @Nullable Throwable failure) {
        if (failure != null) {
            LOG.debug("batch {}: its state is not on disk yet", record.id(), failure);
        }
    }
}
