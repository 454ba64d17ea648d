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

/**
 * One rate file's text turned into rates, discounts and tool prices: header, records, and no two rows for the same thing
 * and day.
 */
final class RateFile {

    static final int ROWS_MAX = 10_000;

    private final String name;
    private final List<Problem> problems;
    private final RateLayer layer = new RateLayer();

    private RateFile(String name, List<Problem> problems) {
        this.name = name;
        this.problems = problems;
    }

    /** What the file says, in its order; rows with a problem are left out and the problem is added. */
    static RateLayer parse(String name, String text, List<Problem> problems) {
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
        return file.layer;
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
        boolean ratesOnly = !seen.contains(RateColumn.KIND);
        for (RateColumn column : RateColumn.values()) {
            boolean required = ratesOnly ? column.required() : column == RateColumn.MODEL_ID;
            if (required && !seen.contains(column)) {
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
        row(new RowFields(place(record), fields, problems), fields);
    }

    private void row(RowFields row, Map<RateColumn, String> columns) {
        int before = problems.size();
        RowKind kind = row.choice(RateColumn.KIND, RowKind.RATE);
        for (RateColumn column : RateColumn.values()) {
            if (!kind.has(column) && row.stated(column)) {
                row.add(column, "nothing in a row of kind " + Kinds.word(kind));
            } else if (kind == RowKind.RATE && column.required() && !columns.containsKey(column)) {
                row.add(column, "this column, which a rate needs");
            }
        }
        if (problems.size() > before) {
            return;
        }
        switch (kind) {
            case RATE -> add(layer.rates(), new RateRow(row).rate());
            case DISCOUNT -> add(layer.discounts(), new DiscountRow(row).discount());
            case SERVER_TOOL -> add(layer.tools(), new ToolRow(row).price());
        }
    }

    private static <T> void add(List<T> all, @Nullable T one) {
        if (one != null) {
            all.add(one);
        }
    }

    private void checkOverlaps() {
        String of = "a time that no other row of ";
        new Overlaps<Rate>(Rate::origin, of + "model, speed and prompt tier holds", problems)
                .check(layer.rates(), RateFile::sameTerms);
        new Overlaps<ToolPrice>(ToolPrice::origin, of + "the tool holds", problems)
                .check(layer.tools(), (a, b) -> a.tool().equals(b.tool()));
    }

    private static boolean sameTerms(Rate a, Rate b) {
        return a.model().equals(b.model())
                && a.speed() == b.speed()
                && a.promptTier().overlaps(b.promptTier());
    }

    private String place(CsvRecord record) {
        return name + ":" + record.getStartingLineNumber();
    }
}
