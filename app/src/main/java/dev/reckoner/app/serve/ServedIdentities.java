package dev.reckoner.app.serve;

import dev.reckoner.config.Settings;
import dev.reckoner.ledger.Ledger;
import dev.reckoner.ledger.Uninterrupted;
import dev.reckoner.proxy.attribute.Identities;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a running server knows of those who ask; one thread looks at the files it knows it from. */
final class ServedIdentities implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServedIdentities.class);
    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(2);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(5);

    private final ServedCredentials credentials;
    private final ServedPeople people;
    private final Ledger ledger;
    private final ScheduledExecutorService thread;

    /**
     * Reads everything once.
     *
     * @throws dev.reckoner.config.ConfigException where the file of people has a mistake
     */
    ServedIdentities(Ledger ledger, Settings.AttributionSettings settings, Map<String, String> env) {
        this.ledger = ledger;
        this.credentials = new ServedCredentials(settings.credentials(), env, ledger.keys());
        this.people = new ServedPeople(settings.people());
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread named = new Thread(work, "identities");
            named.setDaemon(true);
            return named;
        });
    }

    /** For the proxy. */
    Identities identities() {
        return new Identities(ledger.keys(), ledger.knownKeys(), credentials, people);
    }

    /** Begins to look at the files. */
    @SuppressWarnings("FutureReturnValueIgnored") // what goes wrong is logged where it does
    void start() {
        long millis = LOOK_INTERVAL.toMillis();
        thread.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Looks no more. */
    @Override
    public void close() {
        thread.shutdown();
        Uninterrupted.run(() -> thread.awaitTermination(CLOSE_MAX.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** What goes wrong must not end the looking. */
    void look() {
        try {
            credentials.look();
            people.look();
        } catch (RuntimeException e) {
            LOG.error("the files of credentials and people could not be looked after", e);
        }
    }
}
