package dev.reckoner.app.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The option that says how many are listed at most. */
public final class LimitOption {

    /** The most that is ever listed at once. */
    static final int MOST = 1000;

    @Spec(Target.MIXEE)
    private @Nullable CommandSpec command;

    private int limit;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            description = "At most so many, 1 to 1000; ${DEFAULT-VALUE} without it.",
            defaultValue = "20")
    void limit(int asked) {
        if (command != null && (asked < 1 || asked > MOST)) {
            throw new ParameterException(
                    command.commandLine(),
                    "Invalid value for option '--limit': found " + asked + ", expected 1 to " + MOST);
        }
        limit = asked;
    }

    /** The limit asked for. */
    public int limit() {
        return limit;
    }
}
