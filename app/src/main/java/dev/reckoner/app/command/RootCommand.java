package dev.reckoner.app.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line itself: without a command it is wrong use and shows the help. */
@Command(
        name = "reckoner",
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Version.class,
        description = "A local proxy in front of Anthropic's Messages API that keeps the books.",
        footer = {"", "Dates are UTC days, --until is inclusive. Exit codes: 0 fine, 1 failed, 2 wrong use, 3 variance."
        })
final class RootCommand implements Runnable {
    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    private boolean version;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "Missing command");
        }
    }

    boolean versionAsked() {
        return version;
    }
}
