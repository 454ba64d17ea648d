package dev.reckoner.app.reconcile;

import dev.reckoner.app.command.CommandFailure;
import dev.reckoner.app.command.ExitCodes;
import dev.reckoner.app.command.Footnotes;
import dev.reckoner.app.command.FormatOptions;
import dev.reckoner.app.command.RateDiffText;
import dev.reckoner.app.command.RateRows;
import dev.reckoner.app.command.ReadOptions;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.output.Text;
import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.config.RateTable;
import dev.reckoner.config.RateTables;
import dev.reckoner.config.Settings;
import dev.reckoner.reconcile.ReconcileRequest;
import dev.reckoner.reconcile.learn.Learned;
import dev.reckoner.reconcile.learn.RateLearner;
import dev.reckoner.reconcile.vendor.Pulled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code rates learn}: the rates that the bill implies, and the rate file that says so. */
@Command(
        name = "learn",
        sortOptions = false,
        description = {
            "Show the rates that the bill implies where they aren't those of the rate table.",
            "Needs an Admin key in $ANTHROPIC_ADMIN_KEY, or saved reports. Writes nothing without --apply."
        })
public final class RatesLearnCommand implements Callable<Integer> {

    private final Shell shell;
    private final Door door;

    @Mixin
    private final DayOptions days = new DayOptions();

    @Mixin
    private final BillOptions bill = new BillOptions();

    @Option(names = "--apply", description = "Add the rows to the rate file.")
    private boolean apply;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "The rate file. Without it: the last one of rating.rates_files.")
    private @Nullable Path file;

    @Mixin
    private final FormatOptions format = new FormatOptions();

    @Mixin
    private final ReadOptions read = new ReadOptions();

    public RatesLearnCommand(Shell shell, Door door) {
        this.shell = shell;
        this.door = door;
    }

    @Override
    public Integer call() {
        ReconcileRequest request = days.request(shell, BigDecimal.ZERO);
        Settings settings = read.load(shell);
        List<Path> files = settings.rating().ratesFiles();
        RateTable table = RateTables.load(files);
        Learned learned;
        try (OpenBooks books = read.open(shell, door)) {
            Pulled pulled = bill.pull(shell, settings, books.archive(), request);
            if (!pulled.usageKnown()) {
                throw new CommandFailure(
                        "no usage report: a price is an amount by a quantity, and the cost report alone"
                                + " has no quantities");
            }
            String sources = "the vendor's cost report of " + request.from() + " to " + request.to();
            learned = RateLearner.learn(pulled.costs(), pulled.usage(), table, sources);
        }
        show(learned, table, files);
        if (apply && !learned.nothing()) {
            apply(learned, files);
        }
        return ExitCodes.FINE;
    }

    private void show(Learned learned, RateTable table, List<Path> files) {
        RateRows rows = rows(learned, table.version());
        if (format.json()) {
            rows.json(shell.out());
            return;
        }
        if (format.csv()) {
            rows.csv(shell.out());
            return;
        }
        if (learned.nothing()) {
            shell.out().println("Nothing to learn: no price of the bill calls for a row that the rate table lacks.");
        } else {
            RateDiffText.print(shell, table, with(learned, files));
        }
        Footnotes notes = new Footnotes();
        learned.notes().forEach(note -> notes.add(Text.harmless(note)));
        if (!learned.nothing() && !apply) {
            int count = learned.rates().size()
                    + learned.discounts().size()
                    + learned.tools().size();
            notes.add("Nothing is written yet: --apply adds " + (count == 1 ? "this row" : "these " + count + " rows")
                    + " to the rate file.");
        }
        notes.print(shell);
    }

    private static RateRows rows(Learned learned, String version) {
        return new RateRows(version, learned.rates(), learned.discounts(), learned.tools());
    }

    /** The table with the learned rows over it. */
    private static RateTable with(Learned learned, List<Path> files) {
        return checked(rows(learned, "").behind(""), files, null);
    }

    /** The table that the files make with one of them, or one more, of that text. */
    private static RateTable checked(String text, List<Path> files, @Nullable Path replaced) {
        Path written = null;
        try {
            written = Files.createTempFile("learned-rates", ".csv");
            Files.writeString(written, text);
            List<Path> all = new ArrayList<>(files);
            int place = replaced == null ? -1 : all.indexOf(replaced);
            if (place < 0) {
                all.add(written);
            } else {
                all.set(place, written);
            }
            return RateTables.load(all);
        } catch (IOException e) {
            throw new UncheckedIOException(new IOException("a temporary file can't be written: " + e.getMessage(), e));
        } finally {
            delete(written);
        }
    }

    private static void delete(@Nullable Path file) {
        if (file == null) {
            return;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void apply(Learned learned, List<Path> files) {
        Path target = target(files);
        try {
            String before = Files.exists(target) ? Files.readString(target) : "";
            String after = rows(learned, "").behind(before);
            RateTable table = checked(after, files, target);
            Path fresh = target.resolveSibling(target.getFileName() + ".new");
            Files.writeString(fresh, after);
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            say(learned, target, files.contains(target), table);
        } catch (IOException e) {
            throw new UncheckedIOException(new IOException(target + " can't be written: " + e.getMessage(), e));
        }
    }

    private Path target(List<Path> files) {
        if (file != null) {
            return file;
        }
        if (files.isEmpty()) {
            throw new CommandFailure(
                    "no rate file: found no rating.rates_files in the settings, expected one, or --file FILE");
        }
        return files.get(files.size() - 1);
    }

    private void say(Learned learned, Path target, boolean configured, RateTable table) {
        Footnotes said = new Footnotes();
        said.add("Wrote " + target + "; with it the rate table is " + table.version() + ".");
        said.add(
                configured
                        ? "A running server takes it within seconds."
                        : "Add it to rating.rates_files to rate by it.");
        said.add("What is booked stays as it is until: reckoner rerate --since " + learned.first() + " --apply");
        said.print(shell);
    }
}
