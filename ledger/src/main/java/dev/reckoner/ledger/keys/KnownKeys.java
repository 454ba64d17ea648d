package dev.reckoner.ledger.keys;

import dev.reckoner.ledger.LedgerException;
import dev.reckoner.ledger.Uninterrupted;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The virtual keys of a store, in memory by the hashes of their secrets. A thread of its own looks several times a second
 * whether the store has a change, so that a key made or revoked by another proxy counts here within that time. While the
 * store is away, what is known holds.
 */
public final class KnownKeys implements VirtualKeys, AutoCloseable {
    /** How often it is looked for a change. */
    static final Duration LOOK_INTERVAL = Duration.ofMillis(250);

    private static final Logger LOG = LoggerFactory.getLogger(KnownKeys.class);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(5);

    private final LongSupplier lastChange;
    private final Supplier<List<VirtualKey>> keys;
    private final ScheduledExecutorService thread;
    private final Object reading = new Object();

    private volatile Map<String, VirtualKey> byHash = Map.of();
    private long seen = -1;
    private boolean away;

    /**
     * Keys that are read at once, and looked after from {@link #start}.
     *
     * @param lastChange the number of the store's last change
     * @param keys all keys of the store
     * @throws LedgerException where the store can't be read
     */
    public KnownKeys(LongSupplier lastChange, Supplier<List<VirtualKey>> keys) {
        this.lastChange = lastChange;
        this.keys = keys;
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread named = new Thread(work, "virtual-keys");
            named.setDaemon(true);
            return named;
        });
        refresh();
    }

    /** Begins to look for changes. */
    @SuppressWarnings("FutureReturnValueIgnored") // what goes wrong is logged where it does
    public void start() {
        long millis = LOOK_INTERVAL.toMillis();
        thread.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public @Nullable VirtualKey find(String hash) {
        return byHash.get(hash);
    }

    /** Reads the keys again where the store has a change. What goes wrong is logged and must not end the looking. */
    public void look() {
        synchronized (reading) {
            try {
                refresh();
                if (away) {
                    LOG.info("the virtual keys can be read again");
                }
                away = false;
            } catch (RuntimeException e) {
                if (!away) {
                    LOG.warn("the virtual keys can't be read, those that are known hold: {}", e.getMessage());
                }
                away = true;
            }
        }
    }

    /** Looks for changes no more. */
    @Override
    public void close() {
        thread.shutdown();
        Uninterrupted.run(() -> thread.awaitTermination(CLOSE_MAX.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void refresh() {
        long last = lastChange.getAsLong();
        if (last != seen) {
            byHash = byHash(keys.get());
            seen = last;
        }
    }

    private static Map<String, VirtualKey> byHash(List<VirtualKey> keys) {
        Map<String, VirtualKey> byHash = new HashMap<>();
        for (VirtualKey key : keys) {
            byHash.put(key.secret().hash(), key);
            if (key.former() != null) {
                byHash.put(key.former().hash(), key);
            }
        }
        return byHash;
    }
}
