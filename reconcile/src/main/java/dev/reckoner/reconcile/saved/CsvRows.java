package dev.reckoner.reconcile.saved;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.reckoner.reconcile.vendor.AdminApiException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Comma-separated values (RFC 4180) with a header: columns are found by name, wherever they stand. */
final class CsvRows {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final List<CsvRecord> records = new ArrayList<>();
    private final Map<String, Integer> columns = new LinkedHashMap<>();

    private CsvRows() {}

    /**
     * The rows of a text.
     *
     * @throws AdminApiException where it isn't comma-separated values with a header
     */
    static CsvRows read(String text) {
        CsvRows rows = new CsvRows();
        String marked = text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
        try (CsvReader<CsvRecord> records = CsvReader.builder()
                .commentStrategy(CommentStrategy.NONE)
                .skipEmptyLines(true)
                .allowUnclosedQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.STRICT)
                .missingFieldStrategy(FieldMismatchStrategy.STRICT)
                .ofCsvRecord(marked)) {
            records.forEach(rows.records::add);
        } catch (CsvParseException e) {
            throw new AdminApiException(
                    "found something that isn't comma-separated values (RFC 4180): " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IllegalStateException("a string can't fail to be read", e);
        }
        if (rows.records.isEmpty()) {
            throw new AdminApiException("found nothing, expected a report");
        }
        List<String> header = rows.records.remove(0).getFields();
        for (int i = 0; i < header.size(); i++) {
            if (rows.columns.put(header.get(i).strip(), i) != null) {
                throw new AdminApiException("found the column " + header.get(i) + " twice, expected it once");
            }
        }
        return rows;
    }

    /** Whether there is a column of that name. */
    boolean has(String column) {
        return columns.containsKey(column);
    }

    /**
     * Checks that columns are there.
     *
     * @throws AdminApiException naming those that aren't
     */
    void expect(List<String> wanted) {
        List<String> missing =
                wanted.stream().filter(column -> !columns.containsKey(column)).toList();
        if (!missing.isEmpty()) {
            throw new AdminApiException("it has no column " + String.join(", ", missing));
        }
    }

    /**
     * Goes through the rows.
     *
     * @throws AdminApiException what the consumer throws, with the line before it
     */
    void forEach(Consumer<Row> consumer) {
        for (CsvRecord record : records) {
            try {
                consumer.accept(column -> {
                    Integer index = columns.get(column);
                    return index == null ? "" : record.getField(index).strip();
                });
            } catch (AdminApiException e) {
                throw new AdminApiException("line " + record.getStartingLineNumber() + ": " + e.getMessage(), e);
            }
        }
    }

    /** A row of values by column. */
    @FunctionalInterface
    interface Row {

        /** The value in a column, empty where there is none. */
        String get(String column);
    }
}
