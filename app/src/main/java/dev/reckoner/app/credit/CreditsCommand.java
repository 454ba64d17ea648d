package dev.reckoner.app.credit;

import dev.reckoner.app.command.ExitCodes;
import dev.reckoner.app.command.ReadOptions;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.ledger.credit.CreditStatement;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code credits}: what should be left of the prepaid credits, and how long it lasts. */
@Command(
        name = "credits",
        sortOptions = false,
        description = "Show what is left of prepaid credits by the books and the bill; say what the balance is.")
public final class CreditsCommand implements Callable<Integer> {
    private final Shell shell;
    private final Door door;

    @Option(
            names = {"-j", "--json"},
            description = "JSON; amounts are exact decimals in strings.")
    private boolean json;

    @Mixin
    private final ReadOptions read = new ReadOptions();

    private CreditsCommand(Shell shell, Door door) {
        this.shell = shell;
        this.door = door;
    }

    /** The command with those below it. */
    public static CommandLine withNotes(Shell shell, Door door) {
        return new CommandLine(new CreditsCommand(shell, door))
                .addSubcommand(new NoteCommands.Set(shell, door))
                .addSubcommand(new NoteCommands.Add(shell, door))
                .addSubcommand(new NoteCommands.AutoReload(shell, door))
                .addSubcommand(new NoteCommands.Warn(shell, door))
                .addSubcommand(new CreditsHistoryCommand(shell, door));
    }

    @Override
    public Integer call() {
        try (OpenBooks books = read.open(shell, door)) {
            Optional<CreditStatement> statement = Drawn.up(
                    books.credits().events(),
                    books.reports(),
                    books.archive(),
                    read.load(shell).alerts().creditsBelow(),
                    shell.clock().instant());
            if (statement.isEmpty()) {
                shell.err()
                        .println("reckoner: no balance was stated yet; say it with: reckoner credits set AMOUNT"
                                + " --at 2026-11-01T00:00Z");
                return ExitCodes.FAILED;
            }
            if (json) {
                StatementText.json(shell.out(), statement.get());
            } else {
                new StatementText(shell).print(statement.get());
            }
        }
        return ExitCodes.FINE;
    }
}
