package dev.reckoner.reconcile.saved;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.RateTables;
import dev.reckoner.reconcile.BilledCost;
import dev.reckoner.reconcile.BilledUsage;
import dev.reckoner.reconcile.Cell;
import dev.reckoner.reconcile.ReconcileRequest;
import dev.reckoner.reconcile.vendor.AdminApiException;
import dev.reckoner.reconcile.vendor.Pulled;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Console's exports, in the spelling that the Console writes them in. */
final class ConsoleExportTest {

    private static final String USAGE =
            "usage_date_utc,model_version,api_key,workspace,usage_type,context_window,usage_input_tokens_no_cache,"
                    + "usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,"
                    + "usage_output_tokens,web_search_count,inference_geo,speed";
    private static final String COST =
            "usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,list_price_usd,"
                    + "cost_type,inference_geo,speed,api_key_id,api_key_status";
    private static final String COST_ROW =
            "2026-11-02,Claude Opus 5.5,Default,app,message,≤ 200k,output,0.50,0.50,token,global,,apikey_1,active";
    private static final ReconcileRequest NOVEMBER =
            new ReconcileRequest(LocalDate.parse("2026-11-01"), LocalDate.parse("2026-11-30"), BigDecimal.ZERO);
    private static final LocalDate DAY = LocalDate.parse("2026-11-02");
    private static final Cell.Terms OPUS = new Cell.Terms("claude-opus-5-5", "standard", "0-200k", "global", null);

    @TempDir
    Path directory;

    private Path file(String name, String... lines) throws IOException {
        return Files.writeString(directory.resolve(name), String.join("\n", lines) + "\n");
    }

    private static Pulled read(Path... files) {
        return SavedReports.read(List.of(files), RateTables.builtIn(), NOVEMBER);
    }

    private String refused(Path... files) {
        return String.valueOf(
                assertThrows(AdminApiException.class, () -> read(files)).getMessage());
    }

    private Path cost(String row) throws IOException {
        return file("cost.csv", COST, row);
    }

    @Test
    void usage_isOneValuePerTokenClass() throws Exception {
        Path usage = file(
                "usage.csv",
                USAGE,
                "2026-11-02,claude-opus-5-5,app,Default,standard,≤ 200k,46981,15969,7,3,16932,2,global,",
                "2026-11-02 03:00,claude-opus-5-5,,Default,batch,> 200k,0,0,0,0,5,0,us,fast");

        Pulled pulled = read(cost(COST_ROW), usage);

        assertTrue(pulled.usageKnown());
        assertEquals(
                Set.of(
                        new BilledUsage(Cell.ofTokens(DAY, null, "uncached_input_tokens", OPUS), "app", 46_981),
                        new BilledUsage(
                                Cell.ofTokens(DAY, null, "cache_creation.ephemeral_5m_input_tokens", OPUS),
                                "app",
                                15_969),
                        new BilledUsage(
                                Cell.ofTokens(DAY, null, "cache_creation.ephemeral_1h_input_tokens", OPUS), "app", 7),
                        new BilledUsage(Cell.ofTokens(DAY, null, "cache_read_input_tokens", OPUS), "app", 3),
                        new BilledUsage(Cell.ofTokens(DAY, null, "output_tokens", OPUS), "app", 16_932),
                        new BilledUsage(Cell.ofOther(DAY, null, Cell.WEB_SEARCH), "app", 2),
                        new BilledUsage(
                                Cell.ofTokens(
                                        DAY,
                                        null,
                                        "output_tokens",
                                        new Cell.Terms("claude-opus-5-5", "batch", "200k-1M", "us", "fast")),
                                null,
                                5)),
                new HashSet<>(pulled.usage()));
    }

    @Test
    void costs_areUsdUnderTheModelsId() throws Exception {
        Path costs = file(
                "cost.csv",
                COST,
                COST_ROW,
                "2026-11-02,Claude Haiku 4.5,Default,app,message,≤ 200k,input_cache_read,18.7125,20,token,,,apikey_1,active",
                "2026-11-02,,Default,,,,,0.05,0.05,code_execution,,,,");

        assertEquals(
                List.of(
                        new BilledCost(Cell.ofTokens(DAY, null, "output_tokens", OPUS), new BigDecimal("0.50")),
                        new BilledCost(
                                Cell.ofTokens(
                                        DAY,
                                        null,
                                        "cache_read_input_tokens",
                                        new Cell.Terms("claude-haiku-4-5-20251001", "standard", "0-200k", null, null)),
                                new BigDecimal("18.7125")),
                        new BilledCost(Cell.ofOther(DAY, null, Cell.CODE_EXECUTION), new BigDecimal("0.05"))),
                read(costs).costs());
    }

    @Test
    void columns_areFoundByName_withByteOrderMarkQuotesAndCrLf() throws Exception {
        String text = String.join(
                "\r\n",
                "\uFEFFcost_usd,\"news\",model,workspace,usage_type,context_window,token_type,cost_type,usage_date_utc",
                "1.25,\"a \"\"b\"\",",
                "c\",Claude Opus 5.5,Default,message,≤ 200k,output,token,2026-11-02",
                "",
                "");
        Path costs = Files.writeString(directory.resolve("cost.csv"), text);

        BilledCost cost = read(costs).costs().get(0);

        assertEquals(new BigDecimal("1.25"), cost.amount());
        assertEquals("claude-opus-5-5", cost.cell().model());
    }

    @Test
    void amountsInCents_areSaidToBeRounded() throws Exception {
        assertTrue(
                read(cost(COST_ROW)).notes().toString().contains("over its 1 rows, differences up to $0.005 may be"));
        Path exact = cost(COST_ROW.replace("0.50,0.50", "0.501,0.501"));
        assertFalse(read(exact).notes().toString().contains("rounded"));
    }

    @Test
    void names_areThoseOfTheLists() throws Exception {
        Path costs = cost(COST_ROW.replace("Default", "\"Research, Paris\""));
        Path usage = file(
                "usage.csv",
                USAGE,
                "2026-11-02,claude-opus-5-5,app,\"Research, Paris\",standard,≤ 200k,1,0,0,0,0,0,global,",
                "2026-11-02,claude-opus-5-5,app,Default,standard,≤ 200k,2,0,0,0,0,0,global,",
                "2026-11-02,claude-opus-5-5,gone,Default,standard,≤ 200k,3,0,0,0,0,0,global,");
        Path keys = file(
                "keys.json",
                "{\"data\":[{\"id\":\"apikey_1\",\"name\":\"app\",\"partial_key_hint\":null,\"workspace_id\":\"wrkspc_1\"},"
                        + "{\"id\":\"apikey_2\",\"name\":\"app\",\"partial_key_hint\":null,\"workspace_id\":null}]}");
        Path workspaces = file(
                "workspaces.json",
                "{\"data\":[{\"id\":\"wrkspc_1\",\"name\":\"Research, Paris\",\"type\":\"workspace\"}]}");

        Pulled pulled = read(costs, usage, keys, workspaces);

        assertEquals("wrkspc_1", pulled.costs().get(0).cell().workspaceId());
        List<String> found = new ArrayList<>();
        pulled.usage()
                .forEach(used -> found.add(used.cell().workspaceId() + " " + used.apiKeyId() + " " + used.quantity()));
        assertEquals(List.of("wrkspc_1 apikey_1 1", "null apikey_2 2", "null gone 3"), found);
        assertTrue(refused(costs, usage, keys).contains("which may be any of apikey_1, apikey_2"), "no workspaces");
        assertTrue(
                refused(cost(COST_ROW.replace("Default", "Elsewhere")), workspaces)
                        .contains("found the workspace \"Elsewhere\""),
                "an unknown workspace");
    }

    @Test
    void withoutListOfWorkspaces_allCountAsOne_andThatIsSaid() throws Exception {
        Pulled pulled = read(cost(COST_ROW.replace("Default", "Research")));

        assertEquals(null, pulled.costs().get(0).cell().workspaceId());
        assertTrue(
                pulled.notes().toString().contains("No list of workspaces"),
                pulled.notes().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "Claude Opus 5.5, claude-opus-5-5",
        "Claude Sonnet 4, claude-sonnet-4-20250514",
        "Claude Haiku 4.5, claude-haiku-4-5-20251001",
        "Claude Haiku 3.5, claude-3-5-haiku-20241022",
        "Claude Opus 3, claude-3-opus-20240229",
        "Claude Mythos Preview, claude-mythos-preview",
        "claude-not-yet-known-9, claude-not-yet-known-9"
    })
    void modelName_isTheIdOfTheRateTable(String shown, String id) {
        assertEquals(id, new ModelNames(RateTables.builtIn()).id(shown));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Claude Opus 5.5|Claude Opal 9|found the model \"Claude Opal 9\"",
                "Claude Opus 5.5|Claude Sonnet 3.5|may be any of claude-3-5-sonnet-20240620, claude-3-5-sonnet-20241022",
                "2026-11-02|02.11.2026|found the day \"02.11.2026\"",
                "2026-11-02|2026-02-30|isn't in the calendar",
                ",0.50,|,$5,|found the amount \"$5\"",
                ",0.50,|,NaN,|found the amount \"NaN\"",
                ",token,|,credits,|found the cost type \"credits\", expected one of code_execution, session_usage, token",
                ",output,|,thoughts,|found the token type \"thoughts\"",
                "≤ 200k|≤ 100k|found the context window \"≤ 100k\""
            })
    void valueThatIsntKnown_isRefusedWithItsLine(String known, String other, String reason) throws Exception {
        String message = refused(cost(COST_ROW.replaceFirst(Pattern.quote(known), Matcher.quoteReplacement(other))));

        assertTrue(message.contains("cost.csv: line 2: ") && message.contains(reason), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.5", "x", "9999999999999999999"})
    void countThatIsNone_isRefused(String count) throws Exception {
        Path usage = file(
                "usage.csv",
                USAGE,
                "2026-11-02,claude-opus-5-5,app,Default,standard,≤ 200k," + count + ",0,0,0,0,0,global,");

        assertTrue(refused(usage).contains("line 2: found \"" + count + "\", expected a count"), refused(usage));
    }

    @Test
    void missingColumns_areNamed() throws Exception {
        Path costs = file("cost.csv", "usage_date_utc,model,cost_usd", "2026-11-02,Claude Opus 5.5,1");

        assertTrue(refused(costs).contains("it has no column workspace, usage_type, context_window"), refused(costs));
        Path usage = file("usage.csv", USAGE.replace(",usage_output_tokens", ""));
        assertTrue(refused(usage).contains("it has no column usage_output_tokens"), refused(usage));
    }

    @Test
    void brokenFile_isRefused() throws Exception {
        assertTrue(refused(file("a.csv", COST, "\"2026-11-02")).contains("isn't comma-separated values"));
        assertTrue(refused(file("b.csv", COST, "2026-11-02,x")).contains("isn't comma-separated values"));
        assertTrue(refused(file("c.csv", "")).contains("found nothing"));
        assertTrue(refused(file("d.csv", COST + ",model", COST_ROW + ",x")).contains("the column model twice"));
    }

    @Test
    void dayOfTwoExports_isRefused() throws Exception {
        Path again = file("again.csv", COST, COST_ROW);
        assertTrue(
                refused(cost(COST_ROW), again).contains("it has 2026-11-02, which "), refused(cost(COST_ROW), again));
    }
}
