package dev.reckoner.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.ledger.insight.CacheQuery;
import dev.reckoner.ledger.insight.CacheReport;
import dev.reckoner.ledger.insight.CacheRow;
import dev.reckoner.ledger.insight.Insight;
import dev.reckoner.ledger.insight.InsightQuery;
import dev.reckoner.ledger.insight.InsightReport;
import dev.reckoner.ledger.insight.Kind;
import dev.reckoner.ledger.insight.ReadWindow;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Insights come through the private API equal. */
final class InsightsClientTest {
    private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2026-11-22T00:00:00Z");
    private static final Map<Dimension, List<String>> WHERE = Map.of(Dimension.USER, List.of("a&b", ""));
    private static final BigDecimal HALF = new BigDecimal("0.500");

    private final FakeReports reports = new FakeReports();
    private final ConsoleServer server = FakeParts.serving(FakeParts.of(reports, new FakeKeys(), new FakeLimits()));
    private final ReportsClient client =
            new ReportsClient(URI.create("http://127.0.0.1:" + server.address().getPort()), null);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void insights_withEverything_comeThroughEqual() {
        Insight insight = new Insight(
                Kind.MODEL_MIX,
                Insight.Certainty.HYPOTHETICAL,
                Insight.Basis.SUMS,
                "title",
                "assumption",
                1,
                2,
                BigDecimal.ONE,
                HALF,
                HALF,
                List.of(
                        new Insight.Step(
                                "a → b", TokenType.OUTPUT, 3, BigDecimal.TEN, null, BigDecimal.ONE, HALF, HALF),
                        new Insight.Step("OUTCOME", null, 1, null, null, BigDecimal.ONE, HALF, HALF)),
                List.of(new Insight.Owner(Map.of(Dimension.USER, "<b>\"ü\n"), BigDecimal.ONE, HALF, HALF)),
                4,
                Map.of("fact", "1"));
        InsightReport report = new InsightReport(
                FROM, UNTIL, 7, BigDecimal.ONE, "v1", new ReadWindow(FROM, UNTIL, 6, true), List.of(insight));
        reports.insights = () -> report;
        InsightQuery query = new InsightQuery(FROM, UNTIL, WHERE);

        assertEquals(report, client.insights(query));
        assertEquals(query, reports.insightsAsked.poll());
    }

    @Test
    void cache_comesThroughEqual_andIsByAppWhereNothingIsSaid() {
        CacheRow row = new CacheRow(
                Map.of(Dimension.PROJECT, "p"),
                CacheRow.Verdict.LOSES,
                1,
                2,
                3,
                4,
                5,
                null,
                HALF,
                HALF,
                BigDecimal.ZERO,
                BigDecimal.ONE.negate(),
                6);
        CacheReport report = new CacheReport(FROM, UNTIL, List.of(Dimension.PROJECT), "v1", row, List.of(row));
        reports.cache = () -> report;
        CacheQuery query = new CacheQuery(FROM, UNTIL, List.of(Dimension.PROJECT), WHERE);

        assertEquals(report, client.cache(query));
        assertEquals(query, reports.cachesAsked.poll());
        client.cache(new CacheQuery(FROM, UNTIL, List.of(), Map.of()));
        assertEquals(new CacheQuery(FROM, UNTIL, CacheQuery.APP, Map.of()), reports.cachesAsked.poll());
    }
}
