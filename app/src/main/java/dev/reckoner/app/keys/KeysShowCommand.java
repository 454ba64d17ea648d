package dev.reckoner.app.keys;

import dev.reckoner.app.command.ExitCodes;
import dev.reckoner.app.command.ReadOptions;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.ledger.keys.KeyChange;
import dev.reckoner.ledger.keys.VirtualKey;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code keys show}: all that is known of a key, and what was done to it. */
@Command(name = "show", sortOptions = false, description = "Show all that is known of a key, and what was done to it.")
final class KeysShowCommand implements Callable<Integer> {
    private final Shell shell;
    private final Door door;

    @Parameters(paramLabel = "KEY", description = "Its id, its name, or the hint of its secret.")
    private String meant = "";

    @Option(
            names = {"-j", "--json"},
            description = "JSON.")
    private boolean json;

    @Mixin
    private final ReadOptions read = new ReadOptions();

    KeysShowCommand(Shell shell, Door door) {
        this.shell = shell;
        this.door = door;
    }

    @Override
    public Integer call() {
        try (OpenBooks books = read.open(shell, door)) {
            VirtualKey key = Asking.find(books.keys(), meant);
            List<KeyChange> changes = books.keys().changes(key.id());
            if (json) {
                KeyData.json(shell.out(), key, changes, shell.clock().instant());
            } else {
                new KeyText(shell).show(key, changes);
            }
        }
        return ExitCodes.FINE;
    }
}
