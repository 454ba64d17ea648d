package dev.reckoner.app.command;

import dev.reckoner.app.output.Json;
import dev.reckoner.config.ConfigException;
import dev.reckoner.config.Problem;
import dev.reckoner.config.RateTable;
import dev.reckoner.config.RateTables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code rates check}: the built-in table, the configured files and those named, every problem at once. */
@Command(
        name = "check",
        sortOptions = false,
        description = "Check the rate files: mistakes (exit code 2) and what only looks wrong, each with its line.")
final class RatesCheckCommand implements Callable<Integer> {
    private final Shell shell;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "Rate files to check as if they were laid over the configured ones.")
    private List<Path> files = List.of();

    @Option(
            names = {"-j", "--json"},
            description = "JSON.")
    private boolean json;

    @Mixin
    private final SettingsOptions settings = new SettingsOptions();

    RatesCheckCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        List<Path> all = new ArrayList<>(
                settings.load(shell, Map.of()).settings().rating().ratesFiles());
        all.addAll(files);
        if (!json) {
            print(RateTables.load(all), all.size());
            return ExitCodes.FINE;
        }
        try {
            print(List.of(), RateTables.load(all).warnings());
            return ExitCodes.FINE;
        } catch (ConfigException e) {
            print(e.problems(), List.of());
            return ExitCodes.WRONG_USE;
        }
    }

    private void print(RateTable table, int fileCount) {
        int rows = table.rates().size()
                + table.discounts().size()
                + table.toolPrices().size();
        String files = fileCount == 0 ? "" : " and " + fileCount + (fileCount == 1 ? " file" : " files");
        int warnings = table.warnings().size();
        shell.out()
                .println("Rate table " + table.version() + ", " + rows + " rows of the built-in table" + files
                        + ": no problems, " + warnings + (warnings == 1 ? " warning." : " warnings."));
        table.warnings().forEach(warning -> shell.out().println("warning: " + warning));
    }

    private void print(List<Problem> problems, List<Problem> warnings) {
        Json.print(shell.out(), false, object -> {
            object.array("problems", list -> write(list, problems));
            object.array("warnings", list -> write(list, warnings));
        });
    }

    private static void write(Json list, List<Problem> problems) throws IOException {
        for (Problem problem : problems) {
            list.object(one -> {
                one.field("place", problem.place());
                one.field("column", problem.key());
                one.field("found", problem.found());
                one.field("expected", problem.expected());
                one.field("suggestion", problem.suggestion());
            });
        }
    }
}
