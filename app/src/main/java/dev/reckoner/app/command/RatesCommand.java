package dev.reckoner.app.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code rates}: without a command of its own it is wrong use. */
@Command(
        name = "rates",
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        description = "List, show, check, compare and learn the dated rates that charges are made of.")
final class RatesCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

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
