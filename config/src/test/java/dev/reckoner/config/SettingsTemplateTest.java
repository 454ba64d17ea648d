package dev.reckoner.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is shown of the settings, and the template of them. */
class SettingsTemplateTest {

    private static final Map<String, String> HOME = Map.of("HOME", "/home/ada");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void shown_everySettingOnce_inTheOrderOfTheTemplate() {
        Loaded loaded = SettingsLoader.load(null, HOME, Map.of());
        assertEquals(73, loaded.values().size());
        assertEquals(73, loaded.values().stream().map(Shown::key).distinct().count());
        assertTrue(loaded.values().stream().allMatch(shown -> shown.origin().equals("default")));
    }

    @Test
    void template_asItStands_saysNothing() throws Exception {
        assertEquals(
                SettingsLoader.load(null, HOME, Map.of()).settings(),
                SettingsLoader.load(write(SettingsTemplate.yaml()), HOME, Map.of())
                        .settings());
    }

    @Test
    void template_everySettingUncommented_saysTheDefaults() throws Exception {
        Loaded defaults = SettingsLoader.load(null, HOME, Map.of());
        UnaryOperator<String> uncomment = line -> defaults.values().stream()
                .map(shown -> shown.key().substring(shown.key().indexOf('.') + 1))
                .filter(name -> line.strip().startsWith("# " + name + ": "))
                .findFirst()
                .map(name -> line.replaceFirst("# ", ""))
                .orElse(line);
        String said = SettingsTemplate.yaml().lines().map(uncomment).collect(Collectors.joining("\n"));
        Loaded loaded = SettingsLoader.load(write(said), HOME, Map.of());
        assertEquals(defaults.settings(), loaded.settings());
        assertEquals(
                List.of(
                        "credentials",
                        "console.tokens",
                        "console.hosts",
                        "console.token",
                        "upstream.ca_file",
                        "attribution.people",
                        "rating.rates_files",
                        "rating.refusals_billed",
                        "limits.rules",
                        "limits.unknown_model_rate",
                        "reconcile.admin_key_file",
                        "alerts.webhook",
                        "alerts.secret",
                        "alerts.credits_below",
                        "metrics.otlp_endpoint",
                        "metrics.otlp_headers"),
                loaded.values().stream()
                        .filter(shown -> shown.origin().equals("default"))
                        .map(Shown::key)
                        .toList());
    }

    @Test
    void template_lines_fitATerminalAndNameEveryVariable() {
        String template = SettingsTemplate.yaml();
        assertFalse(template.lines().anyMatch(line -> line.length() > 120), template);
        assertFalse(template.lines().anyMatch(line -> line.endsWith(" ")));
        assertTrue(template.contains("# Environment: RECKONER_DOWNSTREAM_HEADER_BYTES_MAX"));
    }

    private Path write(String text) throws Exception {
        return Files.writeString(directory.resolve("reckoner.yaml"), text);
    }
}
