package dev.reckoner.app.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the pages over the demo's books, started once for a class; whatever the browser complains of fails a test. */
abstract class DemoPages {
    static final int DAYS = 9;

    static DemoConsole console;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        console = DemoConsole.start(directory.resolve("ledger"), DAYS);
    }

    @AfterAll
    static void end() {
        console.close();
    }

    @AfterEach
    void browser_complainsOfNothing() {
        console.closeWindows();
        assertEquals(List.of(), console.complaints());
    }
}
