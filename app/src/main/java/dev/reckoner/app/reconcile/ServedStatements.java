package dev.reckoner.app.reconcile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckoner.app.command.CommandFailure;
import dev.reckoner.app.credit.Drawn;
import dev.reckoner.config.Settings;
import dev.reckoner.console.Statements;
import dev.reckoner.ledger.Archive;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.Ledger;
import dev.reckoner.ledger.LedgerException;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.credit.CreditStatement;
import dev.reckoner.reconcile.ReconcileRequest;
import dev.reckoner.reconcile.Reconciliation;
import dev.reckoner.reconcile.chargeback.MonthSplit;
import dev.reckoner.reconcile.chargeback.Months;
import dev.reckoner.reconcile.kept.KeptReconciliations;
import dev.reckoner.reconcile.kept.UnstatedTime;
import dev.reckoner.reconcile.statement.ChargebackHtml;
import dev.reckoner.reconcile.statement.Headline;
import dev.reckoner.reconcile.statement.ReconciliationHtml;
import dev.reckoner.reconcile.statement.ReconciliationJson;
import dev.reckoner.reconcile.vendor.AdminApiException;
import dev.reckoner.reconcile.vendor.Pulled;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The statements of a running server. What asks the vendor does so on a thread of its own, one after the other, which is
 * broken off when the server ends; the pages that were pulled stay, and the next one goes on from them.
 */
public final class ServedStatements implements Statements, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServedStatements.class);

    /** More months than anybody looks at between two starts. */
    private static final int SPLITS_MAX = 120;

    private final Settings settings;
    private final Ledger ledger;
    private final Archive archive;
    private final Map<String, String> env;
    private final Clock clock;
    private final StoreGate gate = new StoreGate();
    private final UnstatedTime unstated;
    private final Map<YearMonth, MonthSplit> splits = new ConcurrentHashMap<>();
    private final ExecutorService asking = Executors.newSingleThreadExecutor(work -> {
        Thread named = new Thread(work, "statements");
        named.setDaemon(true);
        return named;
    });

    /**
     * Draws up nothing before it is asked to.
     *
     * @param env may hold the Admin key; it is looked for whenever the vendor is asked
     */
    public ServedStatements(Settings settings, Ledger ledger, Map<String, String> env, Clock clock) {
        this.settings = settings;
        this.ledger = ledger;
        this.archive = gate.before(ledger.archive());
        this.unstated = new UnstatedTime(ledger.archive());
        this.env = env;
        this.clock = clock;
    }

    @Override
    public Optional<CreditStatement> credits() {
        return Drawn.up(
                ledger.credits().events(),
                ledger.reports(),
                ledger.archive(),
                settings.alerts().creditsBelow(),
                clock.instant());
    }

    @Override
    public List<String> reconciliations(int limit) {
        return new KeptReconciliations(ledger.archive())
                .latest(limit).stream().map(ServedStatements::summary).toList();
    }

    @Override
    public Optional<String> reconciliation(String id) {
        return kept(id).map(found -> json(found).toString());
    }

    @Override
    public Optional<String> reconciliationHtml(String id) {
        return kept(id).map(ReconciliationHtml::of);
    }

    @Override
    public String reconcile(LocalDate from, LocalDate to) {
        if (to.isBefore(from)) {
            throw new Unavailable("found days that end before they start, expected from not after to", null);
        }
        ReconcileRequest request = new ReconcileRequest(from, to, BigDecimal.ZERO);
        return ask(() -> {
            Pulled pulled = pull(request);
            Reconciliation result = gate.pass(() ->
                    BillOptions.reconciler(settings, ledger.reports(), clock).reconcile(request, pulled));
            return new KeptReconciliations(archive).keep(result).id();
        });
    }

    @Override
    public Statements.Unstated unstated(LocalDate from, LocalDate to) {
        UnstatedTime.Sums sums = unstated.of(from, to);
        return new Statements.Unstated(sums.days(), sums.codeExecution(), sums.sessionTime());
    }

    @Override
    public Optional<String> chargeback(YearMonth month, Dimension by) {
        return known(month).map(split -> {
            StringWriter text = new StringWriter();
            new ChargebackData(new PrintWriter(text, true), split, by).json();
            return text.toString();
        });
    }

    @Override
    public Optional<String> chargebackHtml(YearMonth month, Dimension by) {
        return known(month).map(split -> new ChargebackHtml(split, by, clock.instant()).whole());
    }

    @Override
    public void split(YearMonth month) {
        LocalDate yesterday =
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(1);
        LocalDate last = month.atEndOfMonth().isAfter(yesterday) ? yesterday : month.atEndOfMonth();
        if (last.isBefore(month.atDay(1))) {
            throw new Unavailable("no day of " + month + " is over yet, so there is no bill of it", null);
        }
        MonthSplit split = ask(() -> months().split(month, last, Months.OWNERS));
        if (splits.size() >= SPLITS_MAX) {
            splits.clear();
        }
        splits.put(month, split);
    }

    /** Breaks off what asks the vendor; what reads or writes the store ends first. */
    @Override
    public void close() {
        gate.close(asking::shutdownNow);
    }

    private Optional<MonthSplit> known(YearMonth month) {
        Optional<MonthSplit> closed = months().closed(month);
        return closed.isPresent() ? closed : Optional.ofNullable(splits.get(month));
    }

    private Months months() {
        Reports reports = ledger.reports();
        return new Months(reports, archive, BillOptions.reconciler(settings, reports, clock), this::pull);
    }

    private Pulled pull(ReconcileRequest request) {
        return new AdminPull(settings, archive, env, clock, LOG::debug).days(request);
    }

    private Optional<Reconciliation> kept(String id) {
        return new KeptReconciliations(ledger.archive()).find(id);
    }

    private static String summary(Reconciliation reconciliation) {
        ObjectNode json = json(reconciliation);
        json.remove("variances");
        if (json.get("coverage") instanceof ObjectNode coverage) {
            coverage.remove(List.of("by_key", "by_workspace", "by_model", "by_day"));
        }
        return json.toString();
    }

    private static ObjectNode json(Reconciliation reconciliation) {
        return ReconciliationJson.of(reconciliation).put("headline", Headline.of(reconciliation));
    }

    private <T> T ask(Callable<T> work) {
        try {
            return asking.submit(work).get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof CommandFailure
                    || cause instanceof AdminApiException
                    || cause instanceof LedgerException) {
                throw new Unavailable(String.valueOf(cause.getMessage()), cause);
            }
            if (cause instanceof CancellationException) {
                throw new Unavailable("the server is stopping", cause);
            }
            throw new IllegalStateException("the bill could not be worked on", cause);
        } catch (RejectedExecutionException e) {
            throw new Unavailable("the server is stopping", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("the server is stopping", e);
        }
    }
}
