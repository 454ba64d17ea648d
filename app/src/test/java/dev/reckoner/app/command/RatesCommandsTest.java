package dev.reckoner.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckoner.app.output.Text;
import dev.reckoner.config.RateTables;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands under {@code rates}, through the real command line. */
class RatesCommandsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
    private static final String CONTRACT = """
            kind,model_id,effective_from_utc,effective_to_utc_exclusive,discount_factor,per_thousand,sources
            discount,*,2026-11-01,,0.85,,contract 7
            discount,claude-opus-5-5,2026-11-01,2027-01-01,0.8,,contract 7
            server_tool,web_search,2026-11-01,,,8,contract 7
            """;

    private final Map<String, String> env = new HashMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private int columns = 80;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path home;

    @BeforeEach
    void home() {
        env.put("HOME", home.toString());
    }

    @Test
    void list_withoutOptions_whatHoldsNow() {
        assertEquals(0, run("rates", "list"));
        assertTrue(
                out.toString().startsWith("Rate table " + RateTables.builtIn().version() + " at 2026-11-21 12:00"));
        assertTrue(row("sonnet-5-5").contains("0.1 "), row("sonnet-5-5"));
        assertTrue(row("haiku-5-5").contains("≤100k"), row("haiku-5-5"));
        assertTrue(row("web_search").contains("built-in server-tools.csv:2"), row("web_search"));
        assertFalse(out.toString().contains("opus-4-1"), "retired models hold no longer");
        assertFits();
    }

    @Test
    void list_atADay_whatHeldThen() {
        assertEquals(0, run("rates", "list", "--at", "2026-10-06"));
        assertTrue(row("sonnet-5-5").contains("0.2 "), row("sonnet-5-5"));
        assertFalse(out.toString().contains("haiku-5-5"));
        assertTrue(out.toString().contains("mythos-5 "));
    }

    @Test
    void list_all_everyRowAndUnpricedSaid() {
        assertEquals(0, run("rates", "list", "--all"));
        assertEquals(
                2,
                out.toString()
                        .lines()
                        .filter(line -> line.startsWith("sonnet-5-5"))
                        .count());
        assertTrue(row("mythos-preview").contains("?"), row("mythos-preview"));
        assertTrue(out.toString().contains("? The model is known, its price isn't"));
        assertFits();
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 120, 200})
    void list_anyWidth_fitsAndSaysWhatItLeavesOut(int width) {
        columns = width;
        assertEquals(0, run("rates", "list", "--all"));
        assertFits();
        assertEquals(width < 200, out.toString().contains("Not shown here:"), out.toString());
    }

    @Test
    void list_json_hasEverythingOfEveryRow() {
        configure("contract.csv", CONTRACT);
        assertEquals(0, run("rates", "list", "--all", "--json"));
        JsonNode json = json();
        assertEquals(47, json.path("rates").size());
        assertEquals(4, json.path("serverTools").size());
        JsonNode opus = StreamSupport.stream(json.path("rates").spliterator(), false)
                .filter(rate -> rate.path("model").asText().equals("claude-opus-4-5-20251101"))
                .findFirst()
                .orElseThrow();
        assertEquals("6.25", opus.path("prices").path("cacheWrite5m").asText());
        assertEquals("3.125", opus.path("batchPrices").path("cacheWrite5m").asText());
        assertEquals("claude-opus-4-5", opus.path("aliases").path(0).asText());
        assertEquals("2025-11-24T00:00:00Z", opus.path("from").asText());
        assertTrue(opus.path("to").isNull());
        for (JsonNode row : json.path("rates")) {
            assertFalse(row.path("sources").asText().isEmpty());
            assertTrue(row.path("origin").asText().startsWith("built-in rates.csv:"));
            assertEquals(12, row.path("version").asText().length());
        }
        assertEquals("0.85", json.path("discounts").path(0).path("factor").asText());
    }

    @Test
    void list_csv_isARateFileThatChangesNothing() throws Exception {
        configure("contract.csv", CONTRACT);
        assertEquals(0, run("rates", "list", "--all", "--csv"));
        Path copy = Files.writeString(home.resolve("copy.csv"), out.toString());
        String edited = out.toString().replaceAll("(?m)^discount,.*\\R", "").replaceAll("(?m)^server_tool,.*\\R", "");
        Files.writeString(copy, edited);
        out.getBuffer().setLength(0);
        assertEquals(0, run("rates", "diff", copy.toString()));
        assertTrue(out.toString().contains("No price, factor or discount changes"), out.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"claude-haiku-4-5", "haiku-4-5", "claude-haiku-4-5-20251001"})
    void show_anyNameOfAModel_itsRowsWithOriginAndSources(String name) {
        assertEquals(0, run("rates", "show", name));
        String shown = out.toString();
        assertTrue(shown.startsWith("claude-haiku-4-5-20251001, also claude-haiku-4-5\n"), shown);
        assertTrue(shown.contains("  batch"), shown);
        assertTrue(shown.contains("built-in rates.csv:43"), shown);
        assertTrue(shown.contains("sources: docs/pricing 2026-08-22"), shown);
        assertFits();
    }

    @Test
    void show_modelWithDiscounts_saysThem() {
        configure("contract.csv", CONTRACT);
        assertEquals(0, run("rates", "show", "opus-5-5"));
        String shown = out.toString().replaceAll("\\s+", " ");
        assertTrue(shown.contains("discount × 0.85 on everything"), shown);
        assertTrue(shown.contains("discount × 0.8 on claude-opus-5-5"), shown);
        assertTrue(shown.contains("sources: contract 7"), shown);
    }

    @Test
    void show_serverTool_itsPrices() {
        configure("contract.csv", CONTRACT);
        assertEquals(0, run("rates", "show", "web_search"));
        assertTrue(out.toString().contains("ever to open: 10 USD per 1,000 requests"), out.toString());
        assertTrue(out.toString().contains("2026-11-01 to open: 8 USD per 1,000 requests"), out.toString());
    }

    @Test
    void show_unknownModel_failsWithASentence() {
        assertEquals(1, run("rates", "show", "opus-9\u001b[2J"));
        assertEquals(
                "reckoner: no model opus-9?[2J in the rate table; expected an exact id or alias,"
                        + " see: reckoner rates list --all\n",
                err.toString());
    }

    @Test
    void check_goodFile_noProblems() throws Exception {
        Path file = Files.writeString(home.resolve("contract.csv"), CONTRACT);
        assertEquals(0, run("rates", "check", file.toString()));
        assertTrue(
                out.toString().endsWith("53 rows of the built-in table and 1 file: no problems, 0 warnings.\n"),
                out.toString());
    }

    @Test
    void check_oddFile_warnsWithTheLine() throws Exception {
        Path file = Files.writeString(home.resolve("odd.csv"), """
                model_id,input,cache_read,output,inference_geo_us_multiplier,sources
                mine,1,2,5,1,letter
                """);
        assertEquals(0, run("rates", "check", file.toString()));
        assertTrue(out.toString().contains("1 warning."), out.toString());
        assertTrue(
                out.toString()
                        .contains("warning: " + file + ":2: input: found \"1\", expected at least the cache_read"),
                out.toString());
        out.getBuffer().setLength(0);
        assertEquals(0, run("rates", "check", file.toString(), "--json"));
        assertEquals("input", json().path("warnings").path(0).path("column").asText());
    }

    @Test
    void check_badFile_everyProblemAndExitCodeTwo() throws Exception {
        Path file = Files.writeString(home.resolve("bad.csv"), """
                kind,model_id,input,output,inference_geo_us_multiplier
                dicount,*,,,
                rate,mine,-1,2,1
                """);
        assertEquals(2, run("rates", "check", file.toString()));
        assertTrue(err.toString().contains(file + ":2: kind: found \"dicount\""), err.toString());
        assertTrue(err.toString().contains(file + ":3: input: found \"-1\""), err.toString());
        assertEquals(2, run("rates", "check", file.toString(), "--json"));
        assertEquals(2, json().path("problems").size());
    }

    @Test
    void configCheck_oddRateFile_warnsToo() {
        configure("odd.csv", "model_id,input,output,inference_geo_us_multiplier\nmine,1,5,1\n");
        assertEquals(0, run("config", "check"));
        assertTrue(out.toString().contains("warning: "), out.toString());
    }

    @Test
    void diff_contract_everyStretchThatDiffers() throws Exception {
        Path file = Files.writeString(home.resolve("contract.csv"), CONTRACT);
        assertEquals(0, run("rates", "diff", file.toString(), "--csv"));
        assertEquals(
                List.of(
                        "model,terms,class,from,to,before,after",
                        "web_search,,\"per 1,000\",2026-11-01T00:00:00Z,,10,8",
                        "*,,discount,2026-11-01T00:00:00Z,,,0.85",
                        "claude-opus-5-5,,discount,2026-11-01T00:00:00Z,2027-01-01T00:00:00Z,,0.8",
                        "claude-opus-5-5,,discount,2027-01-01T00:00:00Z,,,0.85"),
                out.toString().lines().toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            claude-opus-5,2026-10-01,2026-11-01,,all,5,6.25,10,0.5,24,2.5,3.125,5,0.25,12.5,1.1 | claude-opus-5,standard,output,2026-10-01T00:00:00Z,2026-11-01T00:00:00Z,25,24
            claude-haiku-5-5,2026-12-01,,,gt_100k,0.4,0.625,1,0.05,2.5,0.25,0.3125,0.5,0.025,1.25,1.1 | claude-haiku-5-5,>100k,input,2026-12-01T00:00:00Z,,0.5,0.4
            claude-opus-5,2026-12-01,,fast,,10,12.5,20,1,50,,,,,,1.2 | claude-opus-5,fast,× us,2026-12-01T00:00:00Z,,1.1,1.2
            """)
    void diff_oneChangedPrice_oneLine(String row, String expected) throws Exception {
        Path file = Files.writeString(
                home.resolve("one.csv"),
                "model_id,effective_from_utc,effective_to_utc_exclusive,speed,prompt_tier,input,cache_write_5m,"
                        + "cache_write_1h,cache_read,output,batch_input,batch_cache_write_5m,batch_cache_write_1h,"
                        + "batch_cache_read,batch_output,inference_geo_us_multiplier\n" + row + "\n");
        assertEquals(0, run("rates", "diff", file.toString(), "--csv"));
        assertEquals(List.of(expected), out.toString().lines().skip(1).toList());
    }

    @Test
    void diff_rowOverNewModel_isShownAsNew() throws Exception {
        Path file = Files.writeString(
                home.resolve("new.csv"),
                "model_id,input,output,inference_geo_us_multiplier,sources\nclaude-opus-6,6,30,1,letter\n");
        assertEquals(0, run("rates", "diff", file.toString()));
        assertTrue(row("opus-6").contains("ever"), out.toString());
        assertTrue(out.toString().lines().anyMatch(line -> line.matches("opus-6 +standard +input .* - +6")));
        assertFits();
    }

    @Test
    void rates_withoutACommand_isWrongUseThatNamesThem() {
        assertEquals(2, run("rates"));
        assertTrue(err.toString().contains("expected one of list, show, check, diff"), err.toString());
        assertEquals(0, run("--help"));
        assertTrue(out.toString().contains("rates "), out.toString());
    }

    private int run(String... args) {
        Shell shell = new Shell(new PrintWriter(out, true), new PrintWriter(err, true), env, CLOCK, false, columns);
        return new CommandTree(shell, (settings, console) -> {
                    throw new AssertionError("rates need no books");
                })
                .commandLine(List.of())
                .execute(args);
    }

    private void configure(String name, String text) {
        try {
            Path file = Files.writeString(home.resolve(name), text);
            env.put("RECKONER_RATING_RATES_FILES", file.toString());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private JsonNode json() {
        try {
            return new ObjectMapper().readTree(out.toString());
        } catch (IOException e) {
            throw new AssertionError(out.toString(), e);
        }
    }

    private String row(String start) {
        return out.toString()
                .lines()
                .filter(line -> line.startsWith(start + " "))
                .findFirst()
                .orElseThrow(() -> new AssertionError(start + " in\n" + out));
    }

    private void assertFits() {
        Stream<String> wide = out.toString().lines().filter(line -> Text.columns(line) > columns);
        assertEquals(List.of(), wide.toList());
    }
}
