package dev.reckoner.app.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import dev.reckoner.config.LimitRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Takes the pictures of docs/console.md, on a day that never changes. They go to {@code target/console}; with
 * {@code -Dreckoner.pictures=docs/console} they take the place of those in the docs. Needs chromium.
 */
@Tag("full")
final class ConsolePicturesTest {
    private static final int DAYS = 14;
    private static final int WIDTH = 1180;
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern PICTURE = Pattern.compile("\\]\\(console/([a-z-]+)\\.png\\)");
    private static final int BYTES_LEAST = 8_000;

    @TempDir
    private Path directory;

    @Test
    void pictures_areThoseThatTheDocsShow() throws Exception {
        Path out = ROOT.resolve(System.getProperty("reckoner.pictures", "app/target/console"));
        Files.createDirectories(out);
        List<String> taken = new ArrayList<>();
        try (DemoConsole console = DemoConsole.start(directory.resolve("ledger"), DAYS)) {
            for (String rule : List.of("user=* 0.25/day", "team=platform 5/month Europe/Berlin", "all 400000 itpm")) {
                console.books().limits().set(LimitRule.parse(rule).orElseThrow(), "docs");
            }
            for (Map.Entry<String, String> picture : pictures().entrySet()) {
                boolean phone = picture.getKey().endsWith("phone");
                Page page = console.window(
                        phone ? 360 : WIDTH, phone ? 760 : 860, picture.getKey().endsWith("dark"));
                console.open(page, picture.getValue());
                Path file = out.resolve(picture.getKey() + ".png");
                page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(!phone));
                assertTrue(Files.size(file) > BYTES_LEAST, picture.getKey() + " is nearly empty");
                taken.add(picture.getKey());
                console.closeWindows();
            }
            assertEquals(List.of(), console.complaints());
        }
        assertEquals(shown().stream().sorted().toList(), taken.stream().sorted().toList());
        for (String name : shown()) {
            assertTrue(Files.exists(ROOT.resolve("docs/console/" + name + ".png")), "docs/console lacks " + name);
        }
    }

    private static Map<String, String> pictures() {
        Map<String, String> pictures = new LinkedHashMap<>();
        pictures.put("overview", "/");
        pictures.put("cost", "/cost?last=30d");
        pictures.put("usage", "/usage?last=1d&by=token_type");
        pictures.put("people", "/people?last=30d");
        pictures.put("person", "/people?last=30d&user=ada");
        pictures.put("rate-limits", "/rate-limits?last=7d");
        pictures.put("entries", "/entries?last=1d");
        pictures.put("reconciliation-dark", "/reconciliation");
        pictures.put("chargeback", "/chargeback");
        pictures.put("insights", "/insights?last=30d");
        pictures.put("limits", "/limits");
        pictures.put("overview-phone", "/");
        return pictures;
    }

    private static List<String> shown() throws Exception {
        List<String> shown = new ArrayList<>();
        Matcher matcher = PICTURE.matcher(Files.readString(ROOT.resolve("docs/console.md")));
        while (matcher.find()) {
            shown.add(matcher.group(1));
        }
        return shown;
    }
}
