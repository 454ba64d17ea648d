package dev.reckoner.ledger.correct;

import dev.reckoner.ledger.Books;
import dev.reckoner.ledger.Charge;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Correction;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.LedgerException;
import dev.reckoner.ledger.RatingStatus;
import dev.reckoner.ledger.RerateQuery;
import dev.reckoner.ledger.RerateResult;
import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.ledger.report.EntryWalk;
import dev.reckoner.ledger.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rates entries again, each by its latest facts and at its own instant, and books the difference as corrections. Goes
 * through them page by page. What was corrected is the same when it is rated once more, so that a second run, or one
 * that was cut short and begun again, changes nothing twice. Blocks; used once.
 */
public final class Rerating {
    private static final Logger LOG = LoggerFactory.getLogger(Rerating.class);
    private static final Duration HOUR = Duration.ofHours(1);

    private final Store store;
    private final Rates rates;
    private final Outlet outlet;
    private final Clock clock;
    private final BooleanSupplier stopped;
    private final RerateSums sums;

    /**
     * A re-rating that has not begun.
     *
     * @param stopped whether it shall end early
     */
    public Rerating(Store store, Rates rates, Outlet outlet, Clock clock, BooleanSupplier stopped) {
        this.store = store;
        this.rates = rates;
        this.outlet = outlet;
        this.clock = clock;
        this.stopped = stopped;
        this.sums = new RerateSums(rates.version());
    }

    /**
     * The rates that hold.
     *
     * @param version of the rate table
     */
    public record Rates(String version, BiFunction<Closing, Instant, Charge> rate) {}

    /**
     * Where corrections go.
     *
     * @param window how many may wait for the disk
     */
    public record Outlet(int window, Sink sink) {}

    /** Takes corrections; may be called on any thread. */
    @FunctionalInterface
    public interface Sink {

        /** Takes one; {@code done} follows once it is on disk or can't be. */
        void correct(Correction correction, Books.Done done);
    }

    /**
     * Rates again what was asked for.
     *
     * @throws LedgerException where a correction can't be booked; those that were booked before stay
     */
    public RerateResult run(RerateQuery query) {
        EntryWalk walk = new EntryWalk(store, query.from(), query.until(), query.where(), false);
        try (Window window = new Window(outlet)) {
            each(walk, stored -> {
                Charge charge = changed(stored.entry());
                if (charge != null) {
                    sums.changed(stored.entry(), charge);
                    if (query.apply()) {
                        window.book(correction(stored, charge, Correction.RERATED));
                    }
                }
            });
            window.finish();
        }
        return sums.result(query.apply());
    }

    /**
     * Rates again what is pending and books what isn't any more.
     *
     * @throws LedgerException as {@link #run} does
     */
    public RerateResult runPending() {
        try (Window window = new Window(outlet)) {
            for (Instant hour : EntryWalk.pendingHours(store)) {
                each(new EntryWalk(store, hour, hour.plus(HOUR), Map.of(), true), stored -> {
                    Charge charge = changed(stored.entry());
                    if (charge != null && charge.status() != RatingStatus.PENDING) {
                        sums.changed(stored.entry(), charge);
                        window.book(correction(stored, charge, Correction.RATE_APPEARED));
                    }
                });
            }
            window.finish();
        }
        return sums.result(true);
    }

    private void each(EntryWalk walk, Consumer<StoredEntry> rerate) {
        for (List<StoredEntry> page = walk.next(); !page.isEmpty(); page = walk.next()) {
            for (StoredEntry stored : page) {
                if (stopped.getAsBoolean()) {
                    throw new LedgerException("the books are being closed; " + sums.changed()
                            + " entries were found to change so far: do the same again later");
                }
                sums.seen();
                rerate.accept(stored);
            }
        }
    }

    /** The charge by the rates that hold now; null where it says the same, or where a fault of ours prevents it. */
    private @Nullable Charge changed(Entry entry) {
        try {
            Charge charge = rates.rate().apply(entry.closing(), entry.bookedAt());
            return Charges.same(entry.charge(), charge) ? null : charge;
        } catch (RuntimeException e) {
            LOG.error("exchange {}: rating it again failed, its entry stays as it is", entry.id(), e);
            return null;
        }
    }

    private Correction correction(StoredEntry stored, Charge charge, String cause) {
        Entry entry = stored.entry();
        return new Correction(
                new Entry(entry.closing(), charge, entry.bookedAt()),
                stored.revision(),
                clock.instant(),
                cause,
                "rate table " + rates.version());
    }
}
