package dev.reckoner.app.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.simulator.Simulator;
import dev.reckoner.simulator.SimulatorOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The vendor's TypeScript SDK under Node can't tell the proxy from the vendor; needs node, npm and the npm registry. */
@Tag("full")
final class NodeSdkTest {
    private static final int MESSAGES = 7;
    private static final int MINUTES_MAX = 3;

    @TempDir
    private Path directory;

    @Test
    void conversation_throughTheProxy_isTheDirectOne_andIsBooked() throws Exception {
        Path node = directory.resolve("node");
        Files.createDirectory(node);
        for (String name : List.of("package.json", "package-lock.json", "conversation.mjs")) {
            Files.copy(sources().resolve(name), node.resolve(name));
        }
        run(node, "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
        String direct;
        try (Simulator simulator = Simulator.start(options())) {
            direct = talk(node, simulator.url());
        }
        try (Stack stack = Stack.start(directory.resolve("ledger"), options())) {
            assertEquals(direct, talk(node, stack.url()));
            assertTrue(direct.contains("web_search_requests") && direct.contains("OverloadedError"), direct);
            List<StoredEntry> entries = stack.settledEntries();
            assertEquals(
                    MESSAGES, Comparison.assertAgree(stack.simulator().served().receipts(), entries));
        }
    }

    private static String talk(Path node, URI base) throws IOException, InterruptedException {
        return run(node, "node", "conversation.mjs", base.toString());
    }

    private static String run(Path directory, String... command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "out", ".txt");
        Path err = Files.createTempFile(directory, "err", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertTrue(process.waitFor(MINUTES_MAX, TimeUnit.MINUTES), String.join(" ", command) + " takes too long");
        } finally {
            process.destroyForcibly();
        }
        assertEquals(0, process.exitValue(), () -> read(err) + read(out));
        return read(out);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** The test runs in the module's directory. */
    private static Path sources() {
        return Path.of("src", "test", "node").toAbsolutePath();
    }

    private static SimulatorOptions options() {
        Clock still = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
        return SimulatorOptions.defaults().clock(still).gzip(true);
    }
}
