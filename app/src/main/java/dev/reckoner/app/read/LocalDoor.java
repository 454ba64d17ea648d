package dev.reckoner.app.read;

import dev.reckoner.app.alert.AlertDesk;
import dev.reckoner.config.RateTables;
import dev.reckoner.config.Settings;
import dev.reckoner.console.ReportsClient;
import dev.reckoner.console.ReportsFailed;
import dev.reckoner.ledger.Ledger;
import dev.reckoner.ledger.LedgerException;
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
            return remote(console);
        }
        Path directory = settings.ledger().directory();
        ServerFile server = ServerFile.read(directory);
        if (server == null || !server.alive()) {
            return files(settings);
        }
        OpenBooks running = remote(server.console());
        try {
            running.reports().lag();
            return running;
        } catch (ReportsFailed silent) {
            return filesBehind(settings, silent);
        }
    }

    private static OpenBooks remote(URI console) {
        ReportsClient client = new ReportsClient(console);
        return new OpenBooks(
                client, client, client, client, client, client, client, client, console.toString(), () -> {});
    }

    private OpenBooks files(Settings settings) {
        Path directory = settings.ledger().directory();
        if (!Files.isDirectory(directory)) {
            throw new LedgerException("no books in " + directory
                    + "; expected a ledger directory: start `reckoner serve`, or name another one with --ledger");
        }
        Ledger ledger = Ledger.openForReading(
                settings.ledger(), RateTables.load(settings.rating().ratesFiles()), clock);
        AlertDesk alerts =
                new AlertDesk(settings.alerts(), ledger.alerts(), ledger.outbox(), clock, new SplittableRandom());
        return new OpenBooks(
                ledger.reports(),
                ledger.corrections(),
                ledger.archive(),
                alerts,
                ledger.virtualKeys(),
                ledger.credits(),
                ledger.limits(),
                ledger.insights(),
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
