package dev.reckoner.app.command;

import dev.reckoner.app.output.Text;
import dev.reckoner.config.PeopleFile;
import dev.reckoner.config.RateTable;
import dev.reckoner.config.RateTables;
import dev.reckoner.config.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code config check}: reads every source of settings and the rate files, reports every problem at once. */
@Command(
        name = "check",
        sortOptions = false,
        description = "Check file, environment, rate files and people; every problem at once, exit code 2.")
final class ConfigCheckCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private final SettingsOptions settings = new SettingsOptions();

    ConfigCheckCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Path file = settings.file(shell);
        Settings loaded = settings.load(shell, Map.of()).settings();
        RateTable table = RateTables.load(loaded.rating().ratesFiles());
        if (loaded.attribution().people() != null) {
            PeopleFile.load(loaded.attribution().people());
        }
        String checked = file == null ? "No settings file; environment and defaults" : Text.harmless(file.toString());
        shell.out().println(checked + ": no problems.");
        table.warnings().forEach(warning -> shell.out().println("warning: " + warning));
        if (loaded.reconcile().daily()) {
            checkAdminKey(loaded);
        }
        return ExitCodes.FINE;
    }

    /** What the server will say each day instead of reconciling. */
    private void checkAdminKey(Settings loaded) {
        try {
            AdminKey.of(loaded, shell.env());
        } catch (CommandFailure none) {
            shell.out()
                    .println("warning: reconcile.daily is true, and the server would say: "
                            + Text.harmless(String.valueOf(none.getMessage())));
        }
    }
}
