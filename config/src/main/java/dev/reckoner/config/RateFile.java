package dev.reckoner.config;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One rate file's text turned into rates: header, records, and no two rows for the same model, speed, size and day. */
final class RateFile {

    static final int ROWS_MAX = 10_000;

    private final String name;
    private final List<Problem> problems;
    private final List<Rate> rates = new ArrayList<>();

    private RateFile(String name, List<Problem> problems) {
        this.name = name;
        this.problems = problems;
    }

    /** The rates in file order; rows with a problem are left out and the problem is added. */
    static List<Rate> parse(String name, String text, List<Problem> problems) {
        RateFile file = new RateFile(name, problems);
        try (CsvReader<CsvRecord> records = CsvReader.builder()
                .commentStrategy(CommentStrategy.SKIP)
                .skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text)) {
            file.read(records);
        } catch (CsvParseException e) {
            problems.add(new Problem(name, "", String.valueOf(e.getMessage()), "comma-separated values (RFC 4180)"));
        } catch (IOException e) {
            throw new IllegalStateException("a string can't fail to be read", e);
        }
        file.checkOverlaps();
        return file.rates;
    }

    private void read(Iterable<CsvRecord> records) {
        List<@Nullable RateColumn> header = null;
        int rows = 0;
        for (CsvRecord record : records) {
            if (header == null) {
                header = header(record);
                continue;
            }
            if (++rows > ROWS_MAX) {
                problems.add(new Problem(place(record), "", "more rows", "at most " + ROWS_MAX + " rows"));
                return;
            }
            row(header, record);
        }
        if (header == null) {
            problems.add(new Problem(name, "", null, "a header line that names the columns"));
        }
    }

    private List<@Nullable RateColumn> header(CsvRecord record) {
        List<@Nullable RateColumn> header = new ArrayList<>();
        Set<RateColumn> seen = EnumSet.noneOf(RateColumn.class);
        for (String field : record.getFields()) {
            String column = field.strip();
            RateColumn known = RateColumn.of(column);
            if (known == null) {
                problems.add(new Problem(
                        place(record), column, column, "a known column", Nearest.to(column, RateColumn.NAMES)));
            } else if (!seen.add(known)) {
                problems.add(new Problem(place(record), column, column, "each column once"));
            }
            header.add(known);
        }
        for (RateColumn column : RateColumn.values()) {
            if (column.required() && !seen.contains(column)) {
                problems.add(new Problem(place(record), column.header(), null, "this column in the header"));
            }
        }
        return header;
    }

    private void row(List<@Nullable RateColumn> header, CsvRecord record) {
        if (record.getFieldCount() != header.size()) {
            problems.add(new Problem(
                    place(record),
                    "",
                    record.getFieldCount() + " fields",
                    header.size() + " fields as in the header (quote a value that holds a comma)"));
            return;
        }
        Map<RateColumn, String> fields = new EnumMap<>(RateColumn.class);
        for (int i = 0; i < header.size(); i++) {
            RateColumn column = header.get(i);
            if (column != null) {
                fields.put(column, record.getField(i));
            }
        }
        Rate rate = new RateRow(place(record), fields, problems).rate();
        if (rate != null) {
            rates.add(rate);
        }
    }

    private void checkOverlaps() {
        for (int later = 1; later < rates.size(); later++) {
            for (int earlier = 0; earlier < later; earlier++) {
                if (overlap(rates.get(earlier), rates.get(later))) {
                    Rate rate = rates.get(later);
                    problems.add(new Problem(
                            rate.origin(),
                            RateColumn.EFFECTIVE_FROM_UTC.header(),
                            String.valueOf(rate.from()),
                            "a time that no other row of model, speed and prompt tier holds; it overlaps "
                                    + rates.get(earlier).origin()));
                    break;
                }
            }
        }
    }

    private static boolean overlap(Rate a, Rate b) {
        return a.model().equals(b.model())
                && a.speed() == b.speed()
                && a.promptTier().overlaps(b.promptTier())
                && (a.to() == null || b.from() == null || b.from().isBefore(a.to()))
                && (b.to() == null || a.from() == null || a.from().isBefore(b.to()));
    }

    private String place(CsvRecord record) {
        return name + ":" + record.getStartingLineNumber();
    }
}
