package dev.reckoner.proxy.tap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Reads recordings of the real API where somebody has put some beside the repository (or where the system property
 * {@code reckoner.fixtures} says); they are not ours to commit. Without them there is nothing to replay.
 */
class FixtureReplayTest {

    @TestFactory
    List<DynamicTest> recordings_givePlausibleReadings() throws IOException {
        Path root = root();
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(FixtureReplayTest::isMessage)
                    .sorted()
                    .map(file -> dynamicTest(root.relativize(file).toString(), () -> check(file)))
                    .toList();
        }
    }

    static Path root() {
        String stated = System.getProperty("reckoner.fixtures");
        return stated != null ? Path.of(stated) : Path.of("..", "..", "shared", "fixtures");
    }

    private static boolean isMessage(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".sse") || name.endsWith("_response.txt") || name.startsWith("message_");
    }

    private static void check(Path file) {
        byte[] body = bytes(file);
        boolean stream = !file.toString().endsWith(".json");
        String type = stream ? "text/event-stream; charset=utf-8" : "application/json";
        Reading whole = Readings.whole(Readings.tap(200, type, null), body);
        assertNull(whole.fault());
        assertNotNull(whole.model());
        assertNotNull(whole.stopReason());
        Usage usage = whole.usage();
        assertNotNull(usage);
        assertNotNull(usage.tokens().inputTokens());
        assertNotNull(usage.tokens().outputTokens());
        assertEquals(true, whole.usageFinal());
        assertEquals(whole, Readings.read(Readings.tap(200, type, null), body, true, () -> 1));
        byte[] encoded = Codings.gzipFlushed(body, 211);
        assertEquals(whole, Readings.whole(Readings.tap(200, type, "gzip"), encoded));
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
