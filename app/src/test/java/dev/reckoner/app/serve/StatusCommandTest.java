package dev.reckoner.app.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckoner.app.LoopbackSettings;
import dev.reckoner.app.command.CommandTree;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.read.LocalDoor;
import dev.reckoner.config.RateTables;
import dev.reckoner.config.Settings;
import dev.reckoner.simulator.Simulator;
import dev.reckoner.simulator.SimulatorOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line says about a server that runs, and that none does. */
final class StatusCommandTest {
    private static final int COLUMNS = 80;

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void status_ofARunningServer_fitsTheTerminal() throws Exception {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults());
                RunningServer server = server(simulator)) {
            assertEquals(0, run("status", "--ledger", directory.toString()), err.toString());
            String said = out.toString();
            assertTrue(said.contains(server.proxy().toString()), said);
            assertTrue(said.replaceAll(" +", " ").contains("\n Ready yes\n"), said);
            assertTrue(said.contains("0 in flight"), said);
            assertTrue(said.contains("has taken everything"), said);
            assertTrue(said.lines().allMatch(line -> line.length() <= COLUMNS), said);
        }
    }

    @Test
    void status_asJson_isTheState() throws Exception {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults());
                RunningServer server = server(simulator)) {
            assertEquals(0, run("status", "-j", "--console", server.console().toString()), err.toString());
            JsonNode state = new ObjectMapper().readTree(out.toString());
            assertEquals(server.proxy().toString(), state.path("proxy").asText());
            assertTrue(state.path("ready").asBoolean());
            assertEquals(0, state.path("exchanges_in_flight").asInt(-1));
        }
    }

    @Test
    void status_whereNoServerRuns_saysSo() {
        assertEquals(1, run("status", "--ledger", directory.toString()));
        assertTrue(err.toString().contains("no server runs on " + directory), err.toString());
        assertTrue(err.toString().contains("reckoner serve"), err.toString());
    }

    private RunningServer server(Simulator simulator) {
        Settings settings = LoopbackSettings.of(simulator.url(), directory);
        return RunningServer.start(settings, RateTables.builtIn(), Map.of(), Clock.systemUTC());
    }

    private int run(String... args) {
        Clock clock = Clock.systemUTC();
        Shell shell = new Shell(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                Map.of("HOME", directory.toString()),
                clock,
                false,
                COLUMNS);
        return new CommandTree(shell, new LocalDoor(clock))
                .commandLine(List.of(new StatusCommand(shell)))
                .execute(args);
    }
}
