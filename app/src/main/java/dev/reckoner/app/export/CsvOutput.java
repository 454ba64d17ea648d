package dev.reckoner.app.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.reckoner.app.output.Csv;
import dev.reckoner.app.output.Numbers;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as comma-separated values: on a stream, in a file, or in parts in a directory. */
final class CsvOutput<R> implements Output<R> {
    private final List<Field<R>> fields;
    private final @Nullable Writer stream;
    private final @Nullable Path file;
    private final boolean parts;
    private long after;
    private @Nullable NewFile open;
    private @Nullable CsvWriter csv;

    private CsvOutput(List<Field<R>> fields, @Nullable Writer stream, @Nullable Path file, boolean parts, long after) {
        this.fields = fields;
        this.stream = stream;
        this.file = file;
        this.parts = parts;
        this.after = after;
    }

    static <R> CsvOutput<R> on(Writer stream, List<Field<R>> fields) {
        return new CsvOutput<>(fields, stream, null, /* parts= */ false, 0);
    }

    static <R> CsvOutput<R> in(Path file, List<Field<R>> fields) {
        return new CsvOutput<>(fields, null, file, /* parts= */ false, 0);
    }

    static <R> CsvOutput<R> parts(Path directory, List<Field<R>> fields, long after) {
        return new CsvOutput<>(fields, null, directory, /* parts= */ true, after);
    }

    @Override
    public void add(R row) throws IOException {
        writer().writeRecord(fields.stream()
                .map(field -> cell(field.value().of(row)))
                .toList());
    }

    private CsvWriter writer() throws IOException {
        CsvWriter known = csv;
        if (known != null) {
            return known;
        }
        Writer to = stream == null ? opened() : stream;
        CsvWriter made = CsvWriter.builder().build(to);
        csv = made;
        made.writeRecord(fields.stream().map(Field::name).toList());
        return made;
    }

    private Writer opened() throws IOException {
        Path path = file;
        if (path == null) {
            throw new IllegalStateException("neither a stream nor a file");
        }
        NewFile made = new NewFile(parts ? path.resolve(Parts.name(after, ".csv")) : path);
        open = made;
        return new OutputStreamWriter(made.out(), UTF_8);
    }

    /** Text that a spreadsheet would take for a formula gets an apostrophe; numbers stay numbers. */
    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof BigDecimal amount) {
            return Numbers.exact(amount);
        }
        return value instanceof String text ? Csv.text(text) : value.toString();
    }

    @Override
    public boolean inParts() {
        return parts;
    }

    @Override
    public void commit(long next) throws IOException {
        if (!parts || csv != null) {
            writer().flush();
        }
        if (open != null) {
            open.commit();
        }
        open = null;
        csv = null;
        after = next;
    }

    @Override
    public void close() throws IOException {
        if (open != null) {
            open.close();
        }
    }
}
