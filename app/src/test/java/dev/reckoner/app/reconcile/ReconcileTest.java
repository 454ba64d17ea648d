package dev.reckoner.app.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.reconcile.kept.KeptReconciliations;
import dev.reckoner.simulator.Counts;
import dev.reckoner.simulator.Fault;
import dev.reckoner.simulator.Simulator;
import dev.reckoner.simulator.admin.Access;
import dev.reckoner.simulator.admin.Admin;
import dev.reckoner.simulator.admin.Billable;
import dev.reckoner.simulator.admin.PriceChange;
import dev.reckoner.simulator.admin.Terms;
import dev.reckoner.simulator.admin.TokenKind;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way: messages through the proxy, the simulator's own bill of them, and the command that compares both. */
final class ReconcileTest {

    @TempDir
    private Path directory;

    private BilledServer billed;
    private Simulator simulator;
    private StringWriter out;
    private StringWriter err;
    private LocalDate today;

    @BeforeEach
    void serve() throws Exception {
        billed = new BilledServer(directory);
        simulator = billed.simulator;
        out = billed.out;
        err = billed.err;
        today = billed.today;
    }

    @AfterEach
    void close() {
        billed.close();
    }

    private int reconcile(String... more) {
        return billed.reconcile(more);
    }

    private int run(List<String> words) {
        return billed.run(words);
    }

    private Map<String, BigDecimal> causes() throws Exception {
        JsonNode json = new ObjectMapper().readTree(out.toString());
        Map<String, BigDecimal> causes = new TreeMap<>();
        for (JsonNode cause : json.path("causes")) {
            causes.put(
                    cause.path("cause").asText(),
                    new BigDecimal(cause.path("amount").asText()));
        }
        return causes;
    }

    private static Billable billable(Terms terms, Instant at, long input, long output) {
        return new Billable(at, at, terms, 1, new Counts(input, 0, 0, 0, output, 0));
    }

    @Test
    void nothingPlanted_matchesToTheLastDigit() {
        assertEquals(0, reconcile(), err.toString());

        assertTrue(out.toString().startsWith("Matched exactly: billed $"), out.toString());
        assertTrue(out.toString().contains("100.00 % of the billed money passed"), out.toString());
    }

    @Test
    void planted_isFoundByCauseWithItsExactAmount() throws Exception {
        Admin admin = simulator.admin();
        Instant now = Clock.systemUTC().instant();
        String key = admin.key("beside", "sk-ant-api03-used-beside-the-proxy-only-by-someone-9999", null);
        admin.bypassed(billable(Terms.of("claude-opus-5-5").key(key), now, 1_000, 333));
        admin.console(billable(Terms.of("claude-sonnet-5-5"), now, 77, 1));
        admin.container(now, null, new BigDecimal("2.5"));
        admin.sessionTime(now, null, new BigDecimal("0.25"));
        admin.price(new PriceChange("claude-sonnet-5-5", TokenKind.OUTPUT, today.minusDays(1), new BigDecimal("12")));

        assertEquals(3, reconcile("--format", "json"), err.toString());

        Map<String, BigDecimal> planted = new TreeMap<>();
        admin.effects(now.minus(Duration.ofDays(2)), now.plus(Duration.ofDays(2)))
                .forEach((cause, amount) -> planted.merge(
                        switch (cause) {
                            case BYPASSED, CONSOLE -> "bypassed";
                            case CONTAINER -> "container";
                            case SESSION_TIME -> "session_time";
                            default -> "rate";
                        },
                        amount,
                        BigDecimal::add));
        Map<String, BigDecimal> found = causes();
        assertEquals(planted.keySet(), found.keySet(), out.toString());
        planted.forEach((cause, amount) -> assertEquals(0, amount.compareTo(found.get(cause)), cause + " " + found));
    }

    @Test
    void keyThatBypasses_isListedByName_andNewOnce() throws Exception {
        Admin admin = simulator.admin();
        Instant now = Clock.systemUTC().instant();
        String key = admin.key("beside", "sk-ant-api03-used-beside-the-proxy-only-by-someone-9999", null);
        admin.bypassed(billable(Terms.of("claude-opus-5-5").key(key), now, 1_000, 333));

        assertEquals(3, reconcile("--format", "json"), err.toString());

        JsonNode coverage = new ObjectMapper().readTree(out.toString()).path("coverage");
        assertEquals(
                "[{\"api_key_id\":\"" + key + "\",\"name\":\"beside\",\"tokens\":1333,\"amount\":\"0.01066\","
                        + "\"first_day\":\"" + today + "\",\"new\":true}]",
                coverage.path("bypassing").toString());
        assertEquals(3, coverage.path("by_model").size(), coverage.toString());
        assertEquals(3, coverage.path("by_key").size(), coverage.toString());
        assertEquals(1, coverage.path("by_day").size(), coverage.toString());
        BigDecimal keys = BigDecimal.ZERO;
        for (JsonNode part : coverage.path("by_key")) {
            keys = keys.add(new BigDecimal(part.path("billed_amount").asText()));
        }
        assertEquals(
                0, keys.compareTo(new BigDecimal(coverage.path("billed_amount").asText())));
        assertEquals(3, reconcile(), err.toString());
        assertTrue(out.toString().contains("\nbeside          1,333  $0.01066  " + today + "\n"), out.toString());
    }

    @Test
    void trafficWithoutAKey_isNamedByWhoeverWasLoggedIn() {
        Instant now = Clock.systemUTC().instant();
        String ada = simulator.admin().user("ada@example.org", "Ada");
        simulator.admin().console(billable(Terms.of("claude-sonnet-5-5").account(ada), now, 77, 0));
        simulator.admin().console(billable(Terms.of("claude-sonnet-5-5").account("user_gone"), now, 5, 0));

        assertEquals(3, reconcile(), err.toString());

        String words = out.toString().replaceAll("\\s+", " ");
        assertTrue(words.contains("billed without a key, by ada@example.org (" + ada + ")."), words);
        assertTrue(words.contains("billed without a key, by user_gone."), words);
    }

    @Test
    void dayThatTheVendorChangesLater_isSaidToBeRestated() throws Exception {
        assertEquals(0, reconcile(), err.toString());
        assertFalse(out.toString().contains("restated"), out.toString());
        simulator.admin().container(Clock.systemUTC().instant(), null, BigDecimal.ONE);

        assertEquals(3, reconcile("--format", "json"), err.toString());
        JsonNode restated = new ObjectMapper().readTree(out.toString()).path("restated");
        assertEquals(1, restated.size(), restated.toString());
        assertEquals(today.toString(), restated.path(0).path("day").asText());
        BigDecimal before = new BigDecimal(restated.path(0).path("before").asText());
        BigDecimal now = new BigDecimal(restated.path(0).path("now").asText());
        assertEquals(0, new BigDecimal("0.05").compareTo(now.subtract(before)), restated.toString());

        assertEquals(3, reconcile(), err.toString());
        assertTrue(out.toString().contains("The vendor has restated " + today + " since"), out.toString());
    }

    @Test
    void pullOfAMinuteAgo_isUsedAgain() {
        assertEquals(0, reconcile(), err.toString());
        assertTrue(err.toString().contains("for the cost report ..."), err.toString());
        String id = out.toString().replaceAll("(?s).*(rec_\\w+).*", "$1");
        String first = out.toString().replace(id, "");
        simulator.admin().access(Access.REVOKED);
        billed.between = Duration.ofSeconds(1);

        assertEquals(0, reconcile(), err.toString());

        assertFalse(err.toString().contains("Asking"), err.toString());
        assertTrue(err.toString().contains("the vendor is asked once a minute"), err.toString());
        assertEquals(first, out.toString().replaceAll("rec_\\w+", ""));
        billed.between = Duration.ofMinutes(1);
        assertEquals(1, reconcile());
        assertTrue(err.toString().contains("the Admin key is wrong or was revoked"), err.toString());
    }

    @Test
    void chargeback_sumsToTheBill_withRowsForWhatNobodyCaused() throws Exception {
        Instant now = Clock.systemUTC().instant();
        simulator.admin().console(billable(Terms.of("claude-sonnet-5-5"), now, 77, 1));
        simulator.admin().container(now, null, new BigDecimal("2.5"));
        String month = YearMonth.from(today).toString();

        assertEquals(0, run(List.of("chargeback", "--month", month, "--format", "json")), err.toString());

        JsonNode json = new ObjectMapper().readTree(out.toString());
        BigDecimal billed = simulator.admin().total(now.minus(Duration.ofDays(31)), now.plus(Duration.ofDays(2)));
        assertEquals(
                0, billed.compareTo(new BigDecimal(json.path("billed_amount").asText())));
        Map<String, BigDecimal> rows = new TreeMap<>();
        for (JsonNode row : json.path("rows")) {
            rows.merge(
                    row.path("kind").asText() + " " + row.path("owner").asText(),
                    new BigDecimal(row.path("amount").asText()),
                    BigDecimal::add);
        }
        assertEquals(
                0, billed.compareTo(rows.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add)), out.toString());
        assertEquals(
                0, new BigDecimal("0.000164").compareTo(rows.getOrDefault("outside ", BigDecimal.ZERO)), rows + "");
        assertEquals(0, new BigDecimal("0.125").compareTo(rows.getOrDefault("tools_and_time ", BigDecimal.ZERO)));
        assertTrue(rows.containsKey("owner ada") && rows.containsKey("owner grace"), rows.toString());

        assertEquals(0, run(List.of("chargeback", "--month", month)), err.toString());
        assertTrue(out.toString().contains("(outside the proxy)"), out.toString());
        assertEquals(0, run(List.of("chargeback", "--month", month, "--format", "csv", "--by", "team")));
        assertTrue(out.toString().contains("not_stated,,"), out.toString());
        assertEquals(1, run(List.of("chargeback", "--month", "2099-01")));
        assertTrue(err.toString().contains("of which no day is over"), err.toString());
    }

    @Test
    void results_areKept_andWrittenInEveryForm() throws Exception {
        simulator.admin().container(Clock.systemUTC().instant(), null, BigDecimal.ONE);
        Path page = directory.resolve("statement.html");

        assertEquals(3, reconcile("--format", "html", "--output", page.toString()), err.toString());
        assertTrue(Files.readString(page).contains("Container time of code execution"));
        assertEquals(3, reconcile("--format", "csv"), err.toString());
        assertTrue(out.toString().startsWith("starting_at,ending_at,workspace_id"), out.toString());
        assertEquals(0, reconcile("--tolerance", "1"), err.toString());

        try (OpenBooks books = billed.books()) {
            assertEquals(3, books.archive().list(KeptReconciliations.KIND, 10).size());
            assertFalse(books.archive().list("page", 10).isEmpty());
        }
    }

    @Test
    void savedPages_areReadInsteadOfAsking() throws Exception {
        Path costs = directory.resolve("costs.json");
        HttpRequest request = HttpRequest.newBuilder(URI.create(simulator.url() + "/v1/organizations/cost_report"
                        + "?starting_at=" + today.minusDays(1) + "T00:00:00Z&ending_at=" + today.plusDays(2)
                        + "T00:00:00Z&group_by%5B%5D=workspace_id&group_by%5B%5D=description&limit=31"))
                .header("x-api-key", "sk-ant-admin01-test")
                .header("anthropic-version", "2023-06-01")
                .header("anthropic-beta", "fast-mode-2026-02-01")
                .build();
        Files.writeString(
                costs,
                HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .body());
        billed.env.remove("ANTHROPIC_ADMIN_KEY");

        assertEquals(0, reconcile("--from-file", costs.toString()), out + err.toString());

        assertTrue(out.toString().contains("No usage report was to be had"), out.toString());
    }

    @Test
    void whoeverMayNotAsk_isToldWhy() {
        simulator.admin().access(Access.REVOKED);
        assertEquals(1, reconcile());
        assertTrue(err.toString().contains("the Admin key is wrong or was revoked"), err.toString());

        simulator.admin().access(Access.INDIVIDUAL_ACCOUNT);
        assertEquals(1, reconcile());
        assertTrue(err.toString().contains("it has to be an Admin key"), err.toString());

        billed.env.put("ANTHROPIC_ADMIN_KEY", "sk-ant-api03-x");
        assertEquals(1, reconcile());
        assertTrue(err.toString().contains("doesn't begin with sk-ant-admin"), err.toString());

        billed.env.remove("ANTHROPIC_ADMIN_KEY");
        assertEquals(1, reconcile());
        assertTrue(err.toString().contains("no Admin key: set ANTHROPIC_ADMIN_KEY"), err.toString());
    }

    @Test
    void pagesThatNeverEnd_areRefused_andShortOnesFollowed() {
        simulator.admin().pageRowsMax(1);
        assertEquals(0, reconcile(), out + err.toString());

        simulator.admin().endlessPages(true);
        assertEquals(1, reconcile());
        assertTrue(err.toString().contains("it would never end"), err.toString());
    }

    @Test
    void pageOfAnEdgeWithStatus502_isAskedAgain() {
        simulator.inject(Fault.parse("html_error"));
        assertEquals(0, reconcile(), err.toString());
        assertTrue(out.toString().startsWith("Matched exactly"), out.toString());
    }

    @Test
    void clockThatIsOff_isSaid() {
        assertEquals(0, reconcile(), out + err.toString());
        assertFalse(out.toString().contains("clock"), out.toString());
        billed.skew = Duration.ofMinutes(10);
        assertEquals(0, reconcile(), out + err.toString());
        String said = out.toString().replaceAll("\\s+", " ");
        assertTrue(said.contains("This machine's clock is 10 minutes ahead of the vendor's."), said);
        billed.skew = Duration.ofMinutes(-15);
        assertEquals(0, reconcile("--json"), out + err.toString());
        assertTrue(out.toString().contains("minutes behind the vendor's"), out.toString());
    }

    @Test
    void wrongUse_saysWhatIsExpected() {
        assertEquals(2, reconcile("--from", "2026-11-05", "--to", "2026-11-01"));
        for (String amount : List.of("-1", "x", "1e3")) {
            assertEquals(2, reconcile("--tolerance", amount));
            assertTrue(err.toString().contains("found \"" + amount + "\", expected an amount of USD"), err.toString());
        }
        assertEquals(2, run(List.of("chargeback", "--month", "November")));
        assertTrue(err.toString().contains("found \"November\", expected a UTC month such as 2026-11"), err.toString());
        assertEquals(2, reconcile("--output", directory.resolve("x").toString()));
        assertTrue(err.toString().contains("expected json, csv or html"), err.toString());
    }
}
