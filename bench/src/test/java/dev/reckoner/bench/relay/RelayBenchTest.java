package dev.reckoner.bench.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The comparison works with tiny counts, prints its tables, and leaves no process and no file. Nothing is timed. */
final class RelayBenchTest {

    @TempDir
    Path directory;

    @Test
    void run_throughAProxyOfItsOwnProcess_printsATableAndCleansUp() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        RelayBench bench = bench("direct,unbooked", printed);

        bench.run();

        String text = printed.toString(StandardCharsets.UTF_8);
        assertTrue(text.lines().anyMatch(line -> line.startsWith("unbooked ")), text);
        Samples samples = Objects.requireNonNull(bench.samples(Scenario.STREAM));
        assertEquals(50, samples.median("unbooked", sample -> sample.run().exchanges()));
        assertTrue(samples.median("unbooked", Sample::residentMib) > 0, text);
        assertFalse(Files.exists(directory.resolve("work")));
        assertTrue(ProcessHandle.current().descendants().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    @Tag("full")
    void run_throughNginx_printsRatios() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        bench("nginx", printed).run();

        String text = printed.toString(StandardCharsets.UTF_8);
        assertTrue(text.lines().anyMatch(line -> line.startsWith("nginx ")), text);
        assertTrue(text.contains("1.00"), text);
    }

    @Test
    void run_withoutTheJar_leavesReckonerOutAndSaysSo() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        bench("direct,reckoner", printed).run();

        String text = printed.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("reckoner is left out"), text);
    }

    @Test
    void options_thatAreWrong_areRefusedWithWhatWasExpected() {
        assertRefused("--rounds", "many");
        assertRefused("--rounds", "0");
        assertRefused("--scenarios", "jsno");
        assertRefused("--targets", "apache");
        assertRefused("--round", "1");
        assertRefused("--rounds");
    }

    @Test
    void options_unsaid_coverEveryTarget() {
        RelayOptions options = RelayOptions.parse();

        assertEquals(List.of("direct", "nginx", "unbooked", "reckoner"), options.targets());
        assertEquals(List.of(Scenario.JSON, Scenario.STREAM), options.scenarios());
        assertEquals(Scenario.JSON.exchanges(), options.exchangesOf(Scenario.JSON));
    }

    private RelayBench bench(String targets, ByteArrayOutputStream printed) {
        RelayOptions options = RelayOptions.parse(
                "--rounds", "2",
                "--exchanges", "50",
                "--warmup", "50",
                "--connections", "2",
                "--targets", targets,
                "--jar", directory.resolve("none.jar").toString(),
                "--work", directory.resolve("work").toString());
        return new RelayBench(options, new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private static void assertRefused(String... args) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> RelayOptions.parse(args));
        assertTrue(String.valueOf(refused.getMessage()).contains("expected"), refused::getMessage);
    }
}
