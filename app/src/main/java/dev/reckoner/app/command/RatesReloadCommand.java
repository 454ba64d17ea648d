package dev.reckoner.app.command;

import dev.reckoner.app.output.Json;
import dev.reckoner.app.output.Numbers;
import dev.reckoner.app.output.Text;
import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.ledger.ReloadedRates;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code rates reload}: has the running server read its rate files again at once. */
@Command(
        name = "reload",
        sortOptions = false,
        description = "Have the running server read its rate files again now, and rate what was pending.")
final class RatesReloadCommand implements Callable<Integer> {
    private final Shell shell;
    private final Door door;

    @Option(
            names = {"-j", "--json"},
            description = "JSON.")
    private boolean json;

    @Mixin
    private final ReadOptions read = new ReadOptions();

    RatesReloadCommand(Shell shell, Door door) {
        this.shell = shell;
        this.door = door;
    }

    @Override
    public Integer call() {
        try (OpenBooks books = read.open(shell, door)) {
            ReloadedRates reloaded = books.corrections().reloadRates();
            if (json) {
                printJson(reloaded);
            } else {
                print(reloaded);
            }
        }
        return ExitCodes.FINE;
    }

    private void print(ReloadedRates reloaded) {
        shell.out()
                .println("The server rates by table " + Text.harmless(reloaded.version()) + ", "
                        + Numbers.count(reloaded.rows()) + " rows, "
                        + (reloaded.changed() ? "from now on." : "as before."));
        long rated = reloaded.pending().changed();
        long left = reloaded.pending().entries() - rated;
        shell.out()
                .println("Rated now that were pending: " + Numbers.count(rated) + "; still pending: "
                        + Numbers.count(left) + ".");
    }

    private void printJson(ReloadedRates reloaded) {
        Json.print(shell.out(), false, object -> {
            object.field("ratesVersion", reloaded.version());
            object.field("rows", reloaded.rows());
            object.field("changed", reloaded.changed());
            object.field("rated", reloaded.pending().changed());
            object.field(
                    "pending", reloaded.pending().entries() - reloaded.pending().changed());
        });
    }
}
