package dev.reckoner.app.serve;

import dev.reckoner.config.ConfigException;
import dev.reckoner.config.RateTable;
import dev.reckoner.config.RateTables;
import dev.reckoner.ledger.AttributeQuery;
import dev.reckoner.ledger.AttributeResult;
import dev.reckoner.ledger.Corrections;
import dev.reckoner.ledger.Ledger;
import dev.reckoner.ledger.LedgerException;
import dev.reckoner.ledger.ReloadedRates;
import dev.reckoner.ledger.RerateQuery;
import dev.reckoner.ledger.RerateResult;
import dev.reckoner.ledger.SettleResult;
import dev.reckoner.ledger.Settlement;
import dev.reckoner.ledger.trail.Actor;
import dev.reckoner.ledger.trail.TrailedCorrections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rates that a running server rates by. When it starts, and whenever a rate file has changed, pending entries whose
 * rate has appeared are rated. A file that is not as it must be leaves the rates as they were.
 *
 * <p>One thread looks at the files; the console's workers may ask meanwhile. {@code this} guards the table.
 */
final class ServedRates implements Corrections, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServedRates.class);

    /** How often the files are looked at. A change is taken once it has rested for so long: an editor may be writing. */
    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(2);

    /** Whoever wrote them: nobody else is known to have changed the rates. */
    private static final Actor FILES = new Actor("rate files", "");

    private static final Duration CLOSE_MAX = Duration.ofSeconds(5);

    private final Ledger ledger;
    private final List<Path> files;
    private final ScheduledExecutorService thread;

    private RateTable table;
    private List<Stamp> seen;
    private List<Stamp> tried;
    private boolean bad;

    /**
     * Rates that nobody looks after yet.
     *
     * @param table what the files say, over the built-in rates
     */
    ServedRates(Ledger ledger, List<Path> files, RateTable table) {
        this.ledger = ledger;
        this.files = files;
        this.table = table;
        this.tried = stamps();
        this.seen = tried;
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread named = new Thread(work, "rates");
            named.setDaemon(true);
            return named;
        });
    }

    /** How a file looks from outside; changed is null where it isn't there. */
    private record Stamp(long bytes, @Nullable FileTime changed) {}

    /** Rates what is pending and begins to look at the files. */
    @SuppressWarnings("FutureReturnValueIgnored") // what goes wrong is logged where it does
    void start() {
        thread.execute(() -> quietly(() -> tell(ledger.ratePending())));
        if (!files.isEmpty()) {
            long millis = LOOK_INTERVAL.toMillis();
            thread.scheduleWithFixedDelay(() -> quietly(this::look), millis, millis, TimeUnit.MILLISECONDS);
        }
    }

    /** Reads the files again where they have changed since they were last read, and not since the last look. */
    void look() {
        if (changedAndAtRest()) {
            new TrailedCorrections(this, ledger.trail(), FILES).reloadRates();
        }
    }

    @Override
    public ReloadedRates reloadRates() {
        RateTable before;
        RateTable now;
        synchronized (this) {
            before = table;
            now = load();
        }
        RerateResult pending = ledger.ratePending();
        tell(pending);
        int rows =
                now.rates().size() + now.discounts().size() + now.toolPrices().size();
        return new ReloadedRates(now.version(), rows, !now.version().equals(before.version()), pending);
    }

    /** Rates by the files as they are now: who has just changed one needn't wait for the next look. */
    @Override
    public SettleResult settle(List<Settlement> settlements) {
        return ledger.corrections().settle(settlements);
    }

    @Override
    public AttributeResult attribute(AttributeQuery query) {
        return ledger.corrections().attribute(query);
    }

    @Override
    public RerateResult rerate(RerateQuery query) {
        synchronized (this) {
            if (bad || !stamps().equals(tried)) {
                load();
            }
        }
        return ledger.corrections().rerate(query);
    }

    /** Ends a re-rating under way, and the thread. */
    @Override
    public void close() {
        ledger.endCorrections();
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("the thread that looks at the rate files has not ended yet");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What it rates by now. */
    synchronized RateTable table() {
        return table;
    }

    private synchronized boolean changedAndAtRest() {
        List<Stamp> now = stamps();
        boolean atRest = now.equals(seen);
        seen = now;
        return atRest && !now.equals(tried);
    }

    /** Called with the lock held. */
    private RateTable load() {
        tried = stamps();
        bad = true;
        RateTable next = RateTables.load(files);
        bad = false;
        if (!next.version().equals(table.version())) {
            LOG.info("rates by the table {} from now on, by {} before", next.version(), table.version());
        }
        ledger.rates(next);
        table = next;
        return next;
    }

    private List<Stamp> stamps() {
        List<Stamp> stamps = new ArrayList<>();
        for (Path file : files) {
            stamps.add(stamp(file));
        }
        return stamps;
    }

    private static Stamp stamp(Path file) {
        try {
            return new Stamp(Files.size(file), Files.getLastModifiedTime(file));
        } catch (IOException e) {
            return new Stamp(0, null);
        }
    }

    private static void tell(RerateResult pending) {
        if (pending.changed() > 0) {
            LOG.info("{} pending entries are rated, a rate for them has appeared", pending.changed());
        }
    }

    /** What goes wrong must not end the looking; a file is not tried again before it changes. */
    private static void quietly(Runnable work) {
        try {
            work.run();
        } catch (ConfigException e) {
            LOG.warn("a rate file has changed and can't be used; the rates stay as they were: {}", e.getMessage());
        } catch (LedgerException e) {
            LOG.warn("pending entries could not be rated: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("the rates could not be looked after", e);
        }
    }
}
