package dev.reckoner.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the built-in table against the file's text, cut up here by other means. */
class BuiltInRatesTest {

    private static final RateTable TABLE = RateTables.builtIn();

    static List<List<String>> rows() throws Exception {
        try (InputStream in = BuiltInRatesTest.class.getResourceAsStream("rates.csv")) {
            assertNotNull(in);
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            List<List<String>> rows = new ArrayList<>();
            for (int i = 1; i < lines.size(); i++) {
                List<String> row = new ArrayList<>();
                row.add(String.valueOf(i - 1));
                row.addAll(cut(lines.get(i)));
                rows.add(row);
            }
            return rows;
        }
    }

    private static List<String> cut(String line) {
        List<String> fields = new ArrayList<>();
        boolean quoted = false;
        StringBuilder field = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }

    @ParameterizedTest
    @MethodSource("rows")
    void row_ofTheFile_isLoadedExactly(List<String> row) {
        assertEquals(22, row.size());
        Rate rate = TABLE.rates().get(Integer.parseInt(row.get(0)));
        assertEquals(row.get(1), rate.model());
        assertEquals(row.get(2).isEmpty() ? List.of() : Arrays.asList(row.get(2).split(";")), rate.aliases());
        assertEquals(day(row.get(3)), rate.from());
        assertEquals(day(row.get(4)), rate.to());
        assertEquals(row.get(5), rate.speed().name().toLowerCase(Locale.ROOT));
        assertEquals(row.get(6), rate.promptTier().name().toLowerCase(Locale.ROOT));
        assertPrices(row.subList(7, 12), rate.prices());
        assertPrices(row.subList(12, 17), rate.batch());
        assertEquals(new BigDecimal(row.get(17).isEmpty() ? "1" : row.get(17)), rate.usMultiplier());
        assertEquals(row.get(18), rate.status());
        assertEquals(row.get(19), rate.confidence());
        assertEquals(row.get(20), rate.sources());
        assertEquals(row.get(21), rate.note());
        assertEquals("built-in rates.csv:" + (Integer.parseInt(row.get(0)) + 2), rate.origin());
        assertTrue(rate.version().matches("[0-9a-f]{12}"), rate.version());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void find_atTheFirstAndLastInstantOfARow_answersThatRow(List<String> row) {
        Rate rate = TABLE.rates().get(Integer.parseInt(row.get(0)));
        Instant first = rate.from() == null ? Instant.parse("2000-01-01T00:00:00Z") : rate.from();
        Instant last = rate.to() == null
                ? Instant.parse("2100-01-01T00:00:00Z")
                : rate.to().minusNanos(1);
        List<String> names = new ArrayList<>(rate.aliases());
        names.add(rate.model());
        for (String name : names) {
            assertTrue(TABLE.find(name, rate.speed(), first).contains(rate), name + " at " + first);
            assertTrue(TABLE.find(name, rate.speed(), last).contains(rate), name + " at " + last);
            assertEquals(rate.model(), TABLE.canonicalModel(name).orElseThrow());
        }
        if (rate.from() != null) {
            assertTrue(
                    !TABLE.find(rate.model(), rate.speed(), first.minusNanos(1)).contains(rate));
        }
        if (rate.to() != null) {
            assertTrue(!TABLE.find(rate.model(), rate.speed(), rate.to()).contains(rate));
        }
    }

    @Test
    void table_hasTheRowsThatWereResearched() {
        assertEquals(47, TABLE.rates().size());
        assertEquals(47, TABLE.rates().stream().map(Rate::version).distinct().count());
    }

    @Test
    void find_sonnet55_cacheReadIsCutOnTheDayOfTheCut() {
        assertEquals(new BigDecimal("0.2"), cacheRead("claude-sonnet-5-5", "2026-10-06T23:59:59.999999999Z"));
        assertEquals(new BigDecimal("0.1"), cacheRead("claude-sonnet-5-5", "2026-10-07T00:00:00Z"));
    }

    @Test
    void find_haiku55_answersOneRowPerPromptTier() {
        List<Rate> rates = TABLE.find("claude-haiku-5-5", Rate.Speed.STANDARD, Instant.parse("2026-11-21T12:00:00Z"));
        assertEquals(
                List.of(Rate.PromptTier.LE_100K, Rate.PromptTier.GT_100K),
                rates.stream().map(Rate::promptTier).toList());
        assertEquals(
                List.of(true, false),
                rates.stream().map(r -> r.promptTier().holds(100_000)).toList());
        assertEquals(
                List.of(false, true),
                rates.stream().map(r -> r.promptTier().holds(100_001)).toList());
    }

    @Test
    void find_afterAFastRowEnded_answersNothing() {
        Instant after = Instant.parse("2026-06-29T00:00:00Z");
        assertEquals(List.of(), TABLE.find("claude-opus-4-6", Rate.Speed.FAST, after));
        assertEquals(
                2, TABLE.find("claude-opus-4-6", Rate.Speed.STANDARD, after).size());
    }

    @Test
    void find_modelWithoutAPrice_isKnownButUnpriced() {
        assertEquals(
                "claude-mythos-preview",
                TABLE.canonicalModel("claude-mythos-preview").orElseThrow());
        List<Rate> rates =
                TABLE.find("claude-mythos-preview", Rate.Speed.STANDARD, Instant.parse("2026-01-01T00:00:00Z"));
        assertEquals(1, rates.size());
        assertNull(rates.get(0).prices());
    }

    @Test
    void find_prefixSuffixOrOtherCase_answersNothing() {
        Instant now = Instant.parse("2026-11-21T12:00:00Z");
        for (String name : List.of("claude-opus-4-8-20260528", "claude-opus", "Claude-Opus-5", "", "claude-opus-5 ")) {
            assertTrue(TABLE.canonicalModel(name).isEmpty(), name);
            assertEquals(List.of(), TABLE.find(name, Rate.Speed.STANDARD, now));
        }
    }

    @Test
    void find_modelsWithoutCaching_haveNoCachePrices() {
        Prices prices = TABLE.find("claude-2.1", Rate.Speed.STANDARD, Instant.parse("2025-01-01T00:00:00Z"))
                .get(0)
                .prices();
        assertNotNull(prices);
        assertEquals(new BigDecimal("8"), prices.input());
        assertNull(prices.cacheWrite5m());
        assertNull(prices.cacheWrite1h());
        assertNull(prices.cacheRead());
        assertEquals(new BigDecimal("24"), prices.output());
    }

    private static @Nullable BigDecimal cacheRead(String model, String at) {
        Prices prices =
                TABLE.find(model, Rate.Speed.STANDARD, Instant.parse(at)).get(0).prices();
        assertNotNull(prices);
        return prices.cacheRead();
    }

    private static void assertPrices(List<String> texts, @Nullable Prices prices) {
        if (texts.stream().allMatch(String::isEmpty)) {
            assertNull(prices);
            return;
        }
        assertNotNull(prices);
        assertEquals(decimal(texts.get(0)), prices.input());
        assertEquals(decimal(texts.get(1)), prices.cacheWrite5m());
        assertEquals(decimal(texts.get(2)), prices.cacheWrite1h());
        assertEquals(decimal(texts.get(3)), prices.cacheRead());
        assertEquals(decimal(texts.get(4)), prices.output());
    }

    private static @Nullable BigDecimal decimal(String text) {
        return text.isEmpty() ? null : new BigDecimal(text);
    }

    private static @Nullable Instant day(String text) {
        return text.isEmpty() ? null : Instant.parse(text + "T00:00:00Z");
    }
}
