package dev.reckoner.app.command;

import dev.reckoner.app.output.Csv;
import dev.reckoner.app.output.Json;
import dev.reckoner.app.output.Numbers;
import dev.reckoner.config.RateTable;
import dev.reckoner.config.RateTables;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The command {@code rates diff}: what a file would change if it were laid over the table that holds. */
@Command(
        name = "diff",
        sortOptions = false,
        description = "Show what a rate file would change, laid over the configured table.")
final class RatesDiffCommand implements Callable<Integer> {
    private final Shell shell;

    @Parameters(paramLabel = "FILE", description = "Rate file.")
    private @Nullable Path file;

    @Mixin
    private final FormatOptions format = new FormatOptions();

    @Mixin
    private final SettingsOptions settings = new SettingsOptions();

    RatesDiffCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        List<Path> files = new ArrayList<>(
                settings.load(shell, Map.of()).settings().rating().ratesFiles());
        RateTable before = RateTables.load(files);
        if (file != null) {
            files.add(file);
        }
        RateTable after = RateTables.load(files);
        List<RateChange> changes = new RateDiff(before, after).changes();
        if (format.json()) {
            json(before, after, changes);
        } else if (format.csv()) {
            csv(changes);
        } else {
            RateDiffText.print(shell, before, after);
        }
        return ExitCodes.FINE;
    }

    private void csv(List<RateChange> changes) {
        List<List<String>> records = new ArrayList<>();
        records.add(List.of("model", "terms", "class", "from", "to", "before", "after"));
        for (RateChange change : changes) {
            records.add(List.of(
                    Csv.text(change.subject()),
                    change.terms(),
                    change.what(),
                    change.from() == null ? "" : change.from().toString(),
                    change.to() == null ? "" : change.to().toString(),
                    number(change.before()),
                    number(change.after())));
        }
        Csv.write(shell.out(), records);
    }

    private static String number(@Nullable BigDecimal number) {
        return number == null ? "" : Numbers.exact(number);
    }

    private void json(RateTable before, RateTable after, List<RateChange> changes) {
        Json.print(shell.out(), false, object -> {
            object.field("before", before.version());
            object.field("after", after.version());
            object.array("changes", list -> {
                for (RateChange change : changes) {
                    list.object(one -> {
                        one.field("model", change.subject());
                        one.field("terms", change.terms());
                        one.field("class", change.what());
                        one.field("from", change.from());
                        one.field("to", change.to());
                        one.field("before", change.before());
                        one.field("after", change.after());
                    });
                }
            });
        });
    }
}
