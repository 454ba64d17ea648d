package dev.reckoner.app.output;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;

/**
 * Comma-separated values (RFC 4180). Text that a spreadsheet would take for a formula is written with an apostrophe
 * before it; numbers are written as they are.
 */
public final class Csv {
    private static final String FORMULA_STARTS = "=+-@\t\r\n";

    private Csv() {}

    /** Writes records, the first of which may be a header. */
    public static void write(Writer out, List<List<String>> records) {
        CsvWriter writer = CsvWriter.builder().build(out);
        records.forEach(writer::writeRecord);
        try {
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A cell of text from the network. */
    public static String text(String text) {
        boolean formula = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
        return formula ? "'" + text : text;
    }
}
