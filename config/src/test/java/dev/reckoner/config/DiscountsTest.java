package dev.reckoner.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows of rate files that are discounts or prices of server tools. */
class DiscountsTest {

    private static final String HEADER =
            "kind,model_id,effective_from_utc,effective_to_utc_exclusive,discount_factor,per_thousand,sources\n";
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private int files;

    @Test
    void discount_onEverything_holdsForEveryModelAndTool() throws Exception {
        RateTable table = load(HEADER + "discount,*,2026-10-01,2026-12-01,0.85,,contract 7");
        assertEquals("0.85", factor(table, "claude-opus-5", NOW));
        assertEquals("0.85", factor(table, RateTable.WEB_SEARCH, NOW));
        assertEquals("none", factor(table, "claude-opus-5", Instant.parse("2026-09-30T23:59:59Z")));
        assertEquals("0.85", factor(table, "claude-opus-5", Instant.parse("2026-10-01T00:00:00Z")));
        assertEquals("none", factor(table, "claude-opus-5", Instant.parse("2026-12-01T00:00:00Z")));
    }

    @Test
    void discount_onAModel_goesBeforeTheOneOnEverything() throws Exception {
        RateTable table = load(HEADER + """
                discount,*,,,0.85,,contract 7
                discount,claude-opus-4-5,,,1,,contract 7
                discount,web_search,,,0.5,,contract 7
                """);
        assertEquals("1", factor(table, "claude-opus-4-5-20251101", NOW), "the alias means the model");
        assertEquals("1", factor(table, "claude-opus-4-5", NOW));
        assertEquals("0.5", factor(table, RateTable.WEB_SEARCH, NOW));
        assertEquals("0.85", factor(table, "claude-opus-5", NOW));
    }

    @Test
    void discount_inTwoFiles_theLastOneThatHoldsWins() throws Exception {
        Path first = file(HEADER + "discount,*,,,0.9,,a");
        Path second = file(HEADER + "discount,*,2026-11-01,2026-12-01,0.8,,b");
        RateTable table = RateTables.load(List.of(first, second));
        assertEquals("0.9", factor(table, "claude-opus-5", Instant.parse("2026-10-31T23:59:59Z")));
        assertEquals("0.8", factor(table, "claude-opus-5", NOW));
        assertEquals("0.9", factor(table, "claude-opus-5", Instant.parse("2026-12-01T00:00:00Z")));
        assertEquals(2, table.discounts().size());
    }

    @Test
    void discount_onAModelOfTheSameFile_isKnown() throws Exception {
        RateTable table = load("""
                kind,model_id,input,output,inference_geo_us_multiplier,discount_factor,sources
                discount,mine,,,,0.5,x
                rate,mine,1,2,1,,x
                ,mine-too,1,2,1,,x
                """);
        assertEquals("0.5", factor(table, "mine", NOW));
        assertEquals("mine-too", table.canonicalModel("mine-too").orElseThrow());
        assertEquals(List.of(), table.warnings());
    }

    @Test
    void versions_dependOnWhatDecidesTheCharge() throws Exception {
        RateTable plain = load(HEADER + "discount,*,,,0.85,,a\nserver_tool,web_search,,,,8,a");
        RateTable reworded = load(HEADER + "discount,*,,,0.8500,,b\nserver_tool,web_search,,,,8.0,b");
        RateTable other = load(HEADER + "discount,*,,,0.84,,a\nserver_tool,web_search,,,,9,a");
        assertEquals(version(plain), version(reworded));
        assertNotEquals(version(plain), version(other));
        assertEquals(
                plain.toolPrice(RateTable.WEB_SEARCH, NOW).orElseThrow().version(),
                reworded.toolPrice(RateTable.WEB_SEARCH, NOW).orElseThrow().version());
        assertEquals(plain.version(), reworded.version());
        assertNotEquals(plain.version(), other.version());
        assertNotEquals(plain.version(), RateTables.builtIn().version());
    }

    @Test
    void toolPrice_builtIn_isDataWithItsSource() {
        RateTable table = RateTables.builtIn();
        ToolPrice search = table.toolPrice(RateTable.WEB_SEARCH, NOW).orElseThrow();
        assertEquals(new BigDecimal("10"), search.perThousand());
        assertEquals("built-in server-tools.csv:2", search.origin());
        assertTrue(search.sources().contains("pricing"), search.sources());
        assertEquals(
                new BigDecimal("0"),
                table.toolPrice("web_fetch", NOW).orElseThrow().perThousand());
        assertNull(table.toolPrice("code_execution", NOW).orElseThrow().perThousand());
        assertTrue(table.toolPrice("bash", NOW).isEmpty());
    }

    @Test
    void toolPrice_ofTheOperator_replacesTheBuiltInOneInItsTimeOnly() throws Exception {
        RateTable table = load(HEADER + "server_tool,web_search,2026-11-01,,,8.5,contract 7");
        Instant before = Instant.parse("2026-10-31T23:59:59Z");
        assertEquals(
                new BigDecimal("10"),
                table.toolPrice(RateTable.WEB_SEARCH, before).orElseThrow().perThousand());
        assertEquals(
                new BigDecimal("8.5"),
                table.toolPrice(RateTable.WEB_SEARCH, NOW).orElseThrow().perThousand());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            discount,*,,,,,               | :2: discount_factor: nothing found, expected a factor above 0
            discount,*,,,0,,              | :2: discount_factor: found "0", expected a factor above 0
            discount,*,,,0.0000,,         | :2: discount_factor: found "0.0000", expected a factor above 0
            discount,*,,,-0.1,,           | :2: discount_factor: found "-0.1", expected a factor above 0
            discount,*,,,0.12345,,        | :2: discount_factor: found "0.12345", expected a factor above 0
            discount,*,,,15%,,            | :2: discount_factor: found "15%", expected a factor above 0
            discount,*,,,0.9,3,           | :2: per_thousand: found "3", expected nothing in a row of kind discount
            discount,claude-opus-55,,,0.9,, | (did you mean "claude-opus-5-5"?)
            discount,,,,0.9,,             | :2: model_id: nothing found, expected an exact model id
            discount,*,2026-02-30,,0.9,,  | :2: effective_from_utc: found "2026-02-30", expected a UTC day
            discount,*,2026-02-02,2026-02-02,0.9,, | :2: effective_to_utc_exclusive: found "2026-02-02", expected a day after
            server_tool,web_search,,,,,   | :2: per_thousand: nothing found, expected a price per thousand requests
            server_tool,web_search,,,,-1, | :2: per_thousand: found "-1", expected a decimal number of 0 or more
            server_tool,web_search,,,0.9,1, | :2: discount_factor: found "0.9", expected nothing in a row of kind server_tool
            server_tool,code_execution,,,,5, | :2: per_thousand: found "5", expected 0 or nothing
            server_tool,websearch,,,,5,   | (did you mean "web_search"?)
            price,m,,,,,                  | :2: kind: found "price", expected one of rate, discount, server_tool
            rate,m,,,,,                   | :2: input: nothing found, expected this column, which a rate needs
            """)
    void load_badRow_saysWhereWhatAndExpected(String row, String expected) {
        ConfigException e = assertThrows(ConfigException.class, () -> load(HEADER + row));
        assertTrue(String.valueOf(e.getMessage()).contains(expected), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            discount,*,,,0.9,,x                | discount,*,2026-01-01,,0.8,,x
            discount,claude-opus-4-5,,,0.9,,x  | discount,claude-opus-4-5-20251101,,,0.8,,x
            server_tool,web_search,,,,9,x      | server_tool,web_search,,2026-01-01,,8,x
            """)
    void load_overlapInOneFile_namesBothLines(String one, String other) {
        ConfigException e = assertThrows(ConfigException.class, () -> load(HEADER + one + "\n" + other));
        assertEquals(1, e.problems().size());
        assertTrue(e.problems().get(0).place().endsWith(":3"), e.getMessage());
        assertTrue(e.problems().get(0).expected().endsWith(":2"), e.getMessage());
    }

    @Test
    void load_neighboursInOneFile_areNoOverlap() throws Exception {
        RateTable table = load(HEADER + "discount,*,,2026-11-01,0.9,,x\ndiscount,*,2026-11-01,,0.8,,x");
        assertEquals("0.9", factor(table, "claude-opus-5", Instant.parse("2026-10-31T23:59:59.999Z")));
        assertEquals("0.8", factor(table, "claude-opus-5", NOW));
    }

    private RateTable load(String text) throws Exception {
        return RateTables.load(List.of(file(text)));
    }

    private Path file(String text) throws Exception {
        return Files.writeString(directory.resolve("rates" + files++ + ".csv"), text);
    }

    private static List<String> version(RateTable table) {
        return new ArrayList<>(table.discounts().stream().map(Discount::version).toList());
    }

    private static String factor(RateTable table, String target, Instant at) {
        return table.discount(target, at)
                .map(discount -> discount.factor().toPlainString())
                .orElse("none");
    }
}
