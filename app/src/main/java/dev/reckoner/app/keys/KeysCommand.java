package dev.reckoner.app.keys;

import dev.reckoner.app.command.Shell;
import dev.reckoner.app.read.Door;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code keys}: without a command of its own it is wrong use. */
@Command(
        name = "keys",
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        description = "Create, list, show, revoke and rotate keys of your own, one per person or app.")
public final class KeysCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    private KeysCommand() {}

    /** The command with all below it. */
    public static CommandLine whole(Shell shell, Door door) {
        return new CommandLine(new KeysCommand())
                .addSubcommand(new KeysCreateCommand(shell, door))
                .addSubcommand(new KeysListCommand(shell, door))
                .addSubcommand(new KeysShowCommand(shell, door))
                .addSubcommand(new KeysRevokeCommand(shell, door))
                .addSubcommand(new KeysRotateCommand(shell, door));
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
