package dev.reckoner.app.keys;

import dev.reckoner.app.command.ExitCodes;
import dev.reckoner.app.command.FormatOptions;
import dev.reckoner.app.command.ReadOptions;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.ledger.keys.VirtualKey;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code keys list}: the keys that hold, or all there ever were. */
@Command(name = "list", sortOptions = false, description = "List the keys that hold; --all lists the others too.")
final class KeysListCommand implements Callable<Integer> {
    private final Shell shell;
    private final Door door;

    @Option(names = "--all", description = "Keys that were revoked or have expired, too.")
    private boolean all;

    @Mixin
    private final FormatOptions format = new FormatOptions();

    @Mixin
    private final ReadOptions read = new ReadOptions();

    KeysListCommand(Shell shell, Door door) {
        this.shell = shell;
        this.door = door;
    }

    @Override
    public Integer call() {
        Instant now = shell.clock().instant();
        try (OpenBooks books = read.open(shell, door)) {
            List<VirtualKey> keys = books.keys().list().stream()
                    .filter(key -> all || key.state(now) == VirtualKey.State.VALID)
                    .toList();
            if (format.json()) {
                KeyData.json(shell.out(), keys, now);
            } else if (format.csv()) {
                KeyData.csv(shell.out(), keys, now);
            } else {
                new KeyText(shell).list(keys);
            }
        }
        return ExitCodes.FINE;
    }
}
