package dev.reckoner.app.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables, numbers, text and CSV. */
class OutputTest {

    @ParameterizedTest
    @CsvSource({
        "0, 2, $0.00",
        "1234567.005, 2, '$1,234,567.00'",
        "1234567.015, 2, '$1,234,567.02'",
        "0.00005, 4, <$0.0001",
        "0.00015, 4, $0.0002",
        "0.000000000001, 4, <$0.0001",
        "-1.5, 2, -$1.50",
        "-0.001, 2, >-$0.01",
    })
    void usd_exactAmount_roundedOnceHalfEven(String amount, int places, String shown) {
        assertEquals(shown, Numbers.usd(new BigDecimal(amount), places));
    }

    @Test
    void places_ofTotal_centsFromTenDollars() {
        assertEquals(4, Numbers.places(new BigDecimal("9.99999")));
        assertEquals(2, Numbers.places(BigDecimal.TEN));
    }

    @ParameterizedTest
    @CsvSource({"0.000, 0", "1.500, 1.5", "1E-13, 0.0000000000001", "1E+3, 1000"})
    void exact_anyScale_plainWithoutTrailingZeros(String amount, String shown) {
        assertEquals(shown, Numbers.exact(new BigDecimal(amount)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u001b[2Jb", "a\u009b31mb", "a\rb", "a\u202eb", "a\u0007b", "a\nb", "a\u2028b"})
    void harmless_controlCharacters_gone(String text) {
        String harmless = Text.harmless(text);
        assertTrue(harmless.startsWith("a?"), harmless);
        assertTrue(harmless.endsWith("b"), harmless);
        assertFalse(harmless.contains("\u001b"));
    }

    @Test
    void columns_wideAndCombining_measured() {
        assertEquals(5, Text.columns("naïve"));
        assertEquals(5, Text.columns("nai\u0308ve"));
        assertEquals(4, Text.columns("東京"));
    }

    @Test
    void cut_longText_endsWithEllipsisInWidth() {
        assertEquals("abc…", Text.cut("abcdef", 4));
        assertEquals("abcd", Text.cut("abcd", 4));
        assertEquals("東…", Text.cut("東京都", 4));
    }

    @Test
    void table_numbers_alignedRight() {
        Table table = new Table(List.of(Column.text("Name", 4), Column.number("Cache Read")));
        table.row(List.of("a", "1"));
        table.row(List.of("bb", "1,000"));
        table.total(List.of("Total", "1,001"));
        assertEquals("""
                       Cache
                Name    Read
                ────────────
                a          1
                bb     1,000
                ────────────
                Total  1,001
                """, printed(table, 80, false));
    }

    @Test
    void table_tooWide_leavesOutHighestRankThenCuts() {
        Table table = new Table(
                List.of(Column.text("Name", 5), Column.number("A", 1), Column.number("B", 2), Column.number("C")));
        table.row(List.of("abcdefghij", "1111", "2222", "3333"));
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out, true);
        assertEquals(List.of("B"), table.print(writer, 18, false));
        String row = out.toString().lines().skip(2).findFirst().orElseThrow();
        assertEquals("abcde…  1111  3333", row);
        assertEquals(List.of("A", "B"), table.print(writer, 12, false));
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 80, 200})
    void table_anyWidth_noLineLonger(int width) {
        Table table = new Table(List.of(
                Column.text("User", 8), Column.text("Model", 8), Column.number("Input", 1), Column.number("Cost")));
        table.row(List.of(
                "someone-with-a-long-name@example.com", "claude-sonnet-4-5-20250929", "1,234,567,890", "$1.00"));
        printed(table, width, false).lines().forEach(line -> assertTrue(Text.columns(line) <= width, line));
    }

    @Test
    void table_hostileCell_harmless() {
        Table table = new Table(List.of(Column.text("User", 8)));
        table.row(List.of("\u001b]0;owned\u0007"));
        assertFalse(printed(table, 80, false).contains("\u001b"));
    }

    @Test
    void table_colours_onlyWhereAllowed() {
        Table table = new Table(List.of(Column.text("User", 8)));
        table.row(List.of("ada"));
        assertTrue(printed(table, 80, true).contains("\u001b[1m"));
        assertFalse(printed(table, 80, false).contains("\u001b"));
    }

    @Test
    void table_wrongCells_refused() {
        Table table = new Table(List.of(Column.text("User", 8)));
        assertThrows(IllegalArgumentException.class, () -> table.row(List.of("a", "b")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"})
    void csv_formula_quotedByApostrophe(String text) {
        assertEquals("'" + text, Csv.text(text));
    }

    @Test
    void csv_records_quotedAsRfc4180() {
        StringWriter out = new StringWriter();
        Csv.write(out, List.of(List.of("a", "b"), List.of("x,\"y\"", "line\nbreak")));
        assertEquals("a,b\r\n\"x,\"\"y\"\"\",\"line\nbreak\"\r\n", out.toString());
    }

    private static String printed(Table table, int width, boolean colours) {
        StringWriter out = new StringWriter();
        table.print(new PrintWriter(out, true), width, colours);
        return out.toString();
    }
}
