package dev.reckoner.app.alert;

import dev.reckoner.app.output.Text;
import dev.reckoner.config.Settings.AlertSettings;
import dev.reckoner.ledger.LedgerException;
import dev.reckoner.ledger.alert.Alert;
import dev.reckoner.ledger.alert.AlertBook;
import dev.reckoner.ledger.alert.AlertQuery;
import dev.reckoner.ledger.alert.AlertQueue;
import dev.reckoner.ledger.alert.AlertQueue.Waiting;
import dev.reckoner.ledger.alert.Outbox;
import dev.reckoner.ledger.alert.StoredAlert;
import dev.reckoner.ledger.alert.StoredAlert.Delivery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes alerts out of the queue, keeps them in the outbox, and posts what is due there: at growing intervals until it is
 * taken or was tried often enough. While the store is away alerts wait in the queue and are posted once without being kept.
 *
 * <p>Its thread is its own and never interrupted; nobody waits for it.
 */
public final class AlertDesk implements AlertBook, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AlertDesk.class);

    private static final Duration ROUND_INTERVAL = Duration.ofMillis(250);
    private static final Duration BACKOFF_FIRST = Duration.ofSeconds(5);
    private static final Duration BACKOFF_MAX = Duration.ofHours(1);
    private static final Duration STORE_AWAY_PAUSE = Duration.ofSeconds(5);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(10);

    /** How often it is counted that what was said is raised again. */
    private static final Duration COUNT_INTERVAL = Duration.ofMinutes(1);

    private static final String NO_WEBHOOK = "alerts.webhook is not set";

    private final AlertSettings settings;
    private final AlertQueue queue;
    private final Outbox outbox;
    private final @Nullable Post post;
    private final Clock clock;
    private final RandomGenerator random;
    private final Duration lease;
    private volatile boolean closing;
    private @Nullable ScheduledExecutorService thread;
    private @Nullable Runnable watch;

    // the thread's own
    private final Unkept unkept;
    private final Recent counted = new Recent();
    private Instant notBefore = Instant.MIN;
    private long droppedSaid;

    /** A desk that nobody sits at yet: {@link #list} and {@link #test} work, alerts stay in the queue. */
    public AlertDesk(AlertSettings settings, AlertQueue queue, Outbox outbox, Clock clock, RandomGenerator random) {
        this(settings, queue, outbox, webhook(settings, clock), clock, random);
    }

    AlertDesk(
            AlertSettings settings,
            AlertQueue queue,
            Outbox outbox,
            @Nullable Post post,
            Clock clock,
            RandomGenerator random) {
        this.settings = settings;
        this.queue = queue;
        this.outbox = outbox;
        this.post = post;
        this.clock = clock;
        this.random = random;
        this.lease = settings.timeout().multipliedBy(3).plus(BACKOFF_FIRST);
        this.unkept = new Unkept(settings.repeatAfter());
    }

    private static @Nullable Post webhook(AlertSettings settings, Clock clock) {
        return settings.webhook() == null
                ? null
                : new Webhook(settings.webhook(), settings.secret(), settings.timeout(), clock);
    }

    /**
     * Begins.
     *
     * @param alone a thread for nothing else, which is shut down with this
     * @param watch looks for what nobody raises by itself; asked before each round
     */
    @SuppressWarnings("FutureReturnValueIgnored") // what goes wrong is logged where it does
    public void start(ScheduledExecutorService alone, Runnable watch) {
        this.thread = alone;
        this.watch = watch;
        alone.scheduleWithFixedDelay(this::quietly, 0, ROUND_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public List<StoredAlert> list(AlertQuery query) {
        return outbox.list(query);
    }

    @Override
    public StoredAlert test() {
        Instant now = clock.instant();
        Alert alert = new Alert(Alert.Kind.TEST, "test", now, "a test: alerts arrive here", Map.of());
        long id = outbox.keep(new Waiting(alert, 1), Duration.ZERO, Delivery.KEPT)
                .orElseThrow(() -> new LedgerException("a test was made at the same moment; try again"));
        StoredAlert kept = new StoredAlert(id, alert, 0, now, Delivery.KEPT, 0, null, null);
        Post to = post;
        if (to == null) {
            return new StoredAlert(id, alert, 0, now, Delivery.KEPT, 0, null, NO_WEBHOOK);
        }
        String problem = to.send(kept);
        if (problem == null) {
            Instant at = clock.instant();
            outbox.sent(id, at);
            return new StoredAlert(id, alert, 0, now, Delivery.SENT, 1, at, null);
        }
        outbox.failed(id, problem);
        return new StoredAlert(id, alert, 0, now, Delivery.FAILED, 1, null, problem);
    }

    /** Keeps what was raised, then posts one after the other, and keeps between them. */
    void round() {
        do {
            keepAll();
        } while (!closing && sendNext());
        sayDropped();
    }

    /** Ends; a post under way is broken off, and is made again at the next start. */
    @Override
    public void close() {
        closing = true;
        Post to = post;
        if (to != null) {
            to.close();
        }
        ScheduledExecutorService started = thread;
        if (started == null) {
            return;
        }
        started.shutdown();
        try {
            if (!started.awaitTermination(CLOSE_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("the thread of the alerts has not ended yet");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void quietly() {
        if (closing || clock.instant().isBefore(notBefore)) {
            return;
        }
        try {
            Runnable looking = watch;
            if (looking != null) {
                looking.run();
            }
            round();
        } catch (LedgerException e) {
            LOG.warn("alerts can't be kept or taken up now: {}", e.getMessage());
            notBefore = clock.instant().plus(STORE_AWAY_PAUSE);
        } catch (RuntimeException e) {
            LOG.error("alerts can't be handled now", e);
            notBefore = clock.instant().plus(STORE_AWAY_PAUSE);
        }
    }

    private void keepAll() {
        List<Waiting> taken = queue.take();
        Instant now = clock.instant();
        for (int i = 0; i < taken.size(); i++) {
            Waiting raised = taken.get(i);
            if (counted.within(raised.alert(), now, COUNT_INTERVAL)) {
                queue.put(raised);
                continue;
            }
            try {
                keep(raised);
                counted.put(raised.alert(), now);
            } catch (LedgerException e) {
                List<Waiting> left = taken.subList(i, taken.size());
                left.forEach(queue::put);
                left.forEach(this::sendUnkept);
                throw e;
            }
        }
    }

    private void keep(Waiting raised) {
        Alert alert = raised.alert();
        Instant now = clock.instant();
        boolean sent = unkept.sent(alert, now);
        Delivery state = post == null || sent ? Delivery.KEPT : Delivery.WAITING;
        Optional<Long> id = outbox.keep(raised, settings.repeatAfter(), state);
        if (id.isPresent()) {
            LOG.warn("alert {}: {}", id.get(), Text.harmless(alert.message()));
            if (sent) {
                outbox.sent(id.get(), now);
            }
        }
        unkept.forget(alert);
    }

    private void sendUnkept(Waiting raised) {
        Post to = post;
        Instant now = clock.instant();
        Alert alert = raised.alert();
        if (to == null || closing || !unkept.mayTry(alert, now)) {
            return;
        }
        StoredAlert asItIs = new StoredAlert(0, alert, raised.times() - 1, now, Delivery.WAITING, 1, null, null);
        unkept.tried(alert, now, to.send(asItIs) == null);
    }

    private boolean sendNext() {
        Post to = post;
        if (to == null) {
            return false;
        }
        StoredAlert due = outbox.claim(clock.instant(), lease).orElse(null);
        if (due == null) {
            return false;
        }
        String problem = to.send(due);
        if (problem == null) {
            outbox.sent(due.id(), clock.instant());
        } else if (!closing && due.attempts() >= settings.attemptsMax()) {
            LOG.warn("alert {} is given up after {} attempts, the last one: {}", due.id(), due.attempts(), problem);
            outbox.failed(due.id(), problem);
        } else {
            outbox.again(due.id(), clock.instant().plus(backoff(due.attempts())), problem);
        }
        return true;
    }

    /** Twice as long each time, up to an hour, and up to half of it less so that several don't come at once. */
    private Duration backoff(int attempts) {
        Duration whole = BACKOFF_FIRST.multipliedBy(1L << Math.min(attempts - 1, 20));
        Duration most = whole.compareTo(BACKOFF_MAX) > 0 ? BACKOFF_MAX : whole;
        return most.minusMillis(random.nextLong(most.toMillis() / 2));
    }

    private void sayDropped() {
        long dropped = queue.dropped();
        if (dropped > droppedSaid) {
            LOG.warn("{} alerts found no room in the queue and are lost", dropped - droppedSaid);
            droppedSaid = dropped;
        }
    }
}
