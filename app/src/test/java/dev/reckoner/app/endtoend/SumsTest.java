package dev.reckoner.app.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.Audit;
import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.simulator.Simulator;
import dev.reckoner.simulator.SimulatorOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Σ ledger = Σ served to the token and Σ charge = the simulator's own bill to the last digit, over real sockets. */
final class SumsTest {
    private static final long SEED = 20261121;
    private static final int CLIENTS = 8;

    @TempDir
    private Path directory;

    @Test
    void exchanges_withoutFaults_addUp() throws Exception {
        addUp(2_500, 0.0);
    }

    @Test
    void exchanges_withFaults_addUp() throws Exception {
        addUp(2_500, 0.25);
    }

    @Test
    @Tag("full")
    void exchanges_manyWithoutFaults_addUp() throws Exception {
        addUp(50_000, 0.0);
    }

    @Test
    @Tag("full")
    void exchanges_manyWithFaults_addUp() throws Exception {
        addUp(50_000, 0.15);
    }

    private void addUp(int exchanges, double faultRate) throws Exception {
        SimulatorOptions options =
                SimulatorOptions.defaults().seed(SEED).gzip(true).faultRate(faultRate);
        try (Stack stack = Stack.start(directory, options)) {
            Load load = new Load(new Mix(SEED)::body);
            load.send(stack.url(), CLIENTS, exchanges);
            List<StoredEntry> entries = stack.settledEntries();
            Simulator simulator = stack.simulator();
            assertEquals(exchanges, simulator.served().requests());
            assertEquals(exchanges, entries.size());
            long exact = Comparison.assertAgree(simulator.served().receipts(), entries);
            assertTrue(exact >= exchanges * (1 - faultRate) * 0.95, exact + " of " + exchanges);
            Comparison.assertBooked(load.seen(), entries);
            Audit audit = stack.reports().verify();
            assertTrue(audit.clean(), audit.findings().toString());
            assertEquals(exchanges, audit.entries());
        }
    }
}
