package dev.reckoner.app.read;

import dev.reckoner.app.alert.AlertDesk;
import dev.reckoner.config.RateTables;
import dev.reckoner.config.Settings;
import dev.reckoner.console.ReportsClient;
import dev.reckoner.console.ReportsFailed;
import dev.reckoner.ledger.Ledger;
import dev.reckoner.ledger.LedgerException;
import dev.reckoner.ledger.trail.Actor;
import dev.reckoner.ledger.trail.TrailedAlerts;
import dev.reckoner.ledger.trail.TrailedArchive;
import dev.reckoner.ledger.trail.TrailedCorrections;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Opens the books of this machine: by the console that was named, by the server that runs on the ledger directory, or,
 * where none runs, from the files.
 */
public final class LocalDoor implements Door {
    private final Clock clock;

    public LocalDoor(Clock clock) {
        this.clock = clock;
    }

    @Override
    public OpenBooks open(Settings settings, @Nullable URI console) {
        if (console != null) {
            return remote(console, settings.console().token());
        }
        Path directory = settings.ledger().directory();
        ServerFile server = ServerFile.read(directory);
        if (server == null || !server.alive()) {
            return files(settings);
        }
        OpenBooks running = remote(server.console(), server.token().isEmpty() ? null : server.token());
        try {
            running.reports().lag();
            return running;
        } catch (ReportsFailed silent) {
            return filesBehind(settings, silent);
        }
    }

    private static OpenBooks remote(URI console, @Nullable String token) {
        ReportsClient client = new ReportsClient(console, token);
        return new OpenBooks(
                client, client, client, client, client, client, client, client, client, console.toString(), () -> {});
    }

    private OpenBooks files(Settings settings) {
        Path directory = settings.ledger().directory();
        if (!Files.isDirectory(directory)) {
            throw new LedgerException("no books in " + directory
                    + "; expected a ledger directory: start `reckoner serve`, or name another one with --ledger");
        }
        Ledger ledger = Ledger.openForReading(
                settings.ledger(), RateTables.load(settings.rating().ratesFiles()), clock);
        Actor here = new Actor(Account.name(), "");
        AlertDesk alerts =
                new AlertDesk(settings.alerts(), ledger.alerts(), ledger.outbox(), clock, new SplittableRandom());
        return new OpenBooks(
                ledger.reports(),
                new TrailedCorrections(ledger.corrections(), ledger.trail(), here),
                new TrailedArchive(ledger.archive(), ledger.trail(), here),
                new TrailedAlerts(alerts, ledger.trail(), here),
                ledger.virtualKeys(),
                ledger.credits(),
                ledger.limits(),
                ledger.insights(),
                ledger.trail(),
                directory.toString(),
                ledger::close);
    }

    /** The files where a server is said to run but doesn't answer: another process may have its number by now. */
    private OpenBooks filesBehind(Settings settings, ReportsFailed silent) {
        try {
            return files(settings);
        } catch (LedgerException e) {
            throw new LedgerException(silent.getMessage() + "; and its files can't be opened: " + e.getMessage(), e);
        }
    }
}
