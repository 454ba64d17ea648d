package dev.reckoner.app.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckoner.app.command.CommandTree;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.LocalDoor;
import dev.reckoner.app.serve.RunningServer;
import dev.reckoner.config.RateTables;
import dev.reckoner.config.SettingsLoader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands on real books: on their files, and through a server that runs on them. */
final class LimitsCommandTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path home;

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @Test
    void limits_setOnFiles_areListedAndRemoved() throws Exception {
        server().close();
        assertEquals(0, run("limits", "set", "user=*", "50/day", "Europe/Berlin"));
        assertTrue(out.toString().startsWith("Set: user=* 50/day Europe/Berlin (spl_"), out.toString());
        assertEquals(0, run("limits", "set", "all", "400000", "itpm"));
        assertEquals(0, run("limits", "list"));
        assertEquals("""
                Limit                        Whom        Spent  Reserved     Left  Resets\u00a0(UTC)
                ───────────────────────────────────────────────────────────────────────────────
                all 400000 itpm              all             -         0  400,000  -
                user=* 50/day Europe/Berlin  nobody yet  $0.00     $0.00   $50.00  11-21 23:00
                """, table());
        assertEquals(0, run("limits", "list", "--json"));
        JsonNode first =
                new ObjectMapper().readTree(out.toString()).path("limits").path(1);
        assertEquals("user=* 50/day Europe/Berlin", first.path("limit").asText());
        assertEquals("50", first.path("left").asText());
        assertEquals(0, run("limits", "list", "--csv"));
        assertTrue(out.toString().contains(",all 400000 itpm,itpm,books,"), out.toString());

        assertEquals(0, run("limits", "set", "user=*", "60/day", "Europe/Berlin"));
        assertEquals(0, run("limits", "show", "user=*", "60/day", "Europe/Berlin"));
        assertTrue(out.toString().contains("changed user=* 60/day Europe/Berlin ("), out.toString());
        assertEquals(0, run("limits", "remove", first.path("id").asText()));
        assertEquals(0, run("limits", "remove", "all", "400000 itpm"));
        assertEquals(0, run("limits", "list"));
        assertTrue(out.toString().startsWith("No limits."), out.toString());
        assertEquals(1, run("limits", "remove", "all", "400000 itpm"));
        assertTrue(err.toString().contains("there is no limit \"all 400000 itpm\""), err.toString());
    }

    @Test
    void limits_setThroughTheServer_holdThere() throws Exception {
        try (RunningServer server = server()) {
            assertEquals(0, run("limits", "set", "team=search", "8", "concurrent"));
            assertEquals(0, run("limits", "list", "--console", server.console().toString(), "--csv"));
            assertTrue(out.toString().contains(",team=search 8 concurrent,concurrent,books,"), out.toString());
            assertEquals(0, run("limits", "remove", "team=search", "8", "concurrent"));
            assertEquals(1, run("limits", "remove", "spl_none"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1–5, '200,000–300,000', 5–7, all 300000 itpm, all 7 rpm",
        "5, 1–5, '1,000,000–1,500,000', 25–35, all 1500000 itpm, all 35 rpm",
        "6, 5–20, '600,000–900,000', 15–21, all 900000 itpm, all 21 rpm",
        "40, 20–50, '2,000,000–3,000,000', 50–70, all 3000000 itpm, all 70 rpm",
        "51, 50–100, '1,275,000–1,785,000', 31.62–44.37, all 1785000 itpm, all 45 rpm",
        "500, 100–500, '7,500,000–10,000,000', 185–235, all 10000000 itpm, all 235 rpm",
        "501, over 500, '5,010,000–7,515,000', 125.25–175.35, all 7515000 itpm, all 176 rpm",
    })
    void suggestion_forATeam_isTheRowOfItsSize(
            int size, String row, String tokens, String requests, String itpm, String rpm) {
        assertEquals(0, run("limits", "suggest", "--team-size", String.valueOf(size)));
        String line = out.toString()
                .lines()
                .filter(one -> one.startsWith(row + " *"))
                .findFirst()
                .orElseThrow();
        assertTrue(line.matches(".*  " + tokens + " +" + requests), line);
        assertTrue(out.toString().contains("reckoner limits set " + itpm + "\n"), out.toString());
        assertTrue(out.toString().contains("reckoner limits set " + rpm + "\n"), out.toString());
    }

    @Test
    void suggestion_applied_isSet() throws Exception {
        server().close();
        assertEquals(0, run("limits", "suggest", "--team-size", "40", "--apply", "--json"));
        assertEquals(0, run("limits", "list", "--csv"));
        assertTrue(out.toString().contains("all 3000000 itpm"), out.toString());
        assertTrue(out.toString().contains("all 70 rpm"), out.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "limits set user=ada fifty, Invalid limit: found \"user=ada fifty\"",
        "limits set user=ada, requires at least 2 values",
        "limits, Missing command: expected one of list",
        "limits suggest --team-size 0, found 0",
        "limits suggest, Missing required option",
    })
    void wrongUse_isSaid(String line, String expected) {
        assertEquals(2, run(line.split(" ")));
        assertTrue(err.toString().contains(expected), err.toString());
    }

    private RunningServer server() {
        var flags = Map.of(
                "ledger.directory", home.resolve(".reckoner").toString(),
                "listen", "127.0.0.1:0",
                "console.listen", "127.0.0.1:0");
        var settings = SettingsLoader.load(null, Map.of("HOME", home.toString()), flags)
                .settings();
        return RunningServer.start(settings, RateTables.builtIn(), Map.of(), CLOCK);
    }

    private String table() {
        return out.toString().lines().limit(4).map(line -> line + "\n").reduce("", String::concat);
    }

    private int run(String... args) {
        out = new StringWriter();
        err = new StringWriter();
        Map<String, String> env = Map.of("HOME", home.toString());
        Shell shell = new Shell(new PrintWriter(out, true), new PrintWriter(err, true), env, CLOCK, false, 80);
        Door door = new LocalDoor(CLOCK);
        return new CommandTree(shell, door)
                .commandLine(List.of(LimitsCommand.whole(shell, door)))
                .execute(args);
    }
}
