package dev.reckoner.app.limits;

import dev.reckoner.app.command.ExitCodes;
import dev.reckoner.app.command.ReadOptions;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.output.Text;
import dev.reckoner.app.read.Account;
import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.ledger.limit.Limit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The command {@code limits remove}: a limit that holds no longer. */
@Command(name = "remove", sortOptions = false, description = "Remove a limit; it holds no longer.")
final class LimitsRemoveCommand implements Callable<Integer> {
    private final Shell shell;
    private final Door door;

    @Parameters(arity = "1..*", paramLabel = "LIMIT", description = "Its id, or as the list has it: user=* 50/day")
    private List<String> words = List.of();

    @Mixin
    private final ReadOptions read = new ReadOptions();

    LimitsRemoveCommand(Shell shell, Door door) {
        this.shell = shell;
        this.door = door;
    }

    @Override
    public Integer call() {
        try (OpenBooks books = read.open(shell, door)) {
            Limit named = RuleWords.named(books.limits().standings(), words);
            Limit limit = books.limits().remove(named.id(), Account.name());
            shell.out().println("Removed: " + Text.harmless(limit.rule().toString()) + " (" + limit.id() + ")");
        }
        return ExitCodes.FINE;
    }
}
