package dev.reckoner.app.command;

import dev.reckoner.app.output.Json;
import dev.reckoner.app.output.Numbers;
import dev.reckoner.app.output.Text;
import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.ledger.Audit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code verify}: audits the books, exit code 1 where something is wrong with them. */
@Command(name = "verify", sortOptions = false, description = "Audit the books: do rollups, lines and entries add up?")
final class VerifyCommand implements Callable<Integer> {
    private final Shell shell;
    private final Door door;

    @Option(
            names = {"-j", "--json"},
            description = "JSON.")
    private boolean json;

    @Mixin
    private final ReadOptions read = new ReadOptions();

    VerifyCommand(Shell shell, Door door) {
        this.shell = shell;
        this.door = door;
    }

    @Override
    public Integer call() {
        try (OpenBooks books = read.open(shell, door)) {
            Audit audit = books.reports().verify();
            if (json) {
                printJson(audit, books.source());
            } else {
                print(audit, books.source());
            }
            return audit.clean() ? ExitCodes.FINE : ExitCodes.FAILED;
        }
    }

    private void print(Audit audit, String source) {
        shell.out()
                .println("Audited " + Text.harmless(source) + ": "
                        + Numbers.count(audit.entries()) + " entries, "
                        + Numbers.count(audit.lines()) + " lines, "
                        + Numbers.count(audit.rollups()) + " rollups, "
                        + (audit.corrections() == 0 ? "" : Numbers.count(audit.corrections()) + " corrections, ")
                        + Numbers.count(audit.openings()) + " in flight.");
        if (audit.clean()) {
            shell.out().println("The books are in order.");
            return;
        }
        shell.out().println(Numbers.count(audit.findings().size()) + " found:");
        audit.findings().forEach(finding -> shell.out().println("  " + Text.harmless(finding)));
    }

    private void printJson(Audit audit, String source) {
        Json.print(shell.out(), false, object -> {
            object.field("clean", audit.clean());
            object.field("entries", audit.entries());
            object.field("lines", audit.lines());
            object.field("rollups", audit.rollups());
            object.field("openings", audit.openings());
            object.field("corrections", audit.corrections());
            object.array("findings", findings -> {
                for (String finding : audit.findings()) {
                    findings.item(finding);
                }
            });
            object.field("source", source);
        });
    }
}
