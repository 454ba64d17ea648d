package dev.reckoner.app.reconcile;

import dev.reckoner.app.command.Shell;
import dev.reckoner.config.RateTable;
import dev.reckoner.config.RateTables;
import dev.reckoner.config.Settings;
import dev.reckoner.ledger.Archive;
import dev.reckoner.ledger.Reports;
import dev.reckoner.reconcile.ReconcileRequest;
import dev.reckoner.reconcile.Reconciler;
import dev.reckoner.reconcile.booked.TableTiers;
import dev.reckoner.reconcile.saved.SavedReports;
import dev.reckoner.reconcile.vendor.Pulled;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say where the vendor's bill is read from: the Admin API, saved pages of it, or exports. */
final class BillOptions {

    @Option(
            names = "--from-file",
            paramLabel = "FILE",
            arity = "1..*",
            description = "Read saved pages of the Admin API (JSON), or the Console's exports of usage and cost (CSV),"
                    + " instead of asking the vendor.")
    private List<Path> files = List.of();

    /** The bill of some days. */
    Pulled pull(Shell shell, Settings settings, Archive archive, ReconcileRequest request) {
        return files.isEmpty()
                ? new AdminPull(shell, settings, archive).days(request)
                : SavedReports.read(files, rates(settings), request);
    }

    /** What compares bills with the books. */
    static Reconciler reconciler(Settings settings, Reports reports, Clock clock) {
        TableTiers tiers = new TableTiers(rates(settings));
        return new Reconciler(reports, tiers, settings.reconcile().lag(), clock);
    }

    private static RateTable rates(Settings settings) {
        return RateTables.load(settings.rating().ratesFiles());
    }
}
