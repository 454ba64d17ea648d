package dev.reckoner.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.Sums;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.ledger.Top;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports of at most so many groups, asked for over HTTP. */
final class TopGroupsTest {
    private static final Instant DAY = Instant.parse("2026-11-21T00:00:00Z");
    private static final String ASKED =
            "/reckoner/v1/report?from=2026-11-21T00:00:00Z&until=2026-11-23T00:00:00Z&bucket=day&by=user";

    private final FakeReports reports = new FakeReports();
    private final ConsoleServer server = FakeParts.serving(FakeParts.of(reports, new FakeKeys(), new FakeLimits()));

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void largestGroups_areAskedFor_andOthersSaid() throws InterruptedException {
        Sums sums = new Sums(2, 1, 0, 1, Map.of(TokenType.OUTPUT, 9L), Map.of(TokenType.OUTPUT, BigDecimal.ONE));
        reports.rows = query -> List.of(
                new ReportRow(DAY, List.of("ada"), sums, DAY, DAY), new ReportRow(DAY, List.of(), 41, sums, DAY, DAY));
        JsonNode answer = Wire.get(server, ASKED + "&top=2&order=tokens").json();
        assertEquals(0, answer.at("/rows/0/others").asInt());
        assertEquals(41, answer.at("/rows/1/others").asInt());
        assertEquals(0, answer.at("/rows/1/group").size());
        assertEquals(new Top(2, Top.Order.TOKENS), reports.reportsAsked.take().top());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&order=cost"})
    void withoutANumber_allAreAskedFor(String order) throws InterruptedException {
        assertEquals(200, Wire.get(server, ASKED + order).status());
        assertNull(reports.reportsAsked.take().top());
    }

    @Test
    void answerThatIsTooLong_isRefused_withWhatToAskFor() {
        Sums sums = new Sums(1, 0, 0, 0, Map.of(), Map.of());
        String group = "s".repeat(1 << 20);
        reports.rows = query -> Collections.nCopies(65, new ReportRow(DAY, List.of(group), sums, DAY, DAY));
        Wire.Response answer = Wire.get(server, ASKED);
        assertEquals(413, answer.status());
        assertTrue(answer.message().contains("ask for a shorter time or for fewer groups"), answer.body());
    }

    @Test
    void question_comesThroughEqual() throws InterruptedException {
        ReportQuery query = new ReportQuery(
                DAY,
                DAY.plusSeconds(86_400),
                Bucket.DAY,
                List.of(Dimension.USER),
                Map.of(),
                new Top(7, Top.Order.COST));
        new ReportsClient(URI.create("http://127.0.0.1:" + server.address().getPort()), null).report(query);
        assertEquals(query, reports.reportsAsked.take());
    }

    @ParameterizedTest
    @ValueSource(strings = {"top=0", "top=10001", "top=x", "top=3&order=name"})
    void wrongNumberOrOrder_isRefused_withWhatIsExpected(String wrong) {
        Wire.Response answer = Wire.get(server, ASKED + "&" + wrong);
        assertEquals(400, answer.status());
        assertTrue(answer.message().contains("expected"), answer.body());
    }
}
