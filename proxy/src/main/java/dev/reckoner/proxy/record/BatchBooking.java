package dev.reckoner.proxy.record;

import dev.reckoner.ledger.Asked;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.BatchItem;
import dev.reckoner.ledger.BatchRecord;
import dev.reckoner.ledger.BatchState;
import dev.reckoner.ledger.Batches;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Opening;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.Route;
import dev.reckoner.proxy.tap.BatchListener;
import dev.reckoner.proxy.tap.ResultLine;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one exchange makes known about batches, on its way to the books: who created one, how one stands, and the lines
 * of results, each of which is booked as an entry of its own under the batch's creator. The id of such an entry follows
 * from batch and custom_id, so that the books take it once however often it is downloaded.
 *
 * <p>Event loop only, but for {@link #landed}, which comes on the journal's thread.
 */
public final class BatchBooking implements BatchListener {

    /** Lines on their way to the disk at which the upstream is read no further; one piece may go beyond it. */
    static final int LINES_WAITING_MAX = 1_024;

    /** ... and at which reading goes on. */
    static final int LINES_WAITING_LOW = LINES_WAITING_MAX / 4;

    private static final int SERVED = 200;

    private final Exchange exchange;
    private final Batches batches;
    private final Route route;
    private final @Nullable String batchId;
    private final Consumer<String> created;
    private final Runnable room;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean failed = new AtomicBoolean();

    /**
     * The bookings of an exchange.
     *
     * @param batchId the batch whose results are downloaded, null where none are
     * @param created told the id of a batch that the exchange created
     * @param room told when there is room again after {@link #full}
     */
    BatchBooking(
            Exchange exchange,
            Batches batches,
            Route route,
            @Nullable String batchId,
            Consumer<String> created,
            Runnable room) {
        this.exchange = exchange;
        this.batches = batches;
        this.route = route;
        this.batchId = batchId;
        this.created = created;
        this.room = room;
        if (batchId != null) {
            batches.seen(batchId, BatchState.UNKNOWN, null);
        }
    }

    @Override
    public void batch(String id, BatchState state) {
        if (route == Route.BATCHES) {
            batches.created(id, state, exchange.opening(), exchange.workspaceId());
            created.accept(id);
        } else {
            batches.seen(id, state, exchange.workspaceId());
        }
    }

    @Override
    public void item(ResultLine line) {
        String batch = batchId;
        if (batch != null) {
            waiting.incrementAndGet();
            exchange.book(closing(new BatchItem(batch, line.customId()), line), this::landed);
        }
    }

    /** Whether so many lines are on their way to the disk that no more should come for now. */
    public boolean full() {
        return waiting.get() >= LINES_WAITING_MAX;
    }

    /** To be called once the entry of the download has landed, behind all of its lines. */
    public void over(Outcome outcome, Reading reading) {
        String batch = batchId;
        boolean whole = outcome == Outcome.OK_UPSTREAM_COMPLETE && exchange.status() == SERVED;
        if (batch != null && whole && reading.fault() == null && waiting.get() == 0 && !failed.get()) {
            batches.collected(batch);
        }
    }

    private void landed(@Nullable Throwable failure) {
        if (failure != null) {
            failed.set(true);
        }
        if (waiting.decrementAndGet() == LINES_WAITING_LOW) {
            exchange.onLoop(room);
        }
    }

    private Closing closing(BatchItem item, ResultLine line) {
        BatchRecord known = batches.find(item.batchId());
        BatchState state = known == null ? BatchState.UNKNOWN : known.state();
        Instant endedAt = state.endedAt() == null ? exchange.now() : state.endedAt();
        Instant startedAt = state.createdAt() == null ? endedAt : state.createdAt();
        Opening download = exchange.opening();
        Opening opening = new Opening(
                item.id(),
                startedAt,
                Route.BATCH_ITEM,
                download.method(),
                download.path(),
                creator(known, download.attribution()),
                Asked.NOTHING,
                item);
        String workspace = known == null ? null : known.workspaceId();
        return new Closing(
                opening,
                endedAt,
                null,
                line.outcome().ok() ? SERVED : 0,
                line.outcome(),
                null,
                null,
                exchange.organizationId(),
                workspace == null ? exchange.workspaceId() : workspace,
                0,
                0,
                line.reading(),
                null);
    }

    /** Where the creation wasn't seen, all that is known is whose key can read the results. */
    private static Attribution creator(@Nullable BatchRecord known, Attribution downloader) {
        return known != null && known.creatorKnown()
                ? known.creator()
                : new Attribution(null, null, null, null, List.of(), downloader.key(), null);
    }
}
