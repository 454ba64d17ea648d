package dev.reckoner.proxy.collect;

import dev.reckoner.ledger.BatchRecord;
import dev.reckoner.ledger.Batches;
import dev.reckoner.ledger.Uninterrupted;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks about batches that are not collected, and downloads the results of those that have ended, one after the other
 * on a thread of its own. It is an ordinary client of the proxy: what it downloads it drops, since the tap on the way
 * has booked it. So nothing about booking, back-pressure or durability is done twice.
 *
 * <p>A batch that can't be asked about is asked again ever more seldom; one that the vendor doesn't know (any more) is
 * left alone until the next start.
 */
public final class Collector implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);

    /** Results are kept for 29 days after the creation (api-facts §2.1). */
    private static final Duration RESULTS_KEPT = Duration.ofDays(29);

    private static final Duration BACKOFF_MAX = Duration.ofHours(1);
    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    private static final Duration HEAD_MAX = Duration.ofMinutes(10);

    /** Batches asked about in one round. */
    private static final int ROUND_MAX = 100;

    private static final String PATH = "/v1/messages/batches/";
    private static final String VERSION = "2023-06-01";
    private static final String AGENT = "reckoner-collector";
    private static final int FOUND = 200;
    private static final int NOT_FOUND = 404;

    private final URI proxy;
    private final Batches batches;
    private final BatchKeys keys;
    private final @Nullable String configuredKey;
    private final Duration interval;
    private final Clock clock;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(ProxySelector.of(null))
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_MAX)
            .build();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "batch-collector");

    // the thread's own
    private final Map<String, Pause> pauses = new HashMap<>();
    private final Set<String> unknown = new HashSet<>();

    /** When a batch that could not be asked about may be asked about again. */
    private record Pause(Duration length, Instant until) {}

    /**
     * A collector that has not begun.
     *
     * @param proxy the proxy's own listener
     * @param configuredKey used where the key that created a batch isn't known; null for none
     * @param interval between two rounds
     */
    public Collector(
            URI proxy,
            Batches batches,
            BatchKeys keys,
            @Nullable String configuredKey,
            Duration interval,
            Clock clock) {
        this.proxy = proxy;
        this.batches = batches;
        this.keys = keys;
        this.configuredKey = configuredKey;
        this.interval = interval;
        this.clock = clock;
        thread.setDaemon(true);
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    /** Ends; a download that is under way is broken off and stays uncollected. */
    @Override
    public void close() {
        stopped.countDown();
        thread.interrupt();
        Uninterrupted.join(thread);
    }

    private void run() {
        try {
            while (!stopped.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                round();
            }
        } catch (InterruptedException e) {
            LOG.debug("the collector of batches ends");
        }
    }

    private void round() throws InterruptedException {
        int asked = 0;
        for (BatchRecord batch : batches.outstanding()) {
            if (asked < ROUND_MAX && due(batch)) {
                asked++;
                collect(batch);
            }
        }
    }

    private boolean due(BatchRecord batch) {
        Instant now = clock.instant();
        Instant created = batch.state().createdAt() == null
                ? batch.seenAt()
                : batch.state().createdAt();
        Pause pause = pauses.get(batch.id());
        return created.plus(RESULTS_KEPT).isAfter(now)
                && !unknown.contains(batch.id())
                && (pause == null || !pause.until().isAfter(now))
                && fields(batch.id()) != null;
    }

    private void collect(BatchRecord batch) throws InterruptedException {
        int status = batch.state().ended() ? FOUND : get(batch.id(), "");
        BatchRecord now = batches.find(batch.id());
        if (status == FOUND && now != null && now.state().ended()) {
            status = get(batch.id(), "/results");
        }
        if (status == FOUND) {
            pauses.remove(batch.id());
        } else if (status == NOT_FOUND) {
            LOG.info("batch {}: the upstream doesn't know it; its results are not collected", batch.id());
            unknown.add(batch.id());
        } else {
            pause(batch.id(), status);
        }
        BatchRecord after = batches.find(batch.id());
        if (after != null && after.collectedAt() != null) {
            LOG.info("batch {}: its results were collected", batch.id());
            keys.forget(batch.id());
        }
    }

    private void pause(String batchId, int status) {
        Pause before = pauses.get(batchId);
        Duration length = before == null ? interval : before.length().multipliedBy(2);
        Duration bounded = length.compareTo(BACKOFF_MAX) < 0 ? length : BACKOFF_MAX;
        pauses.put(batchId, new Pause(bounded, clock.instant().plus(bounded)));
        LOG.warn(
                "batch {}: asking about it was answered with {}, expected 200; the next try is in {} s",
                batchId,
                status,
                bounded.toSeconds());
    }

    /** The status of the answer, 0 where none came whole. */
    private int get(String batchId, String rest) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(proxy.resolve(PATH + batchId + rest))
                .timeout(HEAD_MAX)
                .header("user-agent", AGENT);
        Map<String, String> fields = fields(batchId);
        if (fields != null) {
            fields.forEach(request::header);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException | IllegalArgumentException e) {
            LOG.debug("batch {}: could not be asked about", batchId, e);
            return 0;
        }
    }

    private @Nullable Map<String, String> fields(String batchId) {
        Map<String, String> creators = keys.find(batchId);
        if (creators != null || configuredKey == null) {
            return creators;
        }
        return Map.of("x-api-key", configuredKey, "anthropic-version", VERSION);
    }
}
