package dev.reckoner.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The operator's rate files: what they replace, and what is said about bad ones. */
class RateFilesTest {

    private static final String HEADER = "model_id,aliases,effective_from_utc,effective_to_utc_exclusive,speed,"
            + "prompt_tier,input,cache_write_5m,cache_write_1h,cache_read,output,inference_geo_us_multiplier";
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private int files;

    @Test
    void load_operatorRow_replacesTheBuiltInRowInItsTimeOnly() throws Exception {
        RateTable table = load(HEADER + "\nclaude-opus-5,,2026-10-01,2026-11-01,,,4.5,5,8,0.4,20,1.1");
        assertEquals("5", input(table, "claude-opus-5", "2026-09-30T23:59:59Z"));
        assertEquals("4.5", input(table, "claude-opus-5", "2026-10-01T00:00:00Z"));
        assertEquals("4.5", input(table, "claude-opus-5", "2026-10-31T23:59:59Z"));
        assertEquals("5", input(table, "claude-opus-5", "2026-11-01T00:00:00Z"));
        assertEquals(
                "10", input(table.find("claude-opus-5", Rate.Speed.FAST, NOW).get(0)));
    }

    @Test
    void load_twoFiles_theLastOneWins() throws Exception {
        Path first = file(HEADER + "\nclaude-opus-5,,,,,,4.5,,,,20,1.1");
        Path second = file(HEADER + "\nclaude-opus-5,,2026-11-01,,,,4.25,,,,20,1.1");
        RateTable table = RateTables.load(List.of(first, second));
        assertEquals("4.5", input(table, "claude-opus-5", "2026-10-31T00:00:00Z"));
        assertEquals("4.25", input(table, "claude-opus-5", "2026-11-01T00:00:00Z"));
        assertEquals(49, table.rates().size());
    }

    @Test
    void load_rowForAllSizesOverTiers_replacesBothTiers() throws Exception {
        RateTable table = load(HEADER + "\nclaude-haiku-5-5,,2026-11-01,,,all,0.3,,,,1.5,1.1");
        assertEquals(1, table.find("claude-haiku-5-5", Rate.Speed.STANDARD, NOW).size());
        assertEquals(
                2,
                table.find("claude-haiku-5-5", Rate.Speed.STANDARD, Instant.parse("2026-10-20T00:00:00Z"))
                        .size());
    }

    @Test
    void load_rowForOneTier_leavesTheOtherTier() throws Exception {
        RateTable table = load(HEADER + "\nclaude-haiku-5-5,,,,,gt_100k,0.3,,,,1.5,1.1");
        List<Rate> rates = table.find("claude-haiku-5-5", Rate.Speed.STANDARD, NOW);
        assertEquals(List.of("0.1", "0.3"), rates.stream().map(r -> input(r)).toList());
    }

    @Test
    void load_rowWithoutPrices_makesTheModelKnownButUnpriced() throws Exception {
        RateTable table = load("model_id,input,output,inference_geo_us_multiplier\nclaude-opus-5,,,\nmine,,,");
        assertNull(table.find("claude-opus-5", Rate.Speed.STANDARD, NOW).get(0).prices());
        assertEquals("mine", table.canonicalModel("mine").orElseThrow());
    }

    @Test
    void load_leastColumns_fillsTheRest() throws Exception {
        RateTable table = load("output,model_id,inference_geo_us_multiplier,input\n# a comment\n12.345678,mine,1,0\n");
        Rate rate = table.find("mine", Rate.Speed.STANDARD, NOW).get(0);
        assertEquals(new BigDecimal("12.345678"), prices(rate).output());
        assertEquals(new BigDecimal("0"), prices(rate).input());
        assertNull(prices(rate).cacheRead());
        assertNull(rate.batch());
        assertNull(rate.from());
        assertNull(rate.to());
        assertEquals(Rate.PromptTier.ALL, rate.promptTier());
        assertTrue(rate.origin().endsWith(".csv:3"), rate.origin());
    }

    @Test
    void load_bomAndCarriageReturns_areNoProblem() throws Exception {
        RateTable table =
                load("\uFEFFmodel_id,aliases,input,output,inference_geo_us_multiplier\r\nmine,\"me;us\",1,2,1\r\n");
        assertEquals("mine", table.canonicalModel("us").orElseThrow());
    }

    @Test
    void version_dependsOnWhatDecidesTheChargeOnly() throws Exception {
        String header = "model_id,input,output,inference_geo_us_multiplier,note\n";
        Rate plain = last(load(header + "mine,1,2,1,"));
        assertEquals(
                plain.version(),
                last(load(header + "mine,1.00,2.0,1.0,reworded")).version());
        assertNotEquals(plain.version(), last(load(header + "mine,1.01,2,1,")).version());
        assertNotEquals(plain.version(), last(load(header + "mine,1,2,1.1,")).version());
        assertNotEquals(plain.version(), last(load(header + "other,1,2,1,")).version());
    }

    @Test
    void tableVersion_sameFiles_isStable() throws Exception {
        assertEquals(RateTables.builtIn().version(), RateTables.builtIn().version());
        assertNotEquals(
                RateTables.builtIn().version(),
                load("model_id,input,output,inference_geo_us_multiplier\nmine,1,2,1")
                        .version());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            m,,,,,,-1,,,,2,1                       | :2: input: found "-1", expected a decimal number
            m,,,,,,1.1234567,,,,2,1                | :2: input: found "1.1234567", expected a decimal number
            m,,,,,,1e3,,,,2,1                      | :2: input: found "1e3", expected a decimal number
            m,,,,,,1,x,,,2,1                       | :2: cache_write_5m: found "x", expected a decimal number
            m,,,,,,1,,,,$2,1                       | :2: output: found "$2", expected a decimal number
            m,,,,,,.5,,,,2,1                       | :2: input: found ".5", expected a decimal number
            m,,,,,,1,,,,,1                         | :2: output: nothing found, expected a price
            m,,,,,,,,,0.1,2,1                      | :2: input: nothing found, expected a price
            m,,,,,,1,,,,2,                         | :2: inference_geo_us_multiplier: nothing found, expected a factor
            m,,,,,,1,,,,2,0                        | :2: inference_geo_us_multiplier: found "0", expected a factor above 0
            m,,2026-13-01,,,,1,,,,2,1              | :2: effective_from_utc: found "2026-13-01", expected a UTC day
            m,,2026-02-30,,,,1,,,,2,1              | :2: effective_from_utc: found "2026-02-30", expected a UTC day
            m,,yesterday,,,,1,,,,2,1               | :2: effective_from_utc: found "yesterday", expected a UTC day
            m,,2026-01-02,2026-01-02,,,1,,,,2,1    | :2: effective_to_utc_exclusive: found "2026-01-02", expected a day after
            m,,2026-01-02,2025-01-02,,,1,,,,2,1    | :2: effective_to_utc_exclusive: found "2025-01-02", expected a day after
            m,,,,quick,,1,,,,2,1                   | :2: speed: found "quick", expected one of standard, fast
            m,,,,fats,,1,,,,2,1                    | (did you mean "fast"?)
            m,,,,,le_100,1,,,,2,1                  | (did you mean "le_100k"?)
            ,,,,,,1,,,,2,1                         | :2: model_id: nothing found, expected an exact model id
            a b,,,,,,1,,,,2,1                      | :2: model_id: found "a b", expected an exact model id
            m,x;;y,,,,,1,,,,2,1                    | :2: aliases: nothing found, expected an exact model id
            m,claude-opus-5,,,,,1,,,,2,1           | :2: aliases: found "claude-opus-5", expected an alias that is no model's own id
            claude-opus-4-5,,,,,,1,,,,2,1          | :2: model_id: found "claude-opus-4-5", expected a name that does not already mean claude-opus-4-5-20251101
            m,,,,,,1,,,,2,1,9                      | :2: found "13 fields", expected 12 fields
            m,,,                                   | :2: found "4 fields", expected 12 fields
            m,,,,,,1,,,,2,"1                       | expected comma-separated values
            """)
    void load_badRow_saysWhereWhatAndExpected(String row, String expected) {
        ConfigException e = assertThrows(ConfigException.class, () -> load(HEADER + "\n" + row));
        assertTrue(String.valueOf(e.getMessage()).contains(expected), e.getMessage());
    }

    @Test
    void load_overlapInOneFile_namesBothLines() {
        ConfigException e = assertThrows(
                ConfigException.class,
                () -> load(HEADER + "\nm,,2026-01-01,2026-03-01,,,1,,,,2,1\nm,,2026-02-28,,,gt_200k,1,,,,2,1"));
        assertEquals(1, e.problems().size());
        assertTrue(e.problems().get(0).place().endsWith(":3"), e.getMessage());
        assertTrue(e.problems().get(0).expected().endsWith(":2"), e.getMessage());
    }

    @Test
    void load_neighboursInOneFile_areNoOverlap() throws Exception {
        load(HEADER + "\nm,,,2026-03-01,,,1,,,,2,1\nm,,2026-03-01,,,le_200k,1,,,,2,1\n"
                + "m,,2026-03-01,,,gt_200k,1,,,,2,1\nm,,,,fast,,1,,,,2,1");
    }

    @Test
    void load_manyBadFiles_reportsEveryProblemAtOnce() throws Exception {
        Path bad = file(HEADER + "\nm,,bad,,,,-1,,,,x,1\nn,,,,,,1,,,,2,\n");
        Path header = file("model,input,output,output,inference_geo_us_multiplier,inptu\n");
        Path missing = directory.resolve("missing.csv");
        Path empty = file("");
        ConfigException e =
                assertThrows(ConfigException.class, () -> RateTables.load(List.of(bad, header, missing, empty)));
        assertEquals(
                List.of(
                        bad + ":2/effective_from_utc",
                        bad + ":2/input",
                        bad + ":2/output",
                        bad + ":3/inference_geo_us_multiplier",
                        header + ":1/model",
                        header + ":1/output",
                        header + ":1/inptu",
                        header + ":1/model_id",
                        missing + "/",
                        empty + "/"),
                e.problems().stream().map(p -> p.place() + "/" + p.key()).toList());
        assertEquals("input", e.problems().get(6).suggestion());
    }

    @Test
    void load_hugeOrBinaryFile_isRefused() throws Exception {
        Path huge = Files.write(directory.resolve("huge.csv"), new byte[TextFile.BYTES_MAX + 1]);
        Path binary = Files.write(directory.resolve("binary.csv"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        ConfigException e =
                assertThrows(ConfigException.class, () -> RateTables.load(List.of(huge, binary, directory)));
        assertEquals(3, e.problems().size());
    }

    @Test
    void load_moreRowsThanAllowed_isRefused() {
        StringBuilder text = new StringBuilder("model_id,input,output,inference_geo_us_multiplier\n");
        for (int i = 0; i <= RateFile.ROWS_MAX; i++) {
            text.append('m').append(i).append(",1,2,1\n");
        }
        ConfigException e = assertThrows(ConfigException.class, () -> load(text.toString()));
        assertEquals(1, e.problems().size());
    }

    @Test
    void problem_controlCharactersOfAFile_neverReachTheTerminal() {
        String line = new Problem("f:1", "k", "\u001b[2Jx\ny", "something").toString();
        assertTrue(line.chars().noneMatch(Character::isISOControl), line);
    }

    private RateTable load(String text) throws Exception {
        return RateTables.load(List.of(file(text)));
    }

    private Path file(String text) throws Exception {
        return Files.write(directory.resolve("rates" + files++ + ".csv"), text.getBytes(StandardCharsets.UTF_8));
    }

    private static Rate last(RateTable table) {
        List<Rate> rates = new ArrayList<>(table.rates());
        return rates.get(rates.size() - 1);
    }

    private static String input(RateTable table, String model, String at) {
        List<Rate> rates = table.find(model, Rate.Speed.STANDARD, Instant.parse(at));
        assertEquals(1, rates.size());
        return input(rates.get(0));
    }

    private static String input(Rate rate) {
        @Nullable BigDecimal input = prices(rate).input();
        assertNotNull(input);
        return input.toPlainString();
    }

    private static Prices prices(Rate rate) {
        Prices prices = rate.prices();
        assertNotNull(prices);
        return prices;
    }
}
