package dev.reckoner.app.reconcile;

import dev.reckoner.app.command.Shell;
import dev.reckoner.app.output.Numbers;
import dev.reckoner.app.output.Text;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.reconcile.chargeback.MonthSplit;
import dev.reckoner.reconcile.statement.ChargebackHtml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A directory of statements: a page for each owner, and an index, which is written last. */
final class StatementFiles {

    private final Shell shell;
    private final Path directory;

    StatementFiles(Shell shell, Path directory) {
        this.shell = shell;
        this.directory = directory;
    }

    /** Writes them, over those of an earlier time. */
    void write(MonthSplit split, Dimension by) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(new IOException(directory + " can't be made: " + e.getMessage(), e));
        }
        ChargebackHtml pages = new ChargebackHtml(split, by, shell.clock().instant());
        Map<String, String> owners = pages.owners();
        owners.forEach((owner, file) -> Written.write(directory.resolve(file), pages.statement(owner)));
        Written.write(directory.resolve("index.html"), pages.index());
        shell.err()
                .println("Wrote " + Numbers.count(owners.size()) + (owners.size() == 1 ? " statement" : " statements")
                        + " and index.html to " + Text.harmless(directory.toString()) + ".");
        shell.err().flush();
    }
}
