package dev.reckoner.ledger;

import dev.reckoner.ledger.correct.Attributing;
import dev.reckoner.ledger.correct.Rerating;
import dev.reckoner.ledger.correct.Settling;
import dev.reckoner.ledger.journal.Frame;
import dev.reckoner.ledger.journal.Journal;
import dev.reckoner.ledger.store.Applier;
import dev.reckoner.ledger.store.EntryTable;
import dev.reckoner.ledger.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The corrections of open books: one re-rating or settling at a time, over entries that the store has taken before it begins. What
 * it books is in the store when it returns, where the store isn't away.
 */
final class LedgerCorrections implements Corrections {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerCorrections.class);

    /** How long the store may take to catch up before and after. */
    private static final Duration CATCH_UP_MAX = Duration.ofSeconds(30);

    private final Store store;
    private final Applier applier;
    private final CurrentRating rating;
    private final Rerating.Outlet outlet;
    private final Clock clock;
    private final ReentrantLock busy = new ReentrantLock();
    private volatile boolean ended;

    /**
     * Corrections of those books.
     *
     * @param window corrections that may wait for the disk at once
     */
    LedgerCorrections(Store store, Journal journal, Applier applier, CurrentRating rating, int window, Clock clock) {
        this.store = store;
        this.applier = applier;
        this.rating = rating;
        this.outlet = new Rerating.Outlet(
                window, (correction, done) -> journal.append(new Frame.Corrected(correction), done));
        this.clock = clock;
    }

    @Override
    public RerateResult rerate(RerateQuery query) {
        return alone(() -> rerating().run(query), LedgerCorrections::booked);
    }

    @Override
    public SettleResult settle(List<Settlement> settlements) {
        return alone(
                () -> new Settling(rating.get(), outlet, clock).run(settlements, this::revisions),
                result -> result.settled() > 0);
    }

    @Override
    public AttributeResult attribute(AttributeQuery query) {
        return alone(
                () -> new Attributing(store, outlet, clock, () -> ended).run(query),
                result -> result.booked() && result.changed() > 0);
    }

    @Override
    public ReloadedRates reloadRates() {
        throw new LedgerException(
                "no server runs on these books, so there are no rates to read again; one that starts reads them");
    }

    RerateResult ratePending() {
        return alone(() -> rerating().runPending(), LedgerCorrections::booked);
    }

    /** Lets a re-rating under way end at the next entry, waits for it, and lets none begin. */
    void end() {
        ended = true;
        busy.lock();
        try {
            LOG.debug("no re-rating is under way");
        } finally {
            busy.unlock();
        }
    }

    private Rerating rerating() {
        return new Rerating(store, rating.get(), outlet, clock, () -> ended);
    }

    private List<StoredEntry> revisions(ExchangeId id) {
        return store.read(connection -> EntryTable.revisions(connection, id));
    }

    private static boolean booked(RerateResult result) {
        return result.booked() && result.changed() > 0;
    }

    private <T> T alone(Supplier<T> correcting, Predicate<T> booked) {
        busy.lock();
        try {
            catchUp();
            T result = correcting.get();
            if (booked.test(result)) {
                catchUp();
            }
            return result;
        } finally {
            busy.unlock();
        }
    }

    private void catchUp() {
        try {
            if (!applier.catchUp(CATCH_UP_MAX)) {
                LOG.warn("the store is behind; entries that it hasn't taken yet are not rated again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LedgerException("interrupted while the store caught up", e);
        }
    }
}
