package dev.reckoner.app.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.app.command.Shell;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The demo as a person runs it, but without its pauses. */
final class DemoCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void demo_exit_provesThatTheBooksAddUpWithin80Columns() {
        assertEquals(0, demo("--exit", "--rounds", "2"), this::said);
        String text = out.toString();
        assertFalse(text.contains("DIFFERENT"), text);
        assertTrue(text.contains("tokens, the ledger holds"), text);
        for (String user : List.of("ada", "grace", "katherine", "margaret")) {
            assertTrue(text.contains(user), user + " is missing in " + text);
        }
        assertTrue(text.contains("1 exchange waits for a rate"), text);
        for (String line : text.lines().toList()) {
            assertTrue(line.codePointCount(0, line.length()) <= 80 || line.contains("http"), line);
        }
    }

    @Test
    void demo_withLedger_keepsTheBooksThere() throws Exception {
        Path books = directory.resolve("books");
        assertEquals(0, demo("--exit", "--rounds", "1", "--ledger", books.toString()), this::said);
        try (Stream<Path> files = Files.list(books)) {
            assertTrue(files.findAny().isPresent());
        }
        assertTrue(out.toString().contains(books.toString()));
    }

    private int demo(String... args) {
        Shell shell = new Shell(new PrintWriter(out), new PrintWriter(err), Map.of(), Clock.systemUTC(), false, 80);
        Demo.Pace none = new Demo.Pace(Duration.ZERO, Duration.ZERO);
        return new CommandLine(new DemoCommand(shell, none)).execute(args);
    }

    private String said() {
        return out + "\n" + err;
    }
}
