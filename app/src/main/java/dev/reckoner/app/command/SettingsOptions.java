package dev.reckoner.app.command;

import dev.reckoner.config.Loaded;
import dev.reckoner.config.SettingsLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says where the settings are: command line, {@code RECKONER_CONFIG}, or the usual place. */
public final class SettingsOptions {
    private static final String VARIABLE = "RECKONER_CONFIG";
    private static final Path USUAL = Path.of(".reckoner", "reckoner.yaml");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings file. Without it $RECKONER_CONFIG, else ~/.reckoner/reckoner.yaml if it is there.")
    private @Nullable Path config;

    /**
     * Loads the settings.
     *
     * @param flags by dotted key, from the command line
     */
    public Loaded load(Shell shell, Map<String, String> flags) {
        return SettingsLoader.load(file(shell), shell.env(), flags);
    }

    /** The file that is read, null where there is none. */
    @Nullable
    Path file(Shell shell) {
        if (config != null) {
            return config;
        }
        String named = shell.env().get(VARIABLE);
        if (named != null && !named.isEmpty()) {
            return Path.of(named);
        }
        Path usual = usual(shell);
        return Files.exists(usual) ? usual : null;
    }

    /** Where the file is looked for when nobody names one. */
    static Path usual(Shell shell) {
        String home = shell.env().getOrDefault("HOME", System.getProperty("user.home", "/"));
        return Path.of(home).resolve(USUAL);
    }
}
