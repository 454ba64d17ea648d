package dev.reckoner.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.SettingsLoader;
import dev.reckoner.config.Shown;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/accounting.md names must be there: its tests, its transcripts, its settings with their defaults. */
class AccountingTest {
    private static final Path ROOT = TidyTest.root();
    private static final Pattern TEST = Pattern.compile("`([A-Za-z0-9]+Test)(?:#([A-Za-z0-9_]+))?`");
    private static final Pattern TRANSCRIPT = Pattern.compile("`([a-z0-9-]+\\.(?:sse|json))`");
    private static final Pattern SETTING = Pattern.compile("\\| `((?:rating|ledger)\\.[a-z_]+)` \\| (?:`([a-z_]+)`)?");
    private static final int RULES_LEAST = 45;

    @Test
    void everyTestNamed_isThere() {
        Map<String, String> sources = testSources();
        List<String> missing = new ArrayList<>();
        Matcher named = TEST.matcher(document());
        while (named.find()) {
            String source = sources.get(named.group(1));
            String method = named.group(2);
            if (source == null || (method != null && !source.contains("void " + method + "("))) {
                missing.add(named.group());
            }
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void everyRule_namesItsTest() {
        List<String> rules = document()
                .lines()
                .filter(line ->
                        line.startsWith("| ") && !line.startsWith("| rule |") && !line.startsWith("| question |"))
                .toList();
        assertTrue(rules.size() >= RULES_LEAST, () -> rules.size() + " rules");
        assertEquals(
                List.of(),
                rules.stream().filter(rule -> !TEST.matcher(rule).find()).toList());
    }

    @Test
    void everyTranscriptNamed_isThere() {
        Matcher named = TRANSCRIPT.matcher(document());
        TreeSet<String> missing = new TreeSet<>();
        while (named.find()) {
            Path file = ROOT.resolve("proxy/src/test/resources/transcripts").resolve(named.group(1));
            if (!Files.exists(file)) {
                missing.add(named.group(1));
            }
        }
        assertEquals(List.of(), List.copyOf(missing));
    }

    @Test
    void everySettingNamed_hasThatDefault() {
        Map<String, String> defaults = new HashMap<>();
        for (Shown shown : SettingsLoader.load(null, Map.of(), Map.of()).values()) {
            defaults.put(shown.key(), shown.value());
        }
        Matcher named = SETTING.matcher(document());
        int settings = 0;
        while (named.find()) {
            settings++;
            String standard = defaults.get(named.group(1));
            assertEquals(named.group(2) == null ? "" : named.group(2), standard, named.group(1));
        }
        assertEquals(7, settings);
    }

    private static String document() {
        return read(ROOT.resolve("docs/accounting.md"));
    }

    private static Map<String, String> testSources() {
        Map<String, String> sources = new HashMap<>();
        for (String module : List.of("config", "ledger", "proxy", "app")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                files.filter(file -> file.toString().endsWith("Test.java"))
                        .forEach(file ->
                                sources.put(file.getFileName().toString().replace(".java", ""), read(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return sources;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
