package dev.reckoner.app.reconcile;

import dev.reckoner.app.command.CommandFailure;
import dev.reckoner.app.output.Text;
import dev.reckoner.config.Settings;
import dev.reckoner.ledger.Archive;
import dev.reckoner.ledger.LedgerException;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.alert.Alert;
import dev.reckoner.ledger.alert.Alerts;
import dev.reckoner.reconcile.Coverage.Bypass;
import dev.reckoner.reconcile.ReconcileRequest;
import dev.reckoner.reconcile.Reconciliation;
import dev.reckoner.reconcile.kept.KeptReconciliations;
import dev.reckoner.reconcile.statement.Headline;
import dev.reckoner.reconcile.vendor.AdminApiException;
import dev.reckoner.reconcile.vendor.Pulled;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reconciles the last days once a day, as soon as the vendor's reports of yesterday are complete, and says in the log what
 * came of it. Which days are done is kept beside the results, so that a run that was missed is made up at the next start,
 * and servers on one ledger don't do it twice. Its thread blocks; it is no event loop's.
 */
public final class DailyReconciliation implements AutoCloseable {

    /** What a run is called in the archive; the document's name is the day after the last that it reconciled. */
    static final String KIND = "daily";

    private static final Duration LOOK_INTERVAL = Duration.ofMinutes(1);
    private static final Duration AGAIN_AFTER = Duration.ofHours(1);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(10);

    private final Settings settings;
    private final Reports reports;
    private final Archive archive;
    private final Map<String, String> env;
    private final Clock clock;
    private final Logger log;
    private final Alerts alerts;
    private final StoreGate gate = new StoreGate();
    private @Nullable ScheduledExecutorService thread;

    // the thread's own
    private Instant notBefore = Instant.MIN;

    /** Where it is said what came of a run. */
    record Told(Logger log, Alerts alerts) {}

    /**
     * A schedule that has not begun.
     *
     * @param env may hold the Admin key; it is looked for at each run
     */
    public DailyReconciliation(
            Settings settings, Reports reports, Archive archive, Map<String, String> env, Clock clock, Alerts alerts) {
        this(
                settings,
                reports,
                archive,
                env,
                clock,
                new Told(LoggerFactory.getLogger(DailyReconciliation.class), alerts));
    }

    DailyReconciliation(
            Settings settings, Reports reports, Archive archive, Map<String, String> env, Clock clock, Told told) {
        this.settings = settings;
        this.reports = reports;
        this.archive = gate.before(archive);
        this.env = env;
        this.clock = clock;
        this.log = told.log();
        this.alerts = told.alerts();
    }

    /**
     * Begins; a run that is due is made at once.
     *
     * @param alone a thread for nothing else, which is shut down with this
     */
    @SuppressWarnings("FutureReturnValueIgnored") // what goes wrong is logged where it does
    public void start(ScheduledExecutorService alone) {
        thread = alone;
        alone.scheduleWithFixedDelay(this::look, 0, LOOK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Runs where a run is due; an hour after one that failed at the soonest. */
    void look() {
        Instant now = clock.instant();
        if (now.isBefore(notBefore)) {
            return;
        }
        try {
            LocalDate due = LocalDate.ofInstant(now.minus(settings.reconcile().lag()), ZoneOffset.UTC);
            if (!made(due)) {
                run(due);
            }
        } catch (CommandFailure | AdminApiException | LedgerException e) {
            failed(now, e);
        } catch (RuntimeException e) {
            if (!gate.closed()) {
                log.error("the daily reconciliation failed; trying again in an hour", e);
            }
            notBefore = now.plus(AGAIN_AFTER);
        }
    }

    private void failed(Instant now, RuntimeException why) {
        if (gate.closed()) {
            log.debug("the daily reconciliation ends");
            return;
        }
        log.warn(
                "the daily reconciliation could not be made and is tried again in an hour: {}",
                Text.harmless(String.valueOf(why.getMessage())));
        notBefore = now.plus(AGAIN_AFTER);
    }

    private boolean made(LocalDate due) {
        return archive.find(KIND, due.toString()).isPresent();
    }

    private void run(LocalDate due) {
        ReconcileRequest request =
                new ReconcileRequest(due.minusDays(settings.reconcile().days()), due.minusDays(1), BigDecimal.ZERO);
        Pulled pulled = new AdminPull(settings, archive, env, clock, log::debug).days(request);
        Reconciliation result =
                gate.pass(() -> BillOptions.reconciler(settings, reports, clock).reconcile(request, pulled));
        if (made(due)) {
            log.info("another server on this ledger has made the daily reconciliation meanwhile");
            return;
        }
        Reconciliation kept = new KeptReconciliations(archive).keep(result);
        archive.keep(KIND, due.toString(), kept.id());
        tell(kept);
    }

    private void tell(Reconciliation kept) {
        String headline = Text.harmless(Headline.of(kept));
        if (kept.matched()) {
            log.info("{} to {}: {} ({})", kept.from(), kept.to(), headline, kept.id());
        } else {
            log.warn("{} to {}: {} ({})", kept.from(), kept.to(), headline, kept.id());
            alerts.raise(new Alert(
                    Alert.Kind.VARIANCE,
                    kept.from() + " to " + kept.to(),
                    clock.instant(),
                    "the bill of " + kept.from() + " to " + kept.to() + ": " + headline
                            + "; see reckoner reconcile show " + kept.id(),
                    Map.of("from", kept.from().toString(), "to", kept.to().toString(), "reconciliation", kept.id())));
        }
        for (Bypass key : kept.result().coverage().bypassing()) {
            if (key.news()) {
                log.warn(
                        "a key bypasses the proxy that didn't before: {}{}, {} tokens, {} billed, since {}",
                        Text.harmless(key.called()),
                        key.apiKeyId() == null || key.name() == null ? "" : " (" + Text.harmless(key.apiKeyId()) + ")",
                        key.tokens(),
                        Headline.usd(key.amount()),
                        key.firstDay());
                alerts.raise(bypass(key));
            }
        }
    }

    private Alert bypass(Bypass key) {
        String id = key.apiKeyId() == null ? "no key" : key.apiKeyId();
        return new Alert(
                Alert.Kind.BYPASS,
                id,
                clock.instant(),
                "a key bypasses the proxy that didn't before: " + Text.harmless(key.called()) + ", " + key.tokens()
                        + " tokens, " + Headline.usd(key.amount()) + " billed, since " + key.firstDay(),
                Map.of("key", id, "tokens", String.valueOf(key.tokens()), "first_day", String.valueOf(key.firstDay())));
    }

    /** Ends; a pull under way is broken off, and the next run goes on from its pages. */
    @Override
    public void close() {
        ScheduledExecutorService started = thread;
        if (started == null) {
            return;
        }
        gate.close(started::shutdownNow);
        try {
            if (!started.awaitTermination(CLOSE_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("the thread of the daily reconciliation has not ended yet");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
