package dev.reckoner.app.command;

import dev.reckoner.app.output.Column;
import dev.reckoner.app.output.Json;
import dev.reckoner.app.output.Table;
import dev.reckoner.config.Loaded;
import dev.reckoner.config.Shown;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code config show}: every setting that holds and where it comes from, secrets masked. */
@Command(name = "show", sortOptions = false, description = "Show every setting that holds, and where it was said.")
final class ConfigShowCommand implements Callable<Integer> {
    private static final int VALUE_LEAST = 16;
    private static final int ORIGIN_LEAST = 12;

    private final Shell shell;

    @Option(
            names = {"-j", "--json"},
            description = "JSON.")
    private boolean json;

    @Mixin
    private final SettingsOptions settings = new SettingsOptions();

    ConfigShowCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Loaded loaded = settings.load(shell, Map.of());
        if (json) {
            Json.print(shell.out(), false, object -> {
                for (Shown shown : loaded.values()) {
                    object.object(shown.key(), value -> {
                        value.field("value", shown.value());
                        value.field("origin", shown.origin());
                    });
                }
            });
            return ExitCodes.FINE;
        }
        Table table = new Table(List.of(
                Column.text("Setting", Integer.MAX_VALUE),
                Column.text("Value", VALUE_LEAST),
                Column.text("From", ORIGIN_LEAST)));
        for (Shown shown : loaded.values()) {
            table.row(List.of(shown.key(), shown.value().isEmpty() ? "-" : shown.value(), shown.origin()));
        }
        table.print(shell.out(), shell.columns(), shell.colours());
        return ExitCodes.FINE;
    }
}
