package dev.reckoner.app.command;

import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.config.Settings;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which books are read. */
public final class ReadOptions {
    @Mixin
    private final SettingsOptions settings = new SettingsOptions();

    @Option(names = "--ledger", paramLabel = "DIR", description = "Directory of the books.")
    private @Nullable String ledger;

    @Option(
            names = "--console",
            paramLabel = "URL",
            description = "Ask this console, such as http://127.0.0.1:8485, instead of looking for it.")
    private @Nullable URI console;

    /** Opens them. */
    public OpenBooks open(Shell shell, Door door) {
        return door.open(load(shell), console);
    }

    /** The console that was named, null where none was. */
    public @Nullable URI console() {
        return console;
    }

    /** The settings that say where they are. */
    public Settings load(Shell shell) {
        Map<String, String> flags = new LinkedHashMap<>();
        if (ledger != null) {
            flags.put("ledger.directory", ledger);
        }
        return settings.load(shell, flags).settings();
    }
}
