package dev.reckoner.app.export;

import dev.reckoner.app.command.ExitCodes;
import dev.reckoner.app.command.FilterOptions;
import dev.reckoner.app.command.Period;
import dev.reckoner.app.command.PeriodOptions;
import dev.reckoner.app.command.ReadOptions;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.command.Span;
import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.OpenBooks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code export}: the books for other programs. */
@Command(
        name = "export",
        sortOptions = false,
        description = "Write the books for other programs: CSV, FOCUS, Parquet, ccusage's JSON.")
public final class ExportCommand implements Callable<Integer> {
    private static final Span EVER = new Span(1_200, "mo");

    private final Shell shell;
    private final Door door;

    @Option(names = "--format", paramLabel = "FORMAT", description = "csv, focus, parquet or ccusage. Default: csv.")
    private String format = "csv";

    @Option(
            names = "--what",
            paramLabel = "TABLE",
            description = "csv: entries, lines or daily; parquet: lines or entries; focus: lines or daily; ccusage:"
                    + " daily, monthly or session. The first of each without it.")
    private @Nullable String what;

    @Option(
            names = "--out",
            paramLabel = "PATH",
            description =
                    "A file; or a directory (one that is there, or with a slash behind it), which takes a file for"
                            + " each part. Without it: the terminal. Parquet needs a directory.")
    private @Nullable String out;

    @Option(
            names = "--cursor",
            paramLabel = "FILE",
            description = "Remember there how far it got, and export only what arrived since, corrections too.")
    private @Nullable Path cursor;

    @Mixin
    private final PeriodOptions period = new PeriodOptions();

    @Mixin
    private final FilterOptions filter = new FilterOptions();

    @Mixin
    private final ReadOptions read = new ReadOptions();

    @Spec
    private @Nullable CommandSpec spec;

    /** The command on books behind that door. */
    public ExportCommand(Shell shell, Door door) {
        this.shell = shell;
        this.door = door;
    }

    @Override
    public Integer call() {
        Format wanted = wanted();
        String table = what == null ? wanted.tables().get(0) : what;
        check(wanted.tables().contains(table), "--what", table, String.join(", ", wanted.tables()));
        boolean streamed = List.of("entries", "lines").contains(table);
        check(cursor == null || streamed, "--cursor", table, "a table of entries or lines");
        check(cursor == null || out != null, "--cursor", "no --out", "--out, for what is printed can't be taken back");
        check(wanted != Format.PARQUET || directory() != null, "--out", String.valueOf(out), "a directory for parquet");
        Period asked = period.period(shell.clock(), EVER);
        try (OpenBooks books = read.open(shell, door)) {
            Export export = new Export(shell, books.reports(), asked, period.given(), filter.where());
            export.run(wanted, table, new Export.Target(out == null ? null : Path.of(out), directory(), cursor));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        return ExitCodes.FINE;
    }

    private Format wanted() {
        for (Format known : Format.values()) {
            if (known.word().equals(format)) {
                return known;
            }
        }
        throw wrong("--format", format, "csv, focus, parquet or ccusage");
    }

    private @Nullable Path directory() {
        String path = out;
        if (path == null) {
            return null;
        }
        return path.endsWith("/") || Files.isDirectory(Path.of(path)) ? Path.of(path) : null;
    }

    private void check(boolean right, String option, String found, String expected) {
        if (!right) {
            throw wrong(option, found, expected);
        }
    }

    private ParameterException wrong(String option, String found, String expected) {
        if (spec == null) {
            throw new IllegalStateException("not part of a command");
        }
        return new ParameterException(
                spec.commandLine(),
                "Invalid value for option '" + option + "': found " + found + ", expected " + expected);
    }
}
