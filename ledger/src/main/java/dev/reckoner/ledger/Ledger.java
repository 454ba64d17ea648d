package dev.reckoner.ledger;

import dev.reckoner.config.RateTable;
import dev.reckoner.config.RatingRules;
import dev.reckoner.config.Settings.LedgerSettings;
import dev.reckoner.ledger.alert.AlertQueue;
import dev.reckoner.ledger.alert.Outbox;
import dev.reckoner.ledger.correct.Rerating;
import dev.reckoner.ledger.credit.CreditBook;
import dev.reckoner.ledger.insight.BooksInsights;
import dev.reckoner.ledger.insight.Insights;
import dev.reckoner.ledger.journal.Frame;
import dev.reckoner.ledger.journal.Journal;
import dev.reckoner.ledger.keys.Keys;
import dev.reckoner.ledger.keys.Secrets;
import dev.reckoner.ledger.keys.VirtualKeys;
import dev.reckoner.ledger.limit.Admission;
import dev.reckoner.ledger.limit.LimitBook;
import dev.reckoner.ledger.limit.Limits;
import dev.reckoner.ledger.limit.Standing;
import dev.reckoner.ledger.limit.StoredLimits;
import dev.reckoner.ledger.rating.Rater;
import dev.reckoner.ledger.report.ExchangeScan;
import dev.reckoner.ledger.report.PeakKeeper;
import dev.reckoner.ledger.report.StorePulse;
import dev.reckoner.ledger.report.StoreReports;
import dev.reckoner.ledger.report.WarmUp;
import dev.reckoner.ledger.store.Applier;
import dev.reckoner.ledger.store.Store;
import dev.reckoner.ledger.store.StoreArchive;
import dev.reckoner.ledger.store.StoreCredits;
import dev.reckoner.ledger.store.StoreKeys;
import dev.reckoner.ledger.store.StoreOutbox;
import dev.reckoner.ledger.store.StoreTrail;
import dev.reckoner.ledger.store.Taken;
import dev.reckoner.ledger.trail.TrailBook;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The books of one ledger directory, whole: the directory's lock, the journal that makes exchanges durable, the store
 * that reports read, and the applier between them.
 *
 * <p>Opening it closes every exchange that a crash left in flight, as {@link Outcome#FAILED_LOCAL_INTERRUPTED}, and
 * returns when these entries are on disk. Safe on any thread; {@link Books} methods never block, all others may.
 */
public final class Ledger implements Books, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    /** A close waits so long for the store to take what the journal holds; the rest stays there for the next start. */
    private static final Duration CATCH_UP_MAX = Duration.ofSeconds(30);

    /** Corrections that wait for the disk at once; never more than half of what the journal's queue takes. */
    private static final int CORRECTIONS_WAITING_MAX = 64;

    private final Parts parts;
    private final Store store;
    private final Journal journal;
    private final Applier applier;
    private final BatchRegistry batches;
    private final LedgerCorrections corrections;
    private final Reports reports;
    private final Insights insights;
    private final Archive archive;
    private final StoredLimits limits;
    private final LedgerKeys virtualKeys;
    private final CreditBook credits;
    private final TrailBook trail;
    private final Supplier<Pulse> pulse;
    private final PeakKeeper peaks;
    private final WarmUp warmUp;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Ledger(Parts parts, LedgerSettings settings, Clock clock) {
        this.parts = parts;
        this.store = parts.store();
        this.journal = parts.journal();
        this.applier = parts.applier();
        List<BatchRecord> stored = store.batches(BatchRegistry.BATCHES_MAX);
        this.batches = new BatchRegistry(journal, clock, BatchRegistry.BATCHES_MAX, stored, journal.batches());
        this.reports = new StoreReports(store, applier::lag, journal::damage);
        this.insights = new BooksInsights(reports, new ExchangeScan(store), parts.rates()::get);
        this.pulse = new StorePulse(store, applier::lag);
        this.archive = new StoreArchive(store, clock);
        this.credits = new StoreCredits(store, clock);
        this.trail = new StoreTrail(store, clock);
        this.peaks = new PeakKeeper(store, applier::whileStill);
        this.warmUp = new WarmUp(reports, store::readTuplesAhead, clock.instant());
        int window = Math.min(CORRECTIONS_WAITING_MAX, settings.journalQueueMax() / 2);
        this.corrections = new LedgerCorrections(store, journal, applier, parts.rating(), window, clock);
        this.limits = new StoredLimits(settings.limits().rules(), store, reports, applier, parts.limitBook(), clock);
        this.virtualKeys = new LedgerKeys(new StoreKeys(store, new Secrets(parts.keys()), clock), limits);
    }

    /** What books are made of. */
    private record Parts(
            DirectoryLock lock,
            KeyHasher keys,
            ExchangeIds ids,
            Store store,
            Journal journal,
            Applier applier,
            CurrentRating rating,
            AtomicReference<RateTable> rates,
            RatingRules rules,
            AlertQueue alerts,
            LimitBook limitBook) {}

    /**
     * Opens the books for a proxy.
     *
     * @throws LedgerException where the directory can't be used, is in use, or holds what this version can't read
     */
    public static Ledger open(LedgerSettings settings, RateTable rates, Clock clock) {
        return open(settings, rates, clock, BooksWatch.NOBODY);
    }

    /**
     * Opens the books for a proxy, with somebody who is told what happens in them.
     *
     * @throws LedgerException as the other does
     */
    public static Ledger open(LedgerSettings settings, RateTable rates, Clock clock, BooksWatch watch) {
        CurrentRating rating = new CurrentRating(rating(rates, settings.rules()));
        Ledger ledger = open(settings, rates, rating, clock, new QuietWatch(watch));
        try {
            ledger.limits.look();
            ledger.limits.start();
            ledger.peaks.start();
            ledger.warmUp.start();
            return ledger;
        } catch (RuntimeException e) {
            ledger.close();
            throw e;
        }
    }

    /**
     * Opens the books for a command that reads them while no server runs. Does all that {@link #open} does, for a
     * command that holds the lock finds the same crash to clear up, and returns when the store has caught up.
     *
     * @throws LedgerException as {@link #open} does
     */
    public static Ledger openForReading(LedgerSettings settings, RateTable rates, Clock clock) {
        CurrentRating rating = new CurrentRating(rating(rates, settings.rules()));
        Ledger ledger = open(settings, rates, rating, clock);
        ledger.catchUp(CATCH_UP_MAX);
        return ledger;
    }

    static Ledger open(LedgerSettings settings, RateTable rates, CurrentRating rating, Clock clock) {
        return open(settings, rates, rating, clock, BooksWatch.NOBODY);
    }

    private static Ledger open(
            LedgerSettings settings, RateTable rates, CurrentRating rating, Clock clock, BooksWatch watch) {
        Path directory = settings.directory();
        DirectoryLock lock = DirectoryLock.take(directory);
        Store store = null;
        Journal journal = null;
        boolean whole = false;
        try {
            KeyHasher keys = KeyHasher.load(directory.resolve("key-secret"));
            store = Store.open(directory);
            AlertQueue alerts = new AlertQueue();
            LimitBook limitBook = new LimitBook(rates, settings.limits().unknownRate(), alerts, clock);
            Booking booking = new Booking(settings.bookingInstant(), rating, alerts, entry -> {
                limitBook.booked(entry);
                watch.made(entry);
            });
            journal = Journal.open(directory.resolve("journal"), settings, store.mark(), booking, watch);
            closeInterrupted(journal, journal.inFlight(store.inFlight()));
            Applier applier = new Applier(store, journal, settings, clock, taken(limitBook, watch));
            applier.start();
            Parts parts = new Parts(
                    lock,
                    keys,
                    new ExchangeIds(clock),
                    store,
                    journal,
                    applier,
                    rating,
                    new AtomicReference<>(rates),
                    settings.rules(),
                    alerts,
                    limitBook);
            Ledger ledger = new Ledger(parts, settings, clock);
            whole = true;
            return ledger;
        } finally {
            if (!whole) {
                closeAll(journal, store, lock);
            }
        }
    }

    private static Rerating.Rates rating(RateTable rates, RatingRules rules) {
        return new Rerating.Rates(rates.version(), new Rater(rates, rules)::rate);
    }

    private static Taken taken(LimitBook limits, BooksWatch watch) {
        return new Taken() {
            @Override
            public void entry(Entry entry) {
                limits.entry(entry);
            }

            @Override
            public void correction(Entry replaced, Entry by) {
                limits.correction(replaced, by);
                watch.corrected(replaced, by);
            }
        };
    }

    private static void closeInterrupted(Journal journal, List<Frame> inFlight) {
        if (inFlight.isEmpty()) {
            return;
        }
        CountDownLatch answers = new CountDownLatch(inFlight.size());
        for (Frame last : inFlight) {
            Closing closing = Interruption.closing(last);
            if (closing == null) {
                answers.countDown();
            } else {
                journal.book(closing, failure -> answers.countDown());
            }
        }
        Uninterrupted.run(() -> answers.await());
        LOG.info("{} exchanges were in flight when the process ended; they are booked as interrupted", inFlight.size());
    }

    @Override
    public boolean accepting() {
        return journal.accepting();
    }

    @Override
    public void open(Opening opening, Done done) {
        journal.append(new Frame.Opened(opening), done);
    }

    @Override
    public void note(Closing soFar, Done done) {
        journal.append(new Frame.Noted(soFar), done);
    }

    @Override
    public void close(Closing closing, Done done) {
        journal.book(closing, done);
    }

    /**
     * Books a correction; {@code done} follows once it is on disk or can't be. Where it isn't of the latest revision of
     * its exchange's entry, it changes nothing.
     */
    public void correct(Correction correction, Done done) {
        journal.append(new Frame.Corrected(correction), done);
    }

    /** Rates by that table from now on. What is booked stays as it is. */
    public void rates(RateTable rates) {
        parts.rating().set(rating(rates, parts.rules()));
        parts.limitBook().rates(rates);
        parts.rates().set(rates);
    }

    /**
     * Rates entries that are pending again, and books those that aren't any more.
     *
     * @throws LedgerException where they can't be booked; those that were booked before stay
     */
    public RerateResult ratePending() {
        return corrections.ratePending();
    }

    /** The door to corrections. */
    public Corrections corrections() {
        return corrections;
    }

    /** Lets a re-rating under way end at the next entry and waits for it; from then on there is none. */
    public void endCorrections() {
        corrections.end();
    }

    /** What was booked, as far as the store has taken it ({@link Reports#lag}). */
    public Reports reports() {
        return reports;
    }

    /** What would have been cheaper. */
    public Insights insights() {
        return insights;
    }

    /** What moves in the books. */
    public Supplier<Pulse> pulse() {
        return pulse;
    }

    /** The batches that are remembered. */
    public Batches batches() {
        return batches;
    }

    /** The documents kept beside the entries. */
    public Archive archive() {
        return archive;
    }

    /** Where alerts are raised, and wait until somebody keeps them in {@link #outbox}. */
    public AlertQueue alerts() {
        return parts.alerts();
    }

    /** What was said of prepaid credits. */
    public CreditBook credits() {
        return credits;
    }

    /** What was changed by whom. */
    public TrailBook trail() {
        return trail;
    }

    /** The alerts that were kept. */
    public Outbox outbox() {
        return new StoreOutbox(store);
    }

    /** Whether exchanges may go upstream, by the limits that hold. */
    public Admission admission() {
        return parts.limitBook();
    }

    /** How the journal stands now; never waits for the store. */
    public JournalState journalState() {
        return journal.state();
    }

    /** How every limit stands by what is known in memory; never waits for the store. */
    public List<Standing> standings() {
        return parts.limitBook().standings();
    }

    /** The limits that hold. */
    public Limits limits() {
        return limits;
    }

    /** The door to virtual keys. */
    public Keys virtualKeys() {
        return virtualKeys;
    }

    /** What the data path knows of them. */
    public VirtualKeys knownKeys() {
        return virtualKeys.known();
    }

    /** The source of exchange ids. */
    public ExchangeIds ids() {
        return parts.ids();
    }

    /** The hasher of this directory's keys. */
    public KeyHasher keys() {
        return parts.keys();
    }

    /** Waits until the store has taken all that was on disk when this was called, at most so long; whether it has. */
    public boolean catchUp(Duration max) {
        boolean[] reached = new boolean[1];
        Uninterrupted.run(() -> reached[0] = applier.catchUp(max));
        return reached[0];
    }

    /**
     * Writes what waits, lets the store take it, and gives the directory back. Whatever is left open then is closed at
     * the next start. Only the first call does anything.
     */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        endCorrections();
        limits.close();
        virtualKeys.close();
        peaks.close();
        warmUp.close();
        journal.close();
        if (!catchUp(CATCH_UP_MAX)) {
            LOG.warn(
                    "the store has not taken {} frames; they stay in the journal",
                    reports.lag().frames());
        }
        applier.close();
        closeAll(null, store, parts.lock());
    }

    private static void closeAll(@Nullable Journal journal, @Nullable Store store, DirectoryLock lock) {
        try (lock;
                store;
                journal) {
            LOG.debug("giving the ledger directory back");
        }
    }
}
