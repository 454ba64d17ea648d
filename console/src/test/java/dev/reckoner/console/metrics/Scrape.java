package dev.reckoner.console.metrics;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.console.ServerState;
import dev.reckoner.console.TestState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text formats as strictly as they are specified: a line is a comment, or a sample with its number. */
final class Scrape {
    private static final Pattern SAMPLE = Pattern.compile(
            "([a-z_]+)(\\{(?:[a-z_]+=\"(?:[^\"\\\\\n]|\\\\[\\\\n\"])*\",?)*})? (-?[0-9.E-]+|NaN|[+-]Inf)");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"(?:[^\"\\\\\n]|\\\\[\\\\n\"])*\"");

    private Scrape() {}

    /** The samples of one scrape. */
    record Seen(Map<String, Double> samples) {

        /** The value of a sample, not a number where there is none. */
        double get(String name) {
            return samples.getOrDefault(name, Double.NaN);
        }

        /** Names with their labels. */
        Set<String> names() {
            return samples.keySet();
        }
    }

    static Seen of(Metrics metrics) {
        return of(metrics, "");
    }

    static Seen of(Metrics metrics, String accept) {
        return of(metrics, TestState.STATE, accept);
    }

    /** The samples by name and labels; fails on a line that is none, and on one that comes twice. */
    static Seen of(Metrics metrics, ServerState state, String accept) {
        String text = new String(metrics.write(metrics.writer(accept), state), StandardCharsets.UTF_8);
        Map<String, Double> samples = new LinkedHashMap<>();
        for (String line : text.split("\n", -1)) {
            if (line.isEmpty() || line.startsWith("# ")) {
                continue;
            }
            Matcher sample = SAMPLE.matcher(line);
            assertTrue(sample.matches(), () -> "not a sample: " + line);
            String name = sample.group(1) + (sample.group(2) == null ? "" : sample.group(2));
            Double before = samples.put(name, number(sample.group(3)));
            assertTrue(before == null, () -> "twice: " + name);
        }
        return new Seen(samples);
    }

    /** The names of a sample's labels. */
    static List<String> labels(String name) {
        List<String> labels = new ArrayList<>();
        Matcher label = LABEL.matcher(name);
        while (label.find()) {
            labels.add(label.group(1));
        }
        return labels;
    }

    private static double number(String text) {
        return text.endsWith("Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }
}
