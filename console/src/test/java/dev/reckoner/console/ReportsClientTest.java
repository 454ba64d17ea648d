package dev.reckoner.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.LimitRule;
import dev.reckoner.ledger.ArrivalQuery;
import dev.reckoner.ledger.Arrivals;
import dev.reckoner.ledger.AttributeQuery;
import dev.reckoner.ledger.AttributeResult;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.AttributionRule;
import dev.reckoner.ledger.Audit;
import dev.reckoner.ledger.BatchQuery;
import dev.reckoner.ledger.BatchRecord;
import dev.reckoner.ledger.BatchRow;
import dev.reckoner.ledger.BatchState;
import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.DetailQuery;
import dev.reckoner.ledger.Details;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.Document;
import dev.reckoner.ledger.EntryCursor;
import dev.reckoner.ledger.EntryFilter;
import dev.reckoner.ledger.EntryQuery;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.HourCrossing;
import dev.reckoner.ledger.Lag;
import dev.reckoner.ledger.LedgerException;
import dev.reckoner.ledger.LineDetail;
import dev.reckoner.ledger.Opening;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.RateLimitQuery;
import dev.reckoner.ledger.RateLimitRow;
import dev.reckoner.ledger.ReloadedRates;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.RerateQuery;
import dev.reckoner.ledger.RerateResult;
import dev.reckoner.ledger.Revision;
import dev.reckoner.ledger.SessionPage;
import dev.reckoner.ledger.SessionQuery;
import dev.reckoner.ledger.SessionRow;
import dev.reckoner.ledger.SettleResult;
import dev.reckoner.ledger.Settlement;
import dev.reckoner.ledger.Sums;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.ledger.Unsettled;
import dev.reckoner.ledger.Usage;
import dev.reckoner.ledger.VendorLimits;
import dev.reckoner.ledger.alert.Alert;
import dev.reckoner.ledger.alert.AlertQuery;
import dev.reckoner.ledger.alert.StoredAlert;
import dev.reckoner.ledger.credit.CreditEvent;
import dev.reckoner.ledger.credit.CreditNote;
import dev.reckoner.ledger.limit.Limit;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes through the private API comes out equal at the other end. */
final class ReportsClientTest {

    private static final Instant FROM = Instant.parse("2026-11-01T00:00:00.123456789Z");
    private static final Instant UNTIL = Instant.parse("2026-11-21T12:00:00Z");

    private final FakeReports reports = new FakeReports();
    private final FakeLimits limits = new FakeLimits();
    private final ConsoleServer server = FakeParts.serving(FakeParts.of(reports, new FakeKeys(), limits));
    private final ReportsClient client =
            new ReportsClient(URI.create("http://127.0.0.1:" + server.address().getPort()), null);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void limits_setShownAndRemoved_comeThroughEqual() {
        LimitRule rule =
                LimitRule.parse("user=Ada \"L\" Ü 12.5/week Europe/Berlin").orElseThrow();
        Limit limit = client.set(rule, "a test");
        assertEquals(rule, limit.rule());
        assertEquals(limits.standings(), client.standings());
        assertEquals(limits.changes("", 9, 9), client.changes("", 9, 9));
        assertEquals(limit, client.remove(limit.id(), "a test"));
        assertEquals(limits.changes(limit.id(), 9, 1), client.changes(limit.id(), 9, 1));
        ReportsFailed gone = assertThrows(ReportsFailed.class, () -> client.remove(limit.id(), "a test"));
        assertTrue(String.valueOf(gone.getMessage()).contains("there is no limit"), gone.getMessage());
    }

    @Test
    void report_withEverything_comesThroughEqual() {
        ReportQuery query = new ReportQuery(
                FROM,
                UNTIL,
                Bucket.WEEK,
                List.of(Dimension.MODEL, Dimension.USER),
                Map.of(Dimension.USER, List.of("a&b=c", "", "ü +%/?#"), Dimension.SERVICE_TIER, List.of("batch")));
        List<ReportRow> rows = List.of(
                Rows.of(TokenType.INPUT, Long.MAX_VALUE, "0.0000001250")
                        .and(TokenType.OUTPUT, 1, "1E+3")
                        .and(TokenType.WEB_SEARCH, 2, "0.00")
                        .pending(3)
                        .at("2026-11-02T00:00:00Z", "m", "ü \"quoted\"\n"),
                new ReportRow(
                        null,
                        List.of("", ""),
                        Rows.of(TokenType.INPUT, 1, "")
                                .at("2026-11-02T00:00:00Z")
                                .sums(),
                        FROM,
                        UNTIL));
        reports.rows = asked -> rows;
        assertEquals(rows, client.report(query));
        assertEquals(query, reports.reportsAsked.poll());
    }

    @Test
    void arrivals_withEverythingAndWithNothing_comeThroughEqual() {
        reports.arrivals = new Arrivals(
                List.of(
                        new Arrivals.Arrival(Samples.FULL, UNTIL, "rerated", Samples.BARE.entry()),
                        new Arrivals.Arrival(Samples.BARE, null, null, null)),
                78,
                true);
        ArrivalQuery full = new ArrivalQuery(FROM, UNTIL, 42, 1_000);
        ArrivalQuery bare = new ArrivalQuery(null, null, 0, 1);
        assertEquals(reports.arrivals, client.arrivals(full));
        assertEquals(full, reports.arrivalsAsked.poll());
        assertEquals(reports.arrivals, client.arrivals(bare));
        assertEquals(bare, reports.arrivalsAsked.poll());
    }

    @Test
    void report_bare_comesThroughEqual() {
        ReportQuery query = new ReportQuery(FROM, UNTIL, Bucket.ALL, List.of(), Map.of());
        assertEquals(List.of(), client.report(query));
        assertEquals(query, reports.reportsAsked.poll());
    }

    @Test
    void entries_withEverythingAndWithNothing_comeThroughEqual() {
        reports.entries = List.of(Samples.FULL, Samples.BARE);
        EntryQuery full = new EntryQuery(FROM, UNTIL, Map.of(Dimension.TAG, List.of("env=prod")), 42L, true, 1_000);
        EntryQuery bare = new EntryQuery(null, null, Map.of(), null, false, 1);
        EntryQuery searched = new EntryQuery(
                FROM,
                UNTIL,
                Map.of(Dimension.USER, List.of("ü&=")),
                null,
                true,
                50,
                new EntryFilter(
                        List.of(Outcome.FAILED_UPSTREAM_TIMEOUT, Outcome.FAILED_UPSTREAM_SHORT),
                        true,
                        true,
                        true,
                        new BigDecimal("0.050"),
                        "req_1 '"),
                new EntryCursor(FROM.plusNanos(1), Long.MAX_VALUE));
        assertEquals(reports.entries, client.entries(searched));
        assertEquals(searched, reports.entriesAsked.poll());
        assertEquals(reports.entries, client.entries(full));
        assertEquals(reports.entries, client.entries(bare));
        assertEquals(full, reports.entriesAsked.poll());
        assertEquals(bare, reports.entriesAsked.poll());
    }

    @Test
    void find_byAnyId_comesThroughEqual() {
        reports.entries = List.of(Samples.FULL);
        assertEquals(reports.entries, client.find("req_011/ä ?&"));
        assertEquals("req_011/ä ?&", reports.idsAsked.poll());
        ExchangeId id = Samples.FULL.entry().id();
        assertEquals(Samples.FULL, client.entry(id).orElseThrow());
        assertEquals(id.toString(), reports.idsAsked.poll());
    }

    @Test
    void alerts_comeThroughEqual() {
        StoredAlert full = new StoredAlert(
                3,
                new Alert(Alert.Kind.BYPASS, "ü \"quoted\"", FROM, "a message", Map.of("b", "2", "a", "1")),
                4,
                UNTIL,
                StoredAlert.Delivery.FAILED,
                2,
                null,
                "answered 500");
        reports.alerts = List.of(
                full,
                new StoredAlert(
                        2,
                        new Alert(Alert.Kind.TEST, "test", FROM, "", Map.of()),
                        0,
                        FROM,
                        StoredAlert.Delivery.SENT,
                        1,
                        UNTIL,
                        null));
        assertEquals(reports.alerts, client.list(new AlertQuery(FROM, 7)));
        assertEquals(new AlertQuery(FROM, 7), reports.alertsAsked.poll());
        client.list(new AlertQuery(null, 1));
        assertEquals(new AlertQuery(null, 1), reports.alertsAsked.poll());
        assertEquals(full, client.test());
    }

    @Test
    void sessions_comeThroughEqual() {
        Sums sums = new Sums(
                2,
                1,
                0,
                0,
                Map.of(TokenType.OUTPUT, 5L),
                Map.of(TokenType.OUTPUT, new BigDecimal("0.000000000000000001")));
        reports.sessions = new SessionPage(
                List.of(new SessionRow(
                        "'; drop table",
                        "ü",
                        "",
                        "=1+1",
                        FROM,
                        UNTIL,
                        sums.amount(),
                        sums,
                        Duration.ofNanos(1),
                        Duration.between(FROM, UNTIL),
                        List.of(new SessionRow.ModelPart("m", sums.amount(), sums)))),
                "0.5~00000000-0000-0000-0000-000000000001");
        for (String cursor : Arrays.asList(null, reports.sessions.next())) {
            SessionQuery query = new SessionQuery(
                    FROM,
                    UNTIL,
                    Map.of(Dimension.USER, List.of("ü", "")),
                    SessionQuery.Order.COST,
                    SessionQuery.LIMIT_MAX,
                    cursor);
            assertEquals(reports.sessions, client.sessions(query));
            assertEquals(query, reports.sessionsAsked.poll());
        }
    }

    @Test
    void rateLimits_comeThroughEqual() {
        RateLimitQuery query = new RateLimitQuery(FROM, UNTIL, Bucket.MINUTE, Dimension.KEY);
        reports.rateLimits = List.of(new RateLimitRow(
                FROM,
                "ü",
                new RateLimitRow.Peak(7, UNTIL),
                RateLimitRow.Peak.NONE,
                new RateLimitRow.Peak(1, FROM),
                1,
                2,
                3,
                4,
                5,
                new VendorLimits(null, Long.MAX_VALUE, 9L),
                List.of(new RateLimitRow.Throttled("ada", 5))));
        assertEquals(reports.rateLimits, client.rateLimits(query));
        assertEquals(query, reports.rateLimitsAsked.poll());
    }

    @Test
    void credits_comeThroughEqual() {
        CreditNote set = new CreditNote(CreditNote.Kind.SET, FROM, new BigDecimal("500.00"), null, "ü");
        CreditNote off = new CreditNote(CreditNote.Kind.AUTO_RELOAD, UNTIL, null, null, "");
        client.record(set);
        client.record(off);
        CreditNote setBy = new CreditNote(set.kind(), FROM, set.amount(), null, "loopback: ü from 127.0.0.1");
        CreditNote offBy = new CreditNote(off.kind(), UNTIL, null, null, "loopback from 127.0.0.1");
        assertEquals(List.of(new CreditEvent(1, setBy, FROM), new CreditEvent(2, offBy, UNTIL)), client.events());
    }

    @Test
    void history_comesThroughEqual() {
        reports.revisions = List.of(
                new Revision(0, Samples.BARE.entry(), null, null, null),
                new Revision(1, Samples.FULL.entry(), FROM, "rerated", "a reason"));
        ExchangeId id = Samples.FULL.entry().id();
        assertEquals(reports.revisions, client.history(id));
        assertEquals(id.toString(), reports.idsAsked.poll());
    }

    @Test
    void batches_withEverythingAndWithNothing_comeThroughEqual() {
        BatchState state = new BatchState("ended", FROM, UNTIL, UNTIL, new BatchState.Counts(0, 1, 2, 3, 4));
        Opening opening = Samples.FULL.entry().closing().opening();
        BatchRecord full =
                new BatchRecord("msgbatch_1", 3, opening.id(), opening.attribution(), "wrkspc_1", state, FROM, UNTIL);
        BatchRecord bare =
                new BatchRecord("msgbatch_2", 1, null, Attribution.NONE, null, BatchState.UNKNOWN, FROM, null);
        reports.batches =
                List.of(new BatchRow(full, 10, new BigDecimal("0.0000001250")), new BatchRow(bare, 0, BigDecimal.ZERO));
        BatchQuery query = new BatchQuery(BatchQuery.Which.UNCOLLECTED, 1_000);
        assertEquals(reports.batches, client.batches(query));
        assertEquals(query, reports.batchesAsked.poll());
    }

    @Test
    void details_comeThroughEqual() {
        reports.details = new Details(
                List.of(
                        new LineDetail(
                                Map.of(Dimension.KEY, "sk-ant-api03-abc...wxyz", Dimension.MODEL, "claude-x"),
                                TokenType.OUTPUT,
                                LineDetail.Kind.ESTIMATED,
                                FROM,
                                Long.MAX_VALUE,
                                new BigDecimal("0.000000000000000001")),
                        new LineDetail(Map.of(), TokenType.INPUT, LineDetail.Kind.EXACT, null, 1, BigDecimal.ZERO)),
                List.of("sk-ant-api03-abc...wxyz", ""));
        DetailQuery query = new DetailQuery(FROM, UNTIL);
        assertEquals(reports.details, client.details(query));
        assertEquals(query, reports.detailsAsked.poll());
    }

    @Test
    void documents_keptFoundAndListed_comeThroughEqual() {
        String body = "{\"a\":\"ü \\n\"}\n".repeat(20_000);
        client.keep("page", "/v1/x?a=b&c", body);
        Document kept = new Document("page", "/v1/x?a=b&c", FakeReports.KEPT_AT, body);
        assertEquals(List.of(kept), reports.documents);
        assertEquals(Optional.of(kept), client.find("page", "/v1/x?a=b&c"));
        assertEquals(Optional.empty(), client.find("page", "another"));
        assertEquals(List.of(kept), client.list("page", 10));
        assertEquals(List.of(), client.list("reconciliation", 10));
    }

    @Test
    void openings_comeThroughEqual() {
        reports.openings = List.of(
                Samples.FULL.entry().closing().opening(),
                Samples.BARE.entry().closing().opening());
        assertEquals(reports.openings, client.openings());
    }

    @Test
    void verify_comesThroughEqual() {
        reports.audit = new Audit(1, 2, 3, 4, 5, List.of("rollup of 2026-11-01T00:00:00Z: found 1, expected 2"));
        assertEquals(reports.audit, client.verify());
    }

    @Test
    void rerate_plannedAndApplied_comesThroughEqual() {
        RerateResult result = new RerateResult(
                "abc",
                12,
                2,
                true,
                new BigDecimal("1.0000000000000000001"),
                new BigDecimal("-2"),
                1,
                0,
                List.of(new RerateResult.OfModel("claude-x", 2, BigDecimal.ONE, BigDecimal.ZERO, 1, 0)));
        reports.rerated = () -> result;
        for (boolean apply : new boolean[] {false, true}) {
            RerateQuery query = new RerateQuery(FROM, UNTIL, Map.of(Dimension.USER, List.of("", "ada")), apply);
            assertEquals(result, client.rerate(query));
            assertEquals(query, reports.reratesAsked.poll());
        }
        reports.reloaded = () -> new ReloadedRates("abc", 47, true, result);
        assertEquals(reports.reloaded.get(), client.reloadRates());
    }

    @Test
    void unsettledAndSettled_comeThroughEqual() {
        reports.unsettled = new Unsettled(
                List.of(Samples.FULL, Samples.BARE),
                List.of(new HourCrossing("sk-ant-api03-abc...wxyz", "claude-x", FROM, UNTIL)),
                true);
        assertEquals(reports.unsettled, client.unsettled(new DetailQuery(FROM, UNTIL)));
        Usage usage =
                Objects.requireNonNull(Samples.FULL.entry().closing().reading().usage());
        Settlement settlement = new Settlement(Samples.FULL.entry().id(), 3, "claude-x", usage, "rec_1: a reason");
        assertEquals(
                new SettleResult(1, 0, BigDecimal.ZERO, new BigDecimal("0.25")), client.settle(List.of(settlement)));
        assertEquals(List.of(settlement), reports.settlementsAsked);
    }

    @Test
    void settlement_thatIsNone_isRefused() {
        for (String body : List.of("[1]", "{}", "nothing")) {
            String request = "POST /reckoner/v1/settle HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
            Wire.Response refused = Wire.send(server, request, 1).get(0);
            assertEquals(400, refused.status(), body);
            assertTrue(refused.message().contains("list of settlements"), refused.message());
        }
        assertEquals(List.of(), reports.settlementsAsked);
    }

    @Test
    void rerate_thatFails_saysWhy() {
        reports.rerated = () -> {
            throw new LedgerException("corrections can't be booked any more; do the same again");
        };
        ReportsFailed failure =
                assertThrows(ReportsFailed.class, () -> client.rerate(new RerateQuery(FROM, UNTIL, Map.of(), true)));
        assertTrue(String.valueOf(failure.getMessage()).contains("do the same again"), failure.toString());
    }

    @Test
    void lag_comesThroughEqual() {
        Lag lag = new Lag(12, Duration.ofNanos(1_234_567_891));
        reports.lag = () -> lag;
        assertEquals(lag, client.lag());
    }

    @Test
    void question_refused_failsWithTheServersMessage() {
        ReportsFailed failure = assertThrows(
                ReportsFailed.class, () -> client.entries(new EntryQuery(null, null, Map.of(), null, false, 1_001)));
        assertTrue(String.valueOf(failure.getMessage()).contains("400: limit: found \"1001\""), failure.toString());
    }

    @Test
    void server_gone_failsNamingTheAddress() {
        URI address = URI.create("http://127.0.0.1:" + server.address().getPort());
        server.close();
        ReportsFailed failure = assertThrows(ReportsFailed.class, () -> new ReportsClient(address, null).lag());
        assertTrue(String.valueOf(failure.getMessage()).contains(address.toString()), failure.toString());
    }

    @Test
    void attribute_comesThroughEqual() {
        AttributeQuery query = new AttributeQuery(
                FROM,
                UNTIL,
                Map.of(Dimension.USER, List.of("")),
                List.of(
                        new AttributionRule(AttributionRule.Of.KEY, "sk-ant-api03-R2D...igAA", "ada", null, "ü"),
                        new AttributionRule(AttributionRule.Of.ALL, "", null, "search", null)),
                true);
        reports.attributed = new AttributeResult(
                9,
                2,
                true,
                List.of(new AttributeResult.Assigned("ada", "search", "", 2, new BigDecimal("0.120000000000000001"))));

        assertEquals(reports.attributed, client.attribute(query));
        assertEquals(List.of(query), reports.attributesAsked);
    }

    @Test
    void question_wrong_isRefusedNamingFoundAndExpected() {
        assertEquals(
                "bucket: found \"year\", expected one of all, minute, hour, day, week, month",
                refusal("report?from=" + UNTIL + "&until=" + UNTIL + "&bucket=year"));
        assertEquals(
                "from: missing, expected an instant such as 2026-11-01T00:00:00Z",
                refusal("report?until=x".replace("x", UNTIL.toString())));
        assertEquals("metered: found \"yes\", expected true or false", refusal("entries?metered=yes"));
        assertTrue(refusal("entries?user=ada").startsWith("query: found \"user\", expected only the parameters from,"));
        assertTrue(refusal("entries?after=-1").startsWith("after: found \"-1\""));
    }

    private String refusal(String question) {
        Wire.Response response = Wire.get(server, "/reckoner/v1/" + question);
        assertEquals(400, response.status(), response.body());
        return response.message();
    }
}
