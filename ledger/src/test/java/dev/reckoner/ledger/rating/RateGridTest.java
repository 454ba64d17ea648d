package dev.reckoner.ledger.rating;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.RateTables;
import dev.reckoner.ledger.Charge;
import dev.reckoner.ledger.RatingStatus;
import dev.reckoner.ledger.TokenCounts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every row of the built-in table against an oracle that shares no code with the rater: it splits the file's lines by
 * itself and computes in integers, of a trillionth of a dollar, for every model name, date edge, geography, tier of
 * service and token class that the row is for.
 */
class RateGridTest {
    private static final Rater RATER = new Rater(RateTables.builtIn());
    private static final String[] CLASSES = {"input", "cache_write_5m", "cache_write_1h", "cache_read", "output"};
    private static final int PRICE_PLACES = 6;
    private static final int FACTOR_PLACES = 1;

    static Stream<Map<String, String>> rows() {
        try (InputStream file = Objects.requireNonNull(RateTables.class.getResourceAsStream("rates.csv"))) {
            List<String> lines = new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            String[] header = lines.get(0).split(",", -1);
            return lines.stream().skip(1).map(line -> cells(header, line)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void table_hasTheFortySevenRows() {
        assertEquals(47, rows().count());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void row_everyWayToUseIt_pricesLikeTheOracle(Map<String, String> row) {
        for (String name : names(row)) {
            for (Instant at : instants(row)) {
                for (String tier : List.of("standard", "batch")) {
                    for (String geo : List.of("global", "us")) {
                        compare(row, name, at, tier, geo);
                    }
                }
            }
        }
    }

    private static void compare(Map<String, String> row, String name, Instant at, String tier, String geo) {
        for (int single = -1; single < CLASSES.length; single++) {
            long[] tokens = tokens(row, single);
            TokenCounts counts = Facts.counts(tokens[0], tokens[1], tokens[2], tokens[3], tokens[4]);
            Facts facts = Facts.of(0, 0)
                    .tokens(counts)
                    .model(name)
                    .tier(tier)
                    .geo(geo)
                    .speed(row.get("speed"));
            Charge charge = RATER.rate(facts.betas("context-1m-2025-08-07").closing(), at);
            String prefix = tier.equals("batch") ? "batch_" : "";
            BigInteger expected = expected(row, tokens, prefix, geo.equals("us"));
            boolean priced = priced(row, tokens, prefix);
            String what = name + " " + at + " " + tier + " " + geo + " " + List.of(row.get("prompt_tier"), single);
            assertEquals(priced ? RatingStatus.RATED : RatingStatus.PENDING, charge.status(), what);
            if (priced) {
                assertEquals(
                        0,
                        new BigDecimal(expected, PRICE_PLACES + PRICE_PLACES + FACTOR_PLACES)
                                .compareTo(charge.amount()),
                        what);
            }
        }
    }

    /** Tokens of one class, or of all, with a prompt of the row's size. */
    private static long[] tokens(Map<String, String> row, int single) {
        String tier = Objects.requireNonNull(row.get("prompt_tier"));
        long prompt = switch (tier) {
            case "le_100k" -> 100_000;
            case "gt_100k" -> 100_001;
            case "le_200k" -> 200_000;
            case "gt_200k" -> 200_001;
            default -> 123_457;
        };
        long[] tokens = new long[CLASSES.length];
        if (single >= 0) {
            int padded = single == CLASSES.length - 1 ? 0 : single;
            tokens[padded] = prompt;
            tokens[CLASSES.length - 1] = single == CLASSES.length - 1 ? 7_919 : 0;
            return tokens;
        }
        tokens[1] = 1_013;
        tokens[2] = 2_027;
        tokens[3] = 4_057;
        tokens[0] = prompt - tokens[1] - tokens[2] - tokens[3];
        tokens[4] = 65_537;
        return tokens;
    }

    private static BigInteger expected(Map<String, String> row, long[] tokens, String prefix, boolean us) {
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < CLASSES.length; i++) {
            String price = Objects.requireNonNull(row.get(prefix + CLASSES[i]));
            sum = sum.add(scaled(price, PRICE_PLACES).multiply(BigInteger.valueOf(tokens[i])));
        }
        String factor = us ? Objects.requireNonNull(row.get("inference_geo_us_multiplier")) : "1";
        return sum.multiply(scaled(factor, FACTOR_PLACES));
    }

    private static boolean priced(Map<String, String> row, long[] tokens, String prefix) {
        for (int i = 0; i < CLASSES.length; i++) {
            if (tokens[i] > 0
                    && Objects.requireNonNull(row.get(prefix + CLASSES[i])).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** A decimal text as an integer of that many places. */
    private static BigInteger scaled(String decimal, int places) {
        if (decimal.isEmpty()) {
            return BigInteger.ZERO;
        }
        int point = decimal.indexOf('.');
        String whole = point < 0 ? decimal : decimal.substring(0, point);
        String fraction = point < 0 ? "" : decimal.substring(point + 1);
        assertTrue(fraction.length() <= places, decimal);
        return new BigInteger(whole + fraction + "0".repeat(places - fraction.length()));
    }

    private static List<String> names(Map<String, String> row) {
        List<String> names = new ArrayList<>();
        names.add(row.get("model_id"));
        Stream.of(Objects.requireNonNull(row.get("aliases")).split(";", -1))
                .filter(alias -> !alias.isEmpty())
                .forEach(names::add);
        return names;
    }

    /** The first and the last instant at which the row holds. */
    private static List<Instant> instants(Map<String, String> row) {
        String from = Objects.requireNonNull(row.get("effective_from_utc"));
        String to = Objects.requireNonNull(row.get("effective_to_utc_exclusive"));
        Instant first = Instant.parse((from.isEmpty() ? "2023-01-01" : from) + "T00:00:00Z");
        Instant last =
                Instant.parse((to.isEmpty() ? "2030-01-01" : to) + "T00:00:00Z").minusNanos(1);
        return List.of(first, last);
    }

    /** Splits a line at commas outside of double quotes. */
    private static Map<String, String> cells(String[] header, String line) {
        Map<String, String> cells = new HashMap<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        int column = 0;
        for (char character : (line + ",").toCharArray()) {
            if (character == '"') {
                quoted = !quoted;
            } else if (character == ',' && !quoted) {
                cells.put(header[column++], cell.toString());
                cell.setLength(0);
            } else {
                cell.append(character);
            }
        }
        return cells;
    }
}
