package dev.reckoner.app.keys;

import dev.reckoner.app.command.ExitCodes;
import dev.reckoner.app.command.ReadOptions;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.output.Text;
import dev.reckoner.app.read.Account;
import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.ledger.keys.VirtualKey;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code keys revoke}: ends a key at once. */
@Command(
        name = "revoke",
        sortOptions = false,
        description = "End a key, within a second on every proxy that shares the books.")
final class KeysRevokeCommand implements Callable<Integer> {
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

    KeysRevokeCommand(Shell shell, Door door) {
        this.shell = shell;
        this.door = door;
    }

    @Override
    public Integer call() {
        try (OpenBooks books = read.open(shell, door)) {
            String id = Asking.find(books.keys(), meant).id();
            VirtualKey revoked = books.keys().revoke(id, Account.name());
            if (json) {
                KeyData.json(shell.out(), revoked, List.of(), shell.clock().instant());
            } else {
                shell.out()
                        .println("Revoked " + Text.harmless(KeyText.called(revoked)) + ": it holds no longer since "
                                + revoked.revokedAt() + ".");
            }
        }
        return ExitCodes.FINE;
    }
}
