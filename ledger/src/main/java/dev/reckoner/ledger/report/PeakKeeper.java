package dev.reckoner.ledger.report;

import dev.reckoner.ledger.LedgerException;
import dev.reckoner.ledger.Uninterrupted;
import dev.reckoner.ledger.store.PeakTable;
import dev.reckoner.ledger.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds up the peaks of blocks that lie behind, one at a time and the latest first, and keeps them. While a block is added
 * up the store takes nothing, so that nothing can change it meanwhile; exchanges don't wait for that.
 */
public final class PeakKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PeakKeeper.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final Duration BETWEEN = Duration.ofMillis(100);

    private final Store store;
    private final Consumer<Runnable> still;
    private final Thread thread = new Thread(this::run, "peaks");
    private final CountDownLatch ended = new CountDownLatch(1);

    /**
     * Keeps in that store.
     *
     * @param still runs something while the store takes nothing
     */
    public PeakKeeper(Store store, Consumer<Runnable> still) {
        this.store = store;
        this.still = still;
        thread.setDaemon(true);
    }

    /** Begins to look every minute. */
    public void start() {
        thread.start();
    }

    /** Keeps what is missing, until all is there or this is closed. */
    void keep() {
        List<Long> missing = new ArrayList<>(store.readSnapshot(KeptPeaks::missing));
        Collections.reverse(missing);
        for (long block : missing) {
            if (ended.getCount() == 0) {
                return;
            }
            still.accept(() -> store.change(connection -> {
                PeakTable.keep(connection, block, KeptPeaks.ofEntries(connection, store.tuples(), block));
                return block;
            }));
            // the applier has its turn in between
            await(BETWEEN);
        }
    }

    /** Ends after the block in hand. */
    @Override
    public void close() {
        ended.countDown();
        if (thread.isAlive()) {
            Uninterrupted.join(thread);
        }
    }

    private void run() {
        boolean more = true;
        while (more) {
            try {
                keep();
            } catch (LedgerException e) {
                LOG.warn("Peaks can't be kept now; they are added up from the entries until they can", e);
            }
            more = !await(PAUSE);
        }
    }

    /** Whether it was to end meanwhile. */
    private boolean await(Duration pause) {
        boolean[] over = new boolean[1];
        Uninterrupted.run(() -> over[0] = ended.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        return over[0];
    }
}
