package dev.reckoner.reconcile.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.Dimension;
import dev.reckoner.reconcile.chargeback.MonthSplit;
import dev.reckoner.reconcile.chargeback.Owed;
import dev.reckoner.reconcile.chargeback.Owed.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements on paper, and the names of their files. */
final class ChargebackHtmlTest {

    private static final YearMonth MONTH = YearMonth.parse("2026-10");
    private static final Instant NOW = Instant.parse("2026-11-02T12:00:00Z");
    private static final String HOSTILE = "../../<script>alert(1)</script>";

    private static Owed owed(Kind kind, String owner, String amount) {
        BigDecimal usd = new BigDecimal(amount);
        return new Owed(kind, owner, null, usd, List.of(new Owed.Part("claude-opus-5-5", "output_tokens", 1_000, usd)));
    }

    private static Owed adjustment(String owner, String amount) {
        return new Owed(Kind.OWNER, owner, MONTH.minusMonths(1), new BigDecimal(amount), List.of());
    }

    private static MonthSplit split(@Nullable Instant closedAt) {
        return new MonthSplit(
                MONTH,
                MONTH.atEndOfMonth(),
                new BigDecimal("10"),
                new TreeSet<>(),
                Map.of(
                        Dimension.USER,
                        List.of(
                                owed(Kind.OWNER, "ada", "7.5"),
                                owed(Kind.OWNER, HOSTILE, "2"),
                                owed(Kind.OUTSIDE, "", "0.5"),
                                adjustment("ada", "-0.25"),
                                adjustment("gone", "-1"))),
                List.of("a note"),
                "abc",
                closedAt);
    }

    private static ChargebackHtml pages(@Nullable Instant closedAt) {
        return new ChargebackHtml(split(closedAt), Dimension.USER, NOW);
    }

    private static void assertHarmless(String html) {
        assertFalse(html.contains("<script"), html);
        assertFalse(html.contains("http"), html);
        assertFalse(html.contains("<a "), html);
        assertFalse(html.contains("src="), html);
        assertFalse(html.contains("url("), html);
    }

    private static String row(String... cells) {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            boolean number = cells[i].startsWith("#");
            row.append(number ? "<td class=\"n\">" : "<td>")
                    .append(cells[i], number ? 1 : 0, cells[i].length())
                    .append("</td>");
        }
        return row.toString();
    }

    @Test
    void statement_hasTheOwnersPartsAdjustmentsAndSum() {
        String html = pages(null).statement("ada");

        assertTrue(html.contains("<h1>Statement 2026-10: ada</h1>"), html);
        assertTrue(html.contains("2026-10-01 to 2026-10-31 UTC. Not closed; as of 2026-11-02T12:00:00Z."), html);
        assertTrue(html.contains(row("claude-opus-5-5", "output tokens", "#1,000", "#$7.5", "#75.00 %")), html);
        assertTrue(html.contains(row("2026-09", "#-$0.25")), html);
        assertTrue(html.contains(row("To be charged", "#$7.25")), html);
        assertTrue(html.contains("SHA-256 of the inputs: <code>abc</code>"), html);
        assertTrue(html.contains("a note"), html);
        assertFalse(html.contains("script"), html);
        assertHarmless(html);
    }

    @Test
    void statement_ofAnOwnerWhoIsGone_hasTheAdjustmentAlone() {
        String html = pages(NOW).statement("gone");

        assertTrue(html.contains("Closed 2026-11-02T12:00:00Z."), html);
        assertTrue(html.contains(row("To be charged", "#-$1")), html);
    }

    @Test
    void whole_andIndex_haveEveryRow_andSumToBillAndAdjustments() {
        String whole = pages(null).whole();
        String index = pages(null).index();

        for (String html : List.of(whole, index)) {
            assertTrue(html.contains("&lt;script&gt;"), html);
            assertTrue(html.contains("(outside the proxy)"), html);
            assertTrue(html.contains("<td class=\"n\">$8.75</td>"), html);
            assertHarmless(html);
        }
        assertTrue(index.contains("<td>user-ada-"), index);
        assertEquals(3, pages(null).owners().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada",
                "",
                ".",
                "..",
                "../../etc/passwd",
                "C:\\\\con",
                "a/b",
                "nul\u0000l",
                "\u202eadA",
                "Ada Lovelace <ada@example.org>",
                "名前",
                "x'; rm -rf $HOME"
            })
    void file_ofAnyName_staysInItsDirectory(String owner) {
        String file = FileNames.of(Dimension.USER, owner);

        assertTrue(file.matches("user-[a-z0-9-]{12,60}\\.html"), file);
    }

    @Test
    void files_ofNamesThatLookAlike_differ() {
        assertNotEquals(FileNames.of(Dimension.USER, "Ada"), FileNames.of(Dimension.USER, "ada"));
        assertNotEquals(FileNames.of(Dimension.USER, "a/b"), FileNames.of(Dimension.USER, "a-b"));
        assertNotEquals(FileNames.of(Dimension.TEAM, "ada"), FileNames.of(Dimension.USER, "ada"));
        String longName = "a".repeat(5_000);
        assertTrue(FileNames.of(Dimension.PROJECT, longName).length() < 80);
        assertNotEquals(FileNames.of(Dimension.PROJECT, longName), FileNames.of(Dimension.PROJECT, longName + "a"));
    }
}
