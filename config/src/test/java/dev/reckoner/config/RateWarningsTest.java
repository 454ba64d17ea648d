package dev.reckoner.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said about rows that can be used but look wrong. */
class RateWarningsTest {

    private static final String HEADER =
            "model_id,effective_from_utc,effective_to_utc_exclusive,speed,prompt_tier,input,"
                    + "cache_write_5m,cache_write_1h,cache_read,output,batch_input,batch_output,"
                    + "inference_geo_us_multiplier,sources\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private int files;

    @Test
    void builtInTable_hasNone() {
        assertEquals(List.of(), RateTables.builtIn().warnings());
    }

    @Test
    void everyBuiltInRow_saysWhereItIsFrom() {
        RateTable table = RateTables.builtIn();
        assertTrue(table.rates().stream().noneMatch(rate -> rate.sources().isEmpty()));
        assertTrue(
                table.toolPrices().stream().noneMatch(price -> price.sources().isEmpty()));
    }

    @Test
    void goodRows_giveNone() throws Exception {
        assertEquals(List.of(), warnings("""
                m,,2026-03-01,,,1,1.25,2,0.1,5,0.5,2.5,1.1,contract
                m,2026-03-01,,,le_200k,1,1.25,2,0.1,5,0.5,2.5,1.1,contract
                m,2026-03-01,,,gt_200k,2,2.5,4,0.2,7.5,1,3.75,1.1,contract
                free,,,,,0,,,,0,,,1,contract
                known,,,,,,,,,,,,1,contract
                """));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            m,,,,,1,,,,0.5,,,1,x      | :2: output: found "0.5", expected at least the input price of 1
            m,,,,,1,,,2,5,,,1,x       | :2: input: found "1", expected at least the cache_read price of 2
            m,,,,,1,2,1,,5,,,1,x      | :2: cache_write_1h: found "1", expected at least the cache_write_5m price of 2
            m,,,,,0,,,,5,,,1,x        | :2: input: found "0", expected a price above 0, since output has one
            m,,,,,1,,,,5,2,2,1,x      | :2: input: found "1", expected at least the batch_input price of 2
            m,,,,,1,,,,5,1,6,1,x      | :2: output: found "5", expected at least the batch_output price of 6
            m,,,fast,,1,,,,5,1,2,1,x  | :2: batch_input: found "1", expected nothing, since batches aren't served fast
            m,,,,,1,,,,5,,,0.9,x      | :2: inference_geo_us_multiplier: found "0.9", expected 1 or more
            m,,,,le_200k,1,,,,5,,,1,x | :2: prompt_tier: found "le_200k", expected rows for the other prompt sizes
            m,,,,,1,,,,5,,,1,         | :2: sources: nothing found, expected where the row is from
            """)
    void oddRow_saysWhereWhatAndExpected(String row, String expected) throws Exception {
        List<String> warnings = warnings(row);
        assertEquals(1, warnings.size(), warnings::toString);
        assertTrue(warnings.get(0).contains(expected), warnings::toString);
    }

    @Test
    void gapInTime_isToldAtTheRowAfterIt() throws Exception {
        List<String> warnings = warnings("""
                m,,2026-03-01,,,1,,,,5,,,1,x
                m,2026-04-01,,,,1,,,,5,,,1,x
                """);
        assertEquals(1, warnings.size(), warnings::toString);
        assertTrue(
                warnings.get(0)
                        .endsWith(":3: effective_from_utc: found \"2026-04-01T00:00:00Z\", expected no gap:"
                                + " from 2026-03-01T00:00:00Z until then no row of m at standard speed holds"),
                warnings::toString);
    }

    @Test
    void gapInTime_overABuiltInRow_isNone() throws Exception {
        assertEquals(List.of(), warnings("""
                claude-opus-5,2026-08-01,2026-09-01,,,4,,,,20,,,1.1,x
                claude-opus-5,2026-10-01,,,,4,,,,20,,,1.1,x
                """));
    }

    @Test
    void rowThatALaterFileReplacesForGood_isTold() throws Exception {
        Path first = file("m,2026-01-01,2026-02-01,,,1,,,,5,,,1,x\n");
        Path second = file("m,,,,,2,,,,10,,,1,x\n");
        List<String> warnings = RateTables.load(List.of(first, second)).warnings().stream()
                .map(Problem::toString)
                .toList();
        assertEquals(
                List.of(first + ":2: model_id: found \"m\", expected a row that no later file replaces for good"),
                warnings);
    }

    @Test
    void discount_aboveOneOrWithoutSource_isTold() throws Exception {
        Path file = Files.writeString(
                directory.resolve("discounts.csv"),
                "kind,model_id,discount_factor,sources\ndiscount,*,1.2,x\ndiscount,claude-opus-5,0.9,\n");
        List<String> warnings = RateTables.load(List.of(file)).warnings().stream()
                .map(Problem::toString)
                .toList();
        assertEquals(2, warnings.size(), warnings::toString);
        assertTrue(warnings.get(0).contains(":2: discount_factor: found \"1.2\", expected at most 1"));
        assertTrue(warnings.get(1).contains(":3: sources: nothing found"));
    }

    private List<String> warnings(String rows) throws Exception {
        return RateTables.load(List.of(file(rows))).warnings().stream()
                .map(Problem::toString)
                .toList();
    }

    private Path file(String rows) throws Exception {
        return Files.writeString(directory.resolve("rates" + files++ + ".csv"), HEADER + rows);
    }
}
