package dev.reckoner.app.limits;

import dev.reckoner.app.command.Shell;
import dev.reckoner.app.read.Door;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code limits}: without a command of its own it is wrong use. */
@Command(
        name = "limits",
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        description = "List, set, remove and suggest limits: budgets, rates, concurrency, models.")
public final class LimitsCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    private LimitsCommand() {}

    /** The command with all below it. */
    public static CommandLine whole(Shell shell, Door door) {
        return new CommandLine(new LimitsCommand())
                .addSubcommand(new LimitsListCommand(shell, door))
                .addSubcommand(new LimitsSetCommand(shell, door))
                .addSubcommand(new LimitsRemoveCommand(shell, door))
                .addSubcommand(new LimitsShowCommand(shell, door))
                .addSubcommand(new LimitsSuggestCommand(shell, door));
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Missing command: expected one of "
                            + String.join(", ", spec.subcommands().keySet()));
        }
    }
}
