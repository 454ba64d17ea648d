package dev.reckoner.reconcile.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckoner.reconcile.Cause;
import dev.reckoner.reconcile.Cell;
import dev.reckoner.reconcile.Coverage;
import dev.reckoner.reconcile.Matched;
import dev.reckoner.reconcile.Passed;
import dev.reckoner.reconcile.Reconciliation;
import dev.reckoner.reconcile.Restated;
import dev.reckoner.reconcile.Variance;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a reconciliation looks like as a line, JSON and HTML. */
final class StatementTest {

    private static final LocalDate DAY = LocalDate.parse("2026-11-02");
    private static final Cell CELL = Cell.ofTokens(
            DAY, null, "output_tokens", new Cell.Terms("claude-opus-5-5", "standard", "0-200k", "global", null));

    private static Variance variance(Cause cause, String ledger, String billed, String evidence) {
        return new Variance(CELL, "apikey_1", 80, 120, new BigDecimal(ledger), new BigDecimal(billed), cause, evidence);
    }

    private static Reconciliation reconciliation(String tolerance, Variance... variances) {
        BigDecimal ledger = new BigDecimal("100.00");
        BigDecimal billed = ledger;
        for (Variance variance : variances) {
            billed = billed.add(variance.difference());
        }
        return new Reconciliation(
                "rec_1",
                DAY,
                DAY.plusDays(6),
                Instant.parse("2026-11-21T10:00:00Z"),
                new BigDecimal(tolerance),
                new Matched(ledger, billed, List.of(variances), coverage(ledger, billed), false),
                List.of("a note"),
                List.of(new Restated(
                        DAY.plusDays(1),
                        Instant.parse("2026-11-09T08:00:00Z"),
                        new BigDecimal("7.50"),
                        new BigDecimal("7.25"))),
                "abc");
    }

    private static Coverage coverage(BigDecimal ledger, BigDecimal billed) {
        Passed whole = new Passed(null, null, 3, 4, ledger, billed);
        Passed key = new Passed("apikey_1", "<nightly>", 3, 4, ledger, billed);
        Coverage.Bypass bypass =
                new Coverage.Bypass("apikey_1", "<nightly>", 1, billed.subtract(ledger), DAY, /* news= */ true);
        Passed day = new Passed(DAY.toString(), null, 3, 4, ledger, billed);
        return new Coverage(whole, List.of(key), List.of(whole), List.of(whole), List.of(day), List.of(bypass));
    }

    @Test
    void equal_isMatchedExactly() {
        assertEquals("Matched exactly: billed $100, ledger $100", Headline.of(reconciliation("0")));
        assertTrue(reconciliation("0").matched());
    }

    @Test
    void different_saysHowMuchAndWhy() {
        Reconciliation apart = reconciliation(
                "0.001",
                variance(Cause.ESTIMATE, "0.0016", "0.0024", "x"),
                variance(Cause.BYPASSED, "0", "12.5", "x"),
                variance(Cause.RATE, "2", "1", "x"),
                variance(Cause.TIER, "0", "0.01", "x"));

        assertFalse(apart.matched());
        assertEquals(
                "Not matched: $11.5108 more billed than in the ledger: bypassed +$12.5, rate -$1, tier +$0.01 and 1 more",
                Headline.of(apart));
    }

    @Test
    void daysThatCancelOut_areNotAMatch() {
        Reconciliation apart =
                reconciliation("0", variance(Cause.BOUNDARY, "0", "1", "x"), variance(Cause.BOUNDARY, "1", "0", "x"));

        assertFalse(apart.matched());
        assertEquals("Not matched: the totals agree and single days don't: boundary $0", Headline.of(apart));
    }

    @Test
    void withinTheTolerance_isMatched() {
        Reconciliation close = reconciliation("0.001", variance(Cause.ESTIMATE, "0.0016", "0.0024", "x"));

        assertTrue(close.matched());
        assertEquals("Matched within the tolerance: billed $100.0008, ledger $100", Headline.of(close));
    }

    @Test
    void json_hasTheFieldsOfTheContract() {
        ObjectNode json = ReconciliationJson.of(reconciliation("0", variance(Cause.BYPASSED, "0", "1E+2", "why")));

        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        assertTrue(
                names.containsAll(List.of(
                        "id",
                        "from",
                        "to",
                        "matched",
                        "ledger_amount",
                        "billed_amount",
                        "difference",
                        "coverage",
                        "causes",
                        "variances",
                        "restated",
                        "inputs_sha256")),
                names.toString());
        String figures = "\"tokens\":\"0.750000\",\"amount\":\"0.500000\",\"passed_tokens\":3,\"billed_tokens\":4,"
                + "\"passed_amount\":\"100\",\"billed_amount\":\"200\"";
        assertEquals(
                "{" + figures + ",\"by_key\":[{\"api_key_id\":\"apikey_1\",\"name\":\"<nightly>\"," + figures
                        + "}],\"by_workspace\":[{\"workspace_id\":null,\"name\":null," + figures
                        + "}],\"by_model\":[{\"model\":null," + figures + "}],\"by_day\":[{\"day\":\"2026-11-02\","
                        + figures
                        + "}],\"bypassing\":[{\"api_key_id\":\"apikey_1\",\"name\":\"<nightly>\",\"tokens\":1,"
                        + "\"amount\":\"100\",\"first_day\":\"2026-11-02\",\"new\":true}]}",
                json.path("coverage").toString());
        assertEquals(
                "[{\"day\":\"2026-11-03\",\"since\":\"2026-11-09T08:00:00Z\",\"before\":\"7.5\",\"now\":\"7.25\"}]",
                json.path("restated").toString());
        assertEquals(
                "[{\"cause\":\"bypassed\",\"amount\":\"100\",\"count\":1}]",
                json.path("causes").toString());
        assertEquals(
                "{\"starting_at\":\"2026-11-02T00:00:00Z\",\"ending_at\":\"2026-11-03T00:00:00Z\",\"workspace_id\":null,"
                        + "\"api_key_id\":\"apikey_1\",\"cost_type\":\"tokens\",\"model\":\"claude-opus-5-5\","
                        + "\"token_type\":\"output_tokens\",\"service_tier\":\"standard\",\"context_window\":\"0-200k\","
                        + "\"inference_geo\":\"global\",\"speed\":null,\"ledger_tokens\":80,\"billed_tokens\":120,"
                        + "\"ledger_amount\":\"0\",\"billed_amount\":\"100\",\"difference\":\"100\","
                        + "\"cause\":\"bypassed\",\"evidence\":\"why\"}",
                json.path("variances").get(0).toString());
    }

    @Test
    void json_readBack_isTheSameInEveryForm() {
        Variance keyless = new Variance(
                Cell.ofOther(DAY, "wrkspc_1", Cell.CODE_EXECUTION),
                null,
                0,
                0,
                BigDecimal.ZERO,
                new BigDecimal("-0.00000001"),
                Cause.BATCH_UNCOLLECTED,
                "x");
        Reconciliation made = reconciliation("0.5", keyless, variance(Cause.BYPASSED, "0", "1E+2", "why \"é\""));

        Reconciliation read = ReconciliationReader.read(
                        ReconciliationJson.of(made).toString())
                .orElseThrow();

        assertEquals(ReconciliationJson.of(made), ReconciliationJson.of(read));
        assertEquals(ReconciliationHtml.of(made), ReconciliationHtml.of(read));
        assertEquals(Headline.of(made), Headline.of(read));
        assertEquals(made.inputsSha256(), read.inputsSha256());
        assertTrue(read.result().coverage().bypassing().get(0).news());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{\"id\":\"rec_1\"}", "{\"from\":\"yesterday\"}"})
    void text_thatIsNoReconciliation_isNoneReadBack(String text) {
        assertEquals(Optional.empty(), ReconciliationReader.read(text));
    }

    @Test
    void html_holdsEverythingAndLoadsNothing() {
        String html = ReconciliationHtml.of(
                reconciliation("0", variance(Cause.BYPASSED, "0", "1", "<script>alert('x')</script>\u001b[31m")));

        assertTrue(html.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; [31m"), html);
        assertFalse(html.contains("<script"), html);
        assertFalse(html.contains("http"), html);
        assertTrue(html.contains("75.00 % of the billed tokens"), html);
        assertTrue(html.contains("<h2>Keys that bypass the proxy</h2>"), html);
        assertTrue(html.contains("<h2>Coverage by day</h2>"), html);
        assertFalse(html.contains("<nightly>"), html);
        assertTrue(
                html.contains("<td>2026-11-03</td><td>2026-11-09T08:00:00Z</td><td class=\"n\">$7.5</td>"
                        + "<td class=\"n\">$7.25</td><td class=\"n\">-$0.25</td>"),
                html);
        assertTrue(html.contains("SHA-256 of the inputs: <code>abc</code>"), html);
        assertTrue(html.contains(CauseWords.of(Cause.BYPASSED)), html);
    }
}
