package dev.reckoner.app.demo;

import dev.reckoner.app.command.Shell;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.app.reconcile.ReconcileText;
import dev.reckoner.config.RateTables;
import dev.reckoner.reconcile.ReconcileRequest;
import dev.reckoner.reconcile.Reconciler;
import dev.reckoner.reconcile.Reconciliation;
import dev.reckoner.reconcile.booked.TableTiers;
import dev.reckoner.reconcile.kept.KeptReconciliations;
import dev.reckoner.reconcile.vendor.AdminApi;
import dev.reckoner.reconcile.vendor.KeptPages;
import dev.reckoner.reconcile.vendor.Pull;
import dev.reckoner.reconcile.vendor.Waiter;
import dev.reckoner.simulator.Counts;
import dev.reckoner.simulator.Simulator;
import dev.reckoner.simulator.admin.Billable;
import dev.reckoner.simulator.admin.Terms;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** The end of the demo: the simulator's bill, with a little that nobody sent through the proxy, against the books. */
final class DemoBill {

    /** A key of the vendor's form; the simulator takes any. */
    private static final String ADMIN_KEY = "sk-ant-admin01-demo";

    /** What lets the demo's server ask for the bill, too. */
    static final Map<String, String> ADMIN = Map.of("ANTHROPIC_ADMIN_KEY", ADMIN_KEY);

    /** The simulator's reports are complete at once, today's included. */
    private static final Duration LAG = Duration.ofDays(-1);

    private final Shell shell;
    private final Simulator simulator;

    DemoBill(Shell shell, Simulator simulator) {
        this.shell = shell;
        this.simulator = simulator;
    }

    /** Bills what the ledger can't know: a key that is used beside the proxy, and the vendor's own Console. */
    void plant() {
        Instant now = shell.clock().instant();
        String key =
                simulator.admin().key("nightly-job", "sk-ant-api03-nightly-job-of-nobody-in-particular-0000", null);
        Counts counts = new Counts(12_000, 0, 0, 0, 3_000, 0);
        simulator
                .admin()
                .bypassed(new Billable(now, now, Terms.of("claude-opus-5-5").key(key), 5, counts));
        simulator
                .admin()
                .console(new Billable(now, now, Terms.of("claude-sonnet-5-5"), 1, new Counts(900, 0, 0, 0, 400, 0)));
    }

    /** Reconciles the last days up to today, keeps the result for the console, and prints it. */
    void reconcile(OpenBooks books, int days) {
        LocalDate today = LocalDate.ofInstant(shell.clock().instant(), ZoneOffset.UTC);
        LocalDate first = today.minusDays(days - 1);
        ReconcileRequest request = new ReconcileRequest(first, today, BigDecimal.ZERO);
        AdminApi api = new AdminApi(simulator.url(), ADMIN_KEY, Waiter.real(), new Random());
        Reconciliation result = new Reconciler(
                        books.reports(), new TableTiers(RateTables.builtIn()), LAG, shell.clock())
                .reconcile(request, new Pull(api, new Unkept(), what -> {}).days(request.from(), request.until()));
        shell.out().println("And the vendor's bill? $ ./reckoner reconcile --from " + first + " --to " + today);
        shell.out().println();
        new ReconcileText(shell).print(new KeptReconciliations(books.archive()).keep(result));
        shell.out().println();
    }

    /** A demo asks once and goes on from nowhere. */
    private static final class Unkept implements KeptPages {
        @Override
        public Optional<String> find(String target) {
            return Optional.empty();
        }

        @Override
        public void keep(String target, String body) {
            // nothing to go on from
        }
    }
}
