package dev.reckoner.app.keys;

import dev.reckoner.app.command.ExitCodes;
import dev.reckoner.app.command.FormatOptions;
import dev.reckoner.app.command.ReadOptions;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.read.Account;
import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.ledger.keys.IssuedKey;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code keys rotate}: gives a key another secret; who it is for and its limits stay. */
@Command(
        name = "rotate",
        sortOptions = false,
        description = "Give a key another secret and print it, once; who it is for stays.")
final class KeysRotateCommand implements Callable<Integer> {
    private final Shell shell;
    private final Door door;

    @Parameters(paramLabel = "KEY", description = "Its id, its name, or the hint of its secret.")
    private String meant = "";

    @Option(
            names = "--grace",
            paramLabel = "SPAN",
            converter = Expiry.Grace.class,
            description = "How long the present secret holds beside it, such as 24h. Default: 0, ends at once.")
    private Duration grace = Duration.ZERO;

    @Mixin
    private final FormatOptions format = new FormatOptions();

    @Mixin
    private final ReadOptions read = new ReadOptions();

    KeysRotateCommand(Shell shell, Door door) {
        this.shell = shell;
        this.door = door;
    }

    @Override
    public Integer call() {
        try (OpenBooks books = read.open(shell, door)) {
            String id = Asking.find(books.keys(), meant).id();
            IssuedKey issued = books.keys().rotate(id, grace, Account.name());
            new KeyText(shell).issued(issued, format);
        }
        return ExitCodes.FINE;
    }
}
