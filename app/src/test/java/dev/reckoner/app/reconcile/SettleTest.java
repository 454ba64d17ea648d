package dev.reckoner.app.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.ledger.Correction;
import dev.reckoner.ledger.DetailQuery;
import dev.reckoner.ledger.Revision;
import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.ledger.Unsettled;
import dev.reckoner.reconcile.kept.KeptReconciliations;
import dev.reckoner.simulator.Fault;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams that were cut, the simulator's own count of them, and the command that takes it over. */
final class SettleTest {
    private static final Fault CUT = Fault.of(Fault.Kind.CLOSE_AFTER_EVENTS, 4);

    @TempDir
    private Path directory;

    private BilledServer billed;

    @BeforeEach
    void serve() throws Exception {
        billed = new BilledServer(directory);
    }

    @AfterEach
    void close() {
        billed.close();
    }

    @Test
    void cutStream_isSettledByTheBill_andTheNextReconciliationMatches() throws Exception {
        billed.sendCut("claude-opus-5-5", 100, CUT);
        assertEquals(3, billed.reconcile(), billed.out.toString());
        assertTrue(billed.out.toString().contains("estimate"), billed.out.toString());
        StoredEntry open = unsettled().get(0);

        assertEquals(0, billed.reconcile("--settle"), billed.out.toString() + billed.err);

        String said = billed.out.toString().replaceAll("\\s+", " ");
        assertTrue(said.startsWith("Matched exactly"), said);
        assertTrue(said.contains("Settled 1 exchange by the hours of the bill: $"), said);
        assertEquals(List.of(), unsettled());
        try (OpenBooks books = billed.books()) {
            List<Revision> history = books.reports().history(open.entry().id());
            assertEquals(2, history.size());
            assertEquals(Correction.SETTLED, history.get(1).cause());
            assertTrue(String.valueOf(history.get(1).reason()).startsWith("rec_"), history.toString());
            assertFalse(history.get(1).entry().charge().estimated());
            assertEquals(List.of(), books.reports().verify().findings());
            assertEquals(
                    2 + 1, books.archive().list(KeptReconciliations.KIND, 10).size());
        }
        assertEquals(0, billed.reconcile(), billed.out.toString());
    }

    @Test
    void twoCutInTheSameHour_stayOpen_andTheReasonIsSaid() throws Exception {
        billed.sendCut("claude-opus-5-5", 100, CUT);
        billed.sendCut("claude-opus-5-5", 102, CUT);

        assertEquals(3, billed.reconcile("--settle"), billed.out.toString());

        String said = billed.out.toString().replaceAll("\\s+", " ");
        assertTrue(
                said.contains("Not settled: 2 exchanges, because 2 exchanges of its key and model in the same hours"),
                said);
        assertEquals(2, unsettled().size());
    }

    @Test
    void nothingOpen_isSaid() throws Exception {
        billed.simulator
                .admin()
                .container(billed.today.atStartOfDay(ZoneOffset.UTC).toInstant(), null, BigDecimal.ONE);
        assertEquals(3, billed.reconcile("--settle"), billed.out.toString());
        assertTrue(billed.out.toString().contains("There was nothing to settle"), billed.out.toString());
    }

    private List<StoredEntry> unsettled() {
        try (OpenBooks books = billed.books()) {
            Unsettled unsettled =
                    books.reports().unsettled(new DetailQuery(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z")));
            return unsettled.entries();
        }
    }
}
