package dev.reckoner.app.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Reads figures out of what the command line, the private API and the pages call differently. */
final class Figures {
    static final String NOT_STATED = "(not stated)";
    private static final Map<String, Integer> UNITS = Map.of("s", 1, "m", 60, "h", 3_600, "d", 86_400);

    private Figures() {}

    /** A duration as pages show it, such as 0.58s or 1m 12s. */
    static void assertDuration(long millis, String shown) {
        double seconds = 0;
        for (String part : shown.split(" ", -1)) {
            double number = Double.parseDouble(part.substring(0, part.length() - 1));
            seconds += number * at(UNITS, part.substring(part.length() - 1));
        }
        double fineness = millis < 10_000 ? 0.0051 : millis < 60_000 ? 0.051 : millis < 3_600_000 ? 0.51 : 30.1;
        assertEquals(millis / 1000.0, seconds, fineness, shown);
    }

    /** A dimension's name above a page's column. */
    static String title(String by) {
        String words = by.replace('_', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /** A dimension's name in the command line's JSON. */
    static String field(String by) {
        return Map.of("session", "sessionId", "service_tier", "serviceTier").getOrDefault(by, by);
    }

    static Map<String, JsonNode> byField(JsonNode rows, String field) {
        Map<String, JsonNode> by = new TreeMap<>();
        rows.forEach(row -> by.put(value(row.path(field)), row));
        return by;
    }

    static Map<String, JsonNode> byGroup(JsonNode report) {
        Map<String, JsonNode> by = new TreeMap<>();
        report.path("rows").forEach(row -> by.put(value(row.path("group").path(0)), row.path("sums")));
        return by;
    }

    static String value(JsonNode value) {
        return value.isNull() || value.asText().isEmpty() ? NOT_STATED : value.asText();
    }

    static <V> V at(Map<String, V> values, String name) {
        return Objects.requireNonNull(values.get(name), () -> "no " + name + " in " + values.keySet());
    }

    static BigDecimal usd(JsonNode node, String name) {
        return new BigDecimal(node.path(name).asText());
    }

    static BigDecimal total(JsonNode sums) {
        BigDecimal total = BigDecimal.ZERO;
        for (JsonNode amount : sums.path("amounts")) {
            total = total.add(new BigDecimal(amount.asText()));
        }
        return total;
    }

    /** An exact amount as a page shows it. */
    static BigDecimal usdOf(String shown) {
        return new BigDecimal(shown.replace("$", ""));
    }
}
