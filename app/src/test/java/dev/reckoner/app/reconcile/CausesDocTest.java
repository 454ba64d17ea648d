package dev.reckoner.app.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.reconcile.Cause;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/causes.md} shows is what the commands print: a day that matches, and one with each cause. */
final class CausesDocTest {

    @TempDir
    private Path directory;

    @Test
    void docs_showWhatTheCommandPrints() throws Exception {
        String docs = Files.readString(docs());
        Matcher commands = Pattern.compile("\\$ \\./reckoner (reconcile [^\n]*)\n(.*?)```", Pattern.DOTALL)
                .matcher(docs);
        int shown = 0;
        try (PlantedMonth planted = new PlantedMonth(directory)) {
            for (int day = 1; day <= BookedMonth.DAYS; day++) {
                String time = String.format(Locale.ROOT, "%02dT%02d:30:00", day, day % 12 + 6);
                planted.month.exchange(planted.exchange(time, "claude-opus-5-5", 1_000L + day, 200));
                planted.month.exchange(planted.exchange(time, "claude-sonnet-4-6", 3_000, 400L + day));
            }
            planted.finish();
            while (commands.find()) {
                planted.month.run(commands.group(1).split(" ", -1));
                assertEquals(commands.group(2).strip(), planted.month.out().strip(), commands.group(1));
                shown++;
            }
        }
        assertEquals(15, shown, "days that are shown");
        for (Cause cause : Cause.values()) {
            assertTrue(docs.contains("`" + cause.word() + "`"), cause + " isn't in the docs");
        }
    }

    private static Path docs() {
        Path here = Path.of("").toAbsolutePath();
        Path docs = Files.isDirectory(here.resolve("docs")) ? here.resolve("docs") : here.resolveSibling("docs");
        return docs.resolve("causes.md");
    }
}
