package dev.reckoner.app.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reckoner.app.command.CommandFailure;
import dev.reckoner.app.command.Period;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.command.Version;
import dev.reckoner.ledger.Arrivals.Arrival;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.EntryQuery;
import dev.reckoner.ledger.Reports;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One export: which rows, in which form, to where. */
final class Export {
    private final Shell shell;
    private final Reports reports;
    private final Period period;
    private final boolean bounded;
    private final Map<Dimension, List<String>> where;

    /**
     * An export of that time.
     *
     * @param bounded whether the time was asked for; without it everything is exported
     */
    Export(Shell shell, Reports reports, Period period, boolean bounded, Map<Dimension, List<String>> where) {
        this.shell = shell;
        this.reports = reports;
        this.period = period;
        this.bounded = bounded;
        this.where = where;
    }

    /**
     * Where it goes.
     *
     * @param path what was named, null for the terminal
     * @param directory the same where it is a directory
     * @param cursor the file that remembers how far it got
     */
    record Target(
            @Nullable Path path,
            @Nullable Path directory,
            @Nullable Path cursor) {}

    void run(Format format, String table, Target target) throws IOException {
        switch (format) {
            case CCUSAGE -> ccusage(table, target);
            case FOCUS -> focus(table, target);
            case CSV, PARQUET -> table(format, table, target);
        }
    }

    private void ccusage(String table, Target target) throws IOException {
        Path file = file(target);
        if (file == null) {
            ccusage(table, shell.out());
            return;
        }
        try (NewFile written = new NewFile(file)) {
            ccusage(table, new OutputStreamWriter(written.out(), UTF_8));
            written.commit();
        }
    }

    private void ccusage(String table, Writer to) throws IOException {
        new Ccusage(to).write(reports, Ccusage.listing(table), period.from(), period.until(), where);
    }

    private static @Nullable Path file(Target target) {
        if (target.directory() != null) {
            throw new CommandFailure("found the directory " + target.directory() + ", expected a file with --out");
        }
        return target.path();
    }

    private void table(Format format, String table, Target target) throws IOException {
        Filter filter = new Filter(where);
        switch (table) {
            case "daily" -> sums(Days.fields(), Days.rows(reports, period.from(), period.until(), where), target);
            case "entries" ->
                entries(
                        format,
                        table,
                        target,
                        new Rows<>(
                                Facts.entries(),
                                arrival -> Booked.of(arrival).stream()
                                        .filter(filter::takes)
                                        .toList(),
                                row -> row.entry().bookedAt()));
            default ->
                entries(
                        format,
                        table,
                        target,
                        new Rows<>(
                                Facts.lines(),
                                arrival -> lines(arrival, filter).toList(),
                                row -> row.booked().entry().bookedAt()));
        }
    }

    private void focus(String table, Target target) throws IOException {
        if (table.equals("daily")) {
            String organization = organization();
            Stream<Charged> charged = Days.rows(reports, period.from(), period.until(), where)
                    .flatMap(row -> Days.charged(row, organization).stream());
            sums(Focus.fields(), charged, target);
        } else {
            Filter filter = new Filter(where);
            Rows<Charged> rows = new Rows<>(
                    Focus.fields(),
                    arrival -> lines(arrival, filter).map(Charged::of).toList(),
                    Charged::from);
            entries(Format.FOCUS, table, target, rows);
        }
        Path path =
                target.directory() == null ? target.path() : target.directory().resolve("focus");
        if (path != null) {
            metadata(path.resolveSibling(path.getFileName() + ".metadata.json"));
        }
    }

    private void metadata(Path file) throws IOException {
        try (NewFile written = new NewFile(file)) {
            written.out()
                    .write(Focus.metadata(shell.clock().instant(), generator()).getBytes(UTF_8));
            written.commit();
        }
    }

    /** The organisation that the last exchange was served to: sums don't have it. */
    private @Nullable String organization() {
        return reports.entries(new EntryQuery(null, null, Map.of(), null, /* metered= */ true, 1)).stream()
                .map(stored -> stored.entry().closing().organizationId())
                .findFirst()
                .orElse(null);
    }

    private static String generator() {
        return "Reckoner " + Version.number();
    }

    private static Stream<Booked.OfLine> lines(Arrival arrival, Filter filter) {
        return Booked.of(arrival).stream()
                .flatMap(booked -> Booked.OfLine.of(booked).stream())
                .filter(filter::takes);
    }

    /** A table that is made of entries. */
    private record Rows<R>(List<Field<R>> fields, Function<Arrival, List<R>> of, Function<R, Instant> at) {}

    private <R> void entries(Format format, String table, Target target, Rows<R> rows) throws IOException {
        Path cursor = target.cursor();
        Checkpoint checkpoint = cursor == null ? null : new Checkpoint(cursor, words(format, table));
        long after = checkpoint == null ? 0 : checkpoint.read();
        expectRoom(target, checkpoint);
        Path directory = target.directory();
        if (directory != null) {
            Parts.prepare(directory, after);
        }
        try (Output<R> output = output(format, target, rows, after)) {
            new Run<>(reports, shell, rows.of(), output, checkpoint)
                    .from(after, bounded ? period.from() : null, bounded ? period.until() : null);
        }
    }

    /** Refuses to write over what an earlier export has handed over. */
    private static void expectRoom(Target target, @Nullable Checkpoint checkpoint) throws IOException {
        Path directory = target.directory();
        if (directory != null) {
            if (checkpoint == null || !checkpoint.exists()) {
                Parts.expectNone(directory);
            }
            return;
        }
        Path file = target.path();
        if (checkpoint != null && file != null && Files.exists(file)) {
            throw new CommandFailure("found " + file + ", which an earlier export may have written, expected none:"
                    + " name another file with --out, or a directory, which takes one for each run");
        }
    }

    private <R> Output<R> output(Format format, Target target, Rows<R> rows, long after) {
        Path directory = target.directory();
        if (format == Format.PARQUET && directory != null) {
            return new ParquetOutput<>(directory, rows.fields(), rows.at(), generator(), after);
        }
        if (directory != null) {
            return CsvOutput.parts(directory, rows.fields(), after);
        }
        Path file = target.path();
        return file == null ? CsvOutput.on(shell.out(), rows.fields()) : CsvOutput.in(file, rows.fields());
    }

    /** The same words for the same export, so that a cursor isn't taken for another's. */
    private String words(Format format, String table) {
        String time = bounded ? " from " + period.from() + " until " + period.until() : "";
        return format.word() + " " + table + time + (where.isEmpty() ? "" : " where " + new TreeMap<>(where));
    }

    private <R> void sums(List<Field<R>> fields, Stream<R> rows, Target target) throws IOException {
        Path file = file(target);
        try (rows;
                Output<R> output = file == null ? CsvOutput.on(shell.out(), fields) : CsvOutput.in(file, fields)) {
            Iterator<R> each = rows.iterator();
            while (each.hasNext()) {
                output.add(each.next());
            }
            output.commit(0);
        }
    }
}
