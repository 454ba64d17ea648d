package dev.reckoner.app.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A table of a page as somebody reads it: the text of each cell by its heading. */
record PageTable(List<Map<String, String>> rows, Map<String, String> total) {
    private static final String READ = """
            (caption) => {
              const table = [...document.querySelectorAll('table')].find((one) => one.caption?.textContent === caption);
              const texts = (row) => [...row.cells].map((cell) => cell.innerText.split('\\n')[0].trim());
              const head = table?.tHead ? texts(table.tHead.rows[0]) : [];
              const foot = table?.tFoot ? texts(table.tFoot.rows[0]) : [];
              return table ? [head, foot, ...[...table.tBodies[0].rows].map(texts)] : null;
            }
            """;
    private static final String BELOW = "<";
    private static final String ABOVE = ">-";

    /** Reads the table of that caption, whose columns without a heading are called by their number. */
    static PageTable read(Page page, String caption) {
        while (page.locator("button.more").count() > 0) {
            page.locator("button.more").first().click();
        }
        Object read = page.evaluate(READ, caption);
        assertNotNull(read, () -> page.url() + " has no table " + caption);
        List<List<String>> cells = new ArrayList<>();
        for (Object row : (List<?>) read) {
            cells.add(((List<?>) row).stream().map(String::valueOf).toList());
        }
        List<String> headings = cells.get(0);
        List<Map<String, String>> rows =
                cells.stream().skip(2).map(row -> named(headings, row)).toList();
        return new PageTable(rows, named(headings, cells.get(1)));
    }

    private static Map<String, String> named(List<String> headings, List<String> row) {
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < row.size(); i++) {
            named.put(i < headings.size() ? headings.get(i) : String.valueOf(i), row.get(i));
        }
        return named;
    }

    /** Rows by what stands in that column. */
    Map<String, Map<String, String>> by(String heading) {
        Map<String, Map<String, String>> by = new TreeMap<>();
        rows.forEach(row -> assertEquals(null, by.put(row.get(heading), row), () -> "twice in the table: " + row));
        return by;
    }

    /** Holds a figure of a page to the exact one: it may leave digits out, rounded half-even, and nothing else. */
    static void assertShows(BigDecimal exact, String shown, Object where) {
        String bare = shown.replaceAll("[?~$,%\\s+\u2060\u00a0]", "");
        if (bare.startsWith(BELOW)) {
            assertTrue(
                    exact.signum() > 0 && exact.compareTo(new BigDecimal(bare.substring(1))) < 0, () -> where + shown);
        } else if (bare.startsWith(ABOVE)) {
            assertTrue(
                    exact.signum() < 0 && exact.compareTo(new BigDecimal(bare.substring(1))) > 0, () -> where + shown);
        } else {
            BigDecimal figure = bare.equals("–") || bare.isEmpty() ? BigDecimal.ZERO : new BigDecimal(bare);
            assertEquals(
                    exact.setScale(figure.scale(), RoundingMode.HALF_EVEN),
                    figure,
                    () -> where + " shows " + shown + " for " + exact.toPlainString());
        }
    }
}
