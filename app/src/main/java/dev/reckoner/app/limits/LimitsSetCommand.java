package dev.reckoner.app.limits;

import dev.reckoner.app.command.ExitCodes;
import dev.reckoner.app.command.ReadOptions;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.output.Text;
import dev.reckoner.app.read.Account;
import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.config.LimitRule;
import dev.reckoner.ledger.limit.Limit;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code limits set}: a new limit, or another value for one that limits the same. */
@Command(
        name = "set",
        sortOptions = false,
        description = {
            "Set a limit, or give one that limits the same another value. It holds at once.",
            "WHOM: all, or user=, team=, project=, key=, tag= with a name, or * for each.",
            "WHAT: 50/day, /week or /month in USD [ZONE]; 400000 itpm; 80000 otpm; 60 rpm;",
            "8 concurrent; models ID…"
        })
final class LimitsSetCommand implements Callable<Integer> {
    private final Shell shell;
    private final Door door;

    @Parameters(arity = "2..*", paramLabel = "WHOM WHAT", description = "Such as: user=* 50/day Europe/Berlin")
    private List<String> words = List.of();

    @Mixin
    private final ReadOptions read = new ReadOptions();

    @Spec
    private @Nullable CommandSpec spec;

    LimitsSetCommand(Shell shell, Door door) {
        this.shell = shell;
        this.door = door;
    }

    @Override
    public Integer call() {
        LimitRule rule = RuleWords.rule(words, spec);
        try (OpenBooks books = read.open(shell, door)) {
            Limit limit = books.limits().set(rule, Account.name());
            shell.out().println("Set: " + Text.harmless(limit.rule().toString()) + " (" + limit.id() + ")");
        }
        return ExitCodes.FINE;
    }
}
