package dev.reckoner.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckoner.app.output.Text;
import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Charge;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.Lag;
import dev.reckoner.ledger.RatingStatus;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.RerateQuery;
import dev.reckoner.ledger.RerateResult;
import dev.reckoner.ledger.Revision;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command through the real command line, on books in memory. */
class CommandsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

    private final MemoryReports books = new MemoryReports();
    private final Map<String, String> env = new HashMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private int columns = 80;

    @TempDir
    private Path home;

    @BeforeEach
    void fill() {
        env.put("HOME", home.toString());
        books.message("ada", "claude-opus-5", "2026-11-20T10:00:00Z", 1_000_000, 100_000)
                .message("ada", "claude-sonnet-5-5", "2026-11-21T10:00:00Z", 500, 20)
                .message("bob", "claude-opus-5", "2026-11-21T11:00:00Z", 2_000, 300);
    }

    private int run(String... args) {
        Shell shell = new Shell(new PrintWriter(out, true), new PrintWriter(err, true), env, CLOCK, false, columns);
        return new CommandTree(shell, (settings, console) -> MemoryBooks.open(books))
                .commandLine(List.of())
                .execute(args);
    }

    private JsonNode json() {
        try {
            return new ObjectMapper().readTree(out.toString());
        } catch (IOException e) {
            throw new AssertionError(out.toString(), e);
        }
    }

    @Test
    void usage_byUserAndModel_tableWithTotal() {
        assertEquals(0, run("usage", "--by", "user,model", "--last", "2d"));
        String table = out.toString();
        assertTrue(table.startsWith("Usage by user, model, 2026-11-20 to 2026-11-21 UTC"), table);
        assertTrue(table.contains("1,000,000"), table);
        assertTrue(table.contains("  sonnet-5-5 "), table);
        assertTrue(lastRow(table).contains("1,002,500"), table);
        assertTrue(lastRow(table).contains("1,102,820"), table);
    }

    private static String lastRow(String table) {
        return table.lines()
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void cost_byUser_roundedOnceAndSaid() {
        assertEquals(0, run("cost", "--by", "user"));
        // 5 + 2.5, 0.001 + 0.0002 for ada, 0.01 + 0.0075 for bob
        assertTrue(out.toString().contains("$7.5012"), out.toString());
        assertTrue(out.toString().contains("$0.0175"), out.toString());
        assertTrue(lastRow(out.toString()).endsWith("$7.5187"), out.toString());
        assertTrue(out.toString().contains("half-even, to 4 places"), out.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 100, 160})
    void reports_anyWidth_fit(int width) {
        columns = width;
        books.message(
                "a-user-with-a-very-long-name@example.com",
                "claude-opus-5",
                "2026-11-21T01:00:00Z",
                123_456_789_012L,
                9);
        for (String command : List.of("usage", "cost")) {
            assertEquals(0, run(command, "--by", "user,model", "--bucket", "1d"));
        }
        for (String command : List.of("daily", "weekly", "monthly", "sessions", "entries")) {
            assertEquals(0, run(command));
        }
        assertEquals(0, run("explain", "req_1"));
        assertEquals(0, run("daily", "--breakdown"));
        out.toString().lines().forEach(line -> assertTrue(Text.columns(line) <= width, line));
    }

    @Test
    void usage_askedPeriodBucketAndFilter_reachTheBooks() {
        assertEquals(
                0,
                run(
                        "usage",
                        "--since",
                        "20261101",
                        "--until",
                        "2026-11-20",
                        "--bucket",
                        "1h",
                        "--where",
                        "user=ada",
                        "--where",
                        "user=",
                        "--where",
                        "service-tier=batch",
                        "--by",
                        "team"));
        ReportQuery query = books.asked.get(0);
        assertEquals(Instant.parse("2026-11-01T00:00:00Z"), query.from());
        assertEquals(Instant.parse("2026-11-21T00:00:00Z"), query.until());
        assertEquals(Bucket.HOUR, query.bucket());
        assertEquals(List.of(Dimension.TEAM), query.by());
        assertEquals(
                Map.of(Dimension.USER, List.of("ada", ""), Dimension.SERVICE_TIER, List.of("batch")), query.where());
    }

    @ParameterizedTest
    @CsvSource({"daily, 2026-10-23", "weekly, 2026-08-31", "monthly, 2025-12-01"})
    void calendar_whereNothingIsSaid_beginsWithAWholeBucket_andEndsToday(String command, String first) {
        assertEquals(0, run(command));
        ReportQuery query = books.asked.get(0);
        assertEquals(Instant.parse(first + "T00:00:00Z"), query.from());
        assertEquals(Instant.parse("2026-11-22T00:00:00Z"), query.until());
        assertEquals(0, run(command, "--last", "40d"));
        assertEquals(Instant.parse("2026-10-13T00:00:00Z"), books.asked.get(1).from());
    }

    @ParameterizedTest
    @CsvSource({
        "90m, 2026-11-21T10:30:00Z",
        "24h, 2026-11-20T12:00:00Z",
        "1d, 2026-11-21T00:00:00Z",
        "7d, 2026-11-15T00:00:00Z",
        "1w, 2026-11-15T00:00:00Z",
        "1mo, 2026-10-22T00:00:00Z",
    })
    void last_span_startsThere(String span, String from) {
        assertEquals(0, run("usage", "--last", span));
        assertEquals(Instant.parse(from), books.asked.get(0).from());
        assertEquals(Instant.parse("2026-11-22T00:00:00Z"), books.asked.get(0).until());
    }

    @Test
    void daily_json_ccusageShapeWithExactCost() {
        assertEquals(0, run("daily", "--json"));
        JsonNode day = json().path("daily").path(1);
        assertEquals("2026-11-21", day.path("date").textValue());
        assertEquals(2_500, day.path("inputTokens").longValue());
        assertEquals(2_820, day.path("totalTokens").longValue());
        assertEquals("0.0187", day.path("totalCost").textValue());
        assertEquals("claude-opus-5", day.path("modelsUsed").path(0).textValue());
        assertEquals("0.0012", day.path("modelBreakdowns").path(1).path("cost").textValue());
        assertEquals("7.5187", json().path("totals").path("totalCost").textValue());
    }

    @Test
    void daily_breakdown_modelRowsBelowTheirSum() {
        assertEquals(0, run("daily", "-b"));
        assertTrue(out.toString().contains("└─ sonnet-5-5"), out.toString());
        assertTrue(out.toString().contains("2 models"), out.toString());
    }

    @Test
    void usage_csv_exactAndGuarded() {
        books.message("=cmd()", "claude-opus-5", "2026-11-21T11:30:00Z", 1, 0);
        assertEquals(0, run("usage", "--by", "user", "--csv"));
        List<String> lines = out.toString().lines().toList();
        assertTrue(
                lines.get(0).startsWith("user,requests,failed,pending,estimated,uncached_input_tokens,"), lines.get(0));
        assertTrue(lines.get(1).startsWith("'=cmd(),1,0,0,0,1,"), lines.get(1));
        assertTrue(lines.get(1).endsWith(",0.000005"), lines.get(1));
    }

    @Test
    void cost_pendingAndEstimated_markedAndExplained() {
        books.message("eve", "claude-not-known", "2026-11-21T11:00:00Z", 10, 10)
                .aborted("joe", "claude-opus-5", "2026-11-21T11:00:00Z", 1_000, 4_000);
        books.lag = new Lag(7, Duration.ofSeconds(3));
        assertEquals(0, run("cost", "--by", "user"));
        List<String> lines = out.toString().lines().toList();
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("eve") && line.endsWith(" ?")), out.toString());
        assertTrue(
                lines.stream().anyMatch(line -> line.startsWith("joe") && line.endsWith(" ~$0.0384")), out.toString());
        assertTrue(lastRow(out.toString()).endsWith("?~$7.5570"), out.toString());
        assertTrue(out.toString().contains("? 1 exchange pending"), out.toString());
        assertTrue(out.toString().contains("~ Has estimated tokens of 1 exchange"), out.toString());
        assertTrue(out.toString().contains("7 records of the last 3 s"), out.toString());
    }

    @Test
    void usage_byTag_totalAskedSeparately() {
        assertEquals(0, run("usage", "--by", "tag"));
        assertEquals(List.of(Dimension.TAG), books.asked.get(0).by());
        assertEquals(List.of(), books.asked.get(1).by());
    }

    @Test
    void usage_nothingBooked_saysSo() {
        books.stored.clear();
        assertEquals(0, run("usage"));
        assertTrue(out.toString().contains("No metered exchanges."), out.toString());
    }

    @Test
    void entries_list_oldestFirstWithShortIds() {
        assertEquals(0, run("entries", "-n", "2"));
        List<String> rows =
                out.toString().lines().filter(line -> line.startsWith("11-2")).toList();
        assertEquals(2, rows.size());
        assertTrue(rows.get(0).contains("00abcd02") && rows.get(0).contains("sonnet-5-5"), rows.get(0));
        assertTrue(rows.get(1).contains("$0.0175"), rows.get(1));
    }

    @Test
    void entries_json_everyFact() {
        assertEquals(0, run("entries", "-n", "1", "--json"));
        JsonNode entry = json().path("entries").path(0);
        assertEquals("req_3", entry.path("requestId").textValue());
        assertEquals("bob", entry.path("attribution").path("user").textValue());
        assertEquals("0.0175", entry.path("charge").path("amount").textValue());
        assertEquals(
                "5", entry.path("charge").path("lines").path(0).path("rate").textValue());
    }

    @Test
    void entries_follow_newOnesOnceUntilNobodyWaits() {
        int[] looks = new int[1];
        Pause pause = duration -> {
            books.message("new" + looks[0], "claude-opus-5", "2026-11-21T11:59:00Z", 1, 1);
            return looks[0]++ < 2;
        };
        Shell shell = new Shell(new PrintWriter(out, true), new PrintWriter(err, true), env, CLOCK, false, columns);
        EntriesCommand command = new EntriesCommand(shell, (settings, console) -> MemoryBooks.open(books), pause);
        assertEquals(0, new picocli.CommandLine(command).execute("--follow"));
        assertEquals(
                3 + 2,
                out.toString().lines().filter(line -> line.startsWith("11-2")).count());
        assertTrue(out.toString().contains("new1"), out.toString());
        assertFalse(out.toString().contains("new2"), out.toString());
    }

    @Test
    void explain_bodyHeldWhole_isSaidToBeSent() {
        books.whole("ada", "claude-opus-5", "2026-11-21T11:30:00Z");
        assertEquals(0, run("explain", "req_4"));
        String when = out.toString().replaceAll("\\s+", " ");
        assertTrue(when.contains("11:29:58.500 UTC, sent whole at its end, ended after 1.500 s"), when);
        assertFalse(when.contains("no byte sent"), when);
    }

    @Test
    void explain_requestId_invoice() {
        assertEquals(0, run("explain", "req_1"));
        String invoice = out.toString();
        assertTrue(invoice.contains("user ada (path)"), invoice);
        assertTrue(invoice.contains("sk-ant-api03-abc...wxyz (api_key)"), invoice);
        assertTrue(invoice.contains("first byte after 0.300 s"), invoice);
        assertTrue(
                invoice.lines()
                        .anyMatch(line -> line.replaceAll(" +", " ").equals("claude-opus-5 input 1,000,000 5/M 1 5")),
                invoice);
        assertTrue(invoice.lines().anyMatch(line -> line.startsWith("Charge") && line.endsWith(" 7.5")), invoice);
        assertTrue(invoice.contains("rates.csv:"), invoice);
        assertTrue(invoice.contains("{\"input_tokens\":1000000,"), invoice);
    }

    @Test
    void explain_endOfId_found() {
        assertEquals(0, run("explain", "00abcd03"));
        assertTrue(out.toString().contains("user bob"), out.toString());
    }

    @Test
    void explain_pending_neverZero() {
        books.message("eve", "claude-not-known", "2026-11-21T11:00:00Z", 10, 10);
        assertEquals(0, run("explain", "req_4"));
        assertTrue(out.toString().contains("unknown_model: claude-not-known"), out.toString());
        assertTrue(
                out.toString().lines().anyMatch(line -> line.startsWith("Charge") && line.endsWith(" ?")),
                out.toString());
    }

    @Test
    void explain_corrected_hasItsHistory() {
        Entry now = books.stored.get(1).entry();
        Charge pending = new Charge(List.of(), RatingStatus.PENDING, "unknown_model: x", false, null);
        Instant at = Instant.parse("2026-11-22T08:00:00Z");
        books.revisions.add(new Revision(0, new Entry(now.closing(), pending, now.bookedAt()), null, null, null));
        books.revisions.add(new Revision(1, now, at, "rate_appeared", "rate table v2"));

        assertEquals(0, run("explain", "req_2"));
        String invoice = out.toString();
        assertTrue(invoice.contains("History  2026-11-21 10:00:00.000 UTC, booked: pending ?"), invoice);
        assertTrue(
                invoice.contains("History  2026-11-22 08:00:00.000 UTC, rate_appeared (rate table v2): rated"),
                invoice);
        assertTrue(invoice.lines().allMatch(line -> line.length() <= 80), invoice);

        out.getBuffer().setLength(0);
        assertEquals(0, run("explain", "req_2", "--json"));
        JsonNode history = json().path("entries").path(0).path("history");
        assertEquals(2, history.size());
        assertEquals("pending", history.path(0).path("charge").path("status").asText());
        assertEquals("rate_appeared", history.path(1).path("cause").asText());
    }

    @Test
    void rerate_withoutApply_saysWhatWouldChange() {
        books.rerated = changed(false);
        assertEquals(0, run("rerate", "--since", "2026-11-20", "--where", "user=ada"));

        assertEquals(
                List.of(new RerateQuery(
                        Instant.parse("2026-11-20T00:00:00Z"),
                        Instant.parse("2026-11-22T00:00:00Z"),
                        Map.of(Dimension.USER, List.of("ada")),
                        false)),
                books.reratesAsked);
        String table = out.toString();
        assertTrue(table.startsWith("Rated again by rate table v2, 2026-11-20 to 2026-11-21 UTC"), table);
        assertTrue(table.contains("opus-5"), table);
        assertTrue(table.contains("-$0.5000"), table);
        assertTrue(table.contains("?$1.2500"), table);
        assertTrue(table.contains("Nothing is booked yet: --apply books it."), table);
        assertTrue(table.lines().allMatch(line -> line.length() <= 80), table);
    }

    @Test
    void rerate_applied_saysThatItIsBooked() {
        books.rerated = changed(true);
        assertEquals(0, run("rerate", "--last", "7d", "--apply"));
        assertTrue(books.reratesAsked.get(0).apply());
        assertTrue(out.toString().contains("the corrections are booked"), out.toString());
    }

    @Test
    void rerate_json_isExact() {
        books.rerated = changed(false);
        assertEquals(0, run("rerate", "--since", "2026-11-20", "-j"));
        assertEquals("1.25", json().path("before").asText());
        assertEquals("0.75", json().path("models").path(0).path("after").asText());
        assertFalse(json().path("booked").asBoolean());
    }

    @Test
    void rerate_nothingChanges_saysSo() {
        assertEquals(0, run("rerate", "--since", "2026-11-20", "--apply"));
        assertTrue(out.toString().contains("Nothing changes in 0 entries."), out.toString());
    }

    @Test
    void rerate_withoutPeriod_isWrongUse() {
        assertEquals(2, run("rerate", "--apply"));
        assertTrue(err.toString().contains("--since"), err.toString());
        assertEquals(List.of(), books.reratesAsked);
    }

    private static RerateResult changed(boolean booked) {
        BigDecimal before = new BigDecimal("1.25");
        BigDecimal after = new BigDecimal("0.75");
        return new RerateResult(
                "v2",
                40,
                3,
                booked,
                before,
                after,
                1,
                0,
                List.of(new RerateResult.OfModel("claude-opus-5", 3, before, after, 1, 0)));
    }

    @Test
    void explain_unknown_saysWhatWasExpected() {
        assertEquals(1, run("explain", "req_none"));
        assertTrue(err.toString().contains("no entry req_none in memory; expected"), err.toString());
    }

    @Test
    void verify_cleanOrNot_exitCodeSays() {
        assertEquals(0, run("verify"));
        assertTrue(out.toString().contains("The books are in order."), out.toString());
        books.findings.add("hour 7: rollup 3, lines 4");
        assertEquals(1, run("verify"));
        assertTrue(out.toString().contains("hour 7: rollup 3, lines 4"), out.toString());
    }

    @Test
    void config_initCheckShow_workTogether() throws IOException {
        Path file = home.resolve("sub/reckoner.yaml");
        assertEquals(0, run("config", "init", file.toString()));
        assertEquals(0, run("config", "check", "--config", file.toString()));
        assertEquals(1, run("config", "init", file.toString()));
        assertTrue(err.toString().contains("was left alone"), err.toString());
        Files.writeString(file, "ledgr:\n  directory: x\nlisten: nowhere\n");
        assertEquals(2, run("config", "check", "--config", file.toString()));
        assertTrue(err.toString().contains("reckoner.yaml:1"), err.toString());
        assertTrue(err.toString().contains("reckoner.yaml:3"), err.toString());
        env.put("RECKONER_LISTEN", "127.0.0.1:9");
        out.getBuffer().setLength(0);
        assertEquals(0, run("config", "show", "--json"));
        assertEquals("RECKONER_LISTEN", json().path("listen").path("origin").textValue());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "usage --since yesterday | found \"yesterday\", expected a UTC day",
                "usage --last 7days | found \"7days\", expected a number and m, h, d, w or mo",
                "usage --by usr | found \"usr\", expected one of user, team",
                "usage --bucket 2h | found \"2h\", expected one of 1m, 1h, 1d, 1w, 1mo",
                "usage --where ada | found \"ada\", expected a dimension and a value",
                "usage --since 20261121 --until 20261101 | expected --since not after --until",
                "usage --json --csv | mutually exclusive",
                "usage --last 1d --since 20261101 | expected one of them",
                "entries -n 0 | found 0, expected 1 to 1000",
                "usge | Did you mean",
                "config | expected init, check or show",
            })
    void wrongUse_saysWhatWasExpected_exitsTwo(String line, String said) {
        assertEquals(2, run(line.split(" ")));
        assertTrue(err.toString().contains(said), err.toString());
        assertEquals("", out.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "usage",
                "cost",
                "daily",
                "weekly",
                "monthly",
                "sessions",
                "entries",
                "explain",
                "verify",
                "config"
            })
    void help_ofEveryCommand_shown(String command) {
        assertEquals(0, run(command, "--help"));
        assertTrue(out.toString().startsWith("Usage: reckoner " + command), out.toString());
        assertEquals(0, run("--version"));
    }
}
