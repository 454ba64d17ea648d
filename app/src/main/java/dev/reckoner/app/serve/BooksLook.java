package dev.reckoner.app.serve;

import dev.reckoner.console.ServerState.Books;
import dev.reckoner.console.ServerState.Reconciled;
import dev.reckoner.ledger.Archive;
import dev.reckoner.ledger.BatchRecord;
import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Document;
import dev.reckoner.ledger.Ledger;
import dev.reckoner.ledger.LedgerException;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.reconcile.Reconciliation;
import dev.reckoner.reconcile.kept.KeptReconciliations;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then into the books for what monitoring asks often and the store should not be asked for each time. Its
 * thread blocks and is never interrupted.
 */
final class BooksLook implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BooksLook.class);
    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(10);

    /** Buckets of the future hold what was booked by a clock that was ahead. */
    private static final Duration AHEAD = Duration.ofDays(1);

    private final Ledger ledger;
    private final Archive archive;
    private final PendingMoves moves;
    private final Clock clock;
    private volatile @Nullable Books last;
    private volatile boolean closing;
    private @Nullable ScheduledExecutorService thread;

    // the thread's own
    private boolean failing;

    /**
     * Looks into those books.
     *
     * @param moves knows when to count pending entries anew, which may mean to read many sums
     */
    BooksLook(Ledger ledger, PendingMoves moves, Clock clock) {
        this.ledger = ledger;
        this.archive = ledger.archive();
        this.moves = moves;
        this.clock = clock;
    }

    /** What was seen last, null before the first look. Any thread. */
    @Nullable
    Books last() {
        return last;
    }

    /**
     * Begins, with a look at once.
     *
     * @param alone a thread for nothing else, which is shut down with this
     */
    @SuppressWarnings("FutureReturnValueIgnored") // what goes wrong is logged where it does
    void start(ScheduledExecutorService alone) {
        thread = alone;
        alone.scheduleWithFixedDelay(this::quietly, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        closing = true;
        ScheduledExecutorService started = thread;
        if (started == null) {
            return;
        }
        started.shutdown();
        try {
            if (!started.awaitTermination(CLOSE_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("the thread that looks into the books has not ended yet");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks. */
    void look() {
        Instant now = clock.instant();
        List<BatchRecord> batches = ledger.batches().outstanding();
        long uncollected = batches.stream().filter(BatchRecord::uncollected).count();
        last = new Books(now, pending(now), batches.size() - uncollected, uncollected, reconciled());
    }

    private void quietly() {
        if (closing) {
            return;
        }
        try {
            look();
            failing = false;
        } catch (LedgerException e) {
            moves.again();
            if (!failing) {
                LOG.warn("the books can't be looked into for metrics; the last figures stay: {}", e.getMessage());
            }
            failing = true;
        } catch (RuntimeException e) {
            LOG.error("looking into the books for metrics failed", e);
        }
    }

    private long pending(Instant now) {
        Books before = last;
        if (before != null && !moves.ask()) {
            return before.entriesPending();
        }
        if (ledger.reports().lag().frames() > 0) {
            moves.again();
        }
        ReportQuery all = new ReportQuery(Instant.EPOCH, now.plus(AHEAD), Bucket.ALL, List.of(), Map.of());
        return ledger.reports().report(all).stream()
                .map(ReportRow::sums)
                .mapToLong(sums -> sums.pending())
                .sum();
    }

    /** The last one is read again only where another one has taken its place. */
    private @Nullable Reconciled reconciled() {
        List<Document> latest = archive.list(KeptReconciliations.KIND, 1);
        if (latest.isEmpty()) {
            return null;
        }
        Books before = last;
        Reconciled known = before == null ? null : before.reconciled();
        if (known != null && known.id().equals(latest.get(0).name())) {
            return known;
        }
        return new KeptReconciliations(archive)
                .find(latest.get(0).name())
                .map(BooksLook::shortened)
                .orElse(null);
    }

    private static Reconciled shortened(Reconciliation kept) {
        BigDecimal variance = kept.result().variances().stream()
                .map(one -> one.difference().abs())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return new Reconciled(
                kept.id(),
                kept.from(),
                kept.to(),
                kept.madeAt(),
                kept.matched(),
                kept.result().ledger(),
                kept.result().billed(),
                kept.result().difference(),
                variance,
                kept.result().coverage().whole().amountShare());
    }
}
