package dev.reckoner.ledger.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.Lag;
import dev.reckoner.ledger.LedgerException;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.report.StoreReports;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where tuples and rows of days come from when something is asked: read at once, and kept for the next question. */
final class TuplesTest {
    private static final long SEED = 20_261_122;

    @TempDir
    private Path directory;

    private Store store;
    private TestBooks books;

    @BeforeEach
    void book() throws Exception {
        System.out.println("seed " + SEED);
        store = Store.open(directory);
        books = new TestBooks(store);
        books.book(new RandomEntries(new Random(SEED)).entries(200));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Reports reports() {
        return new StoreReports(store, () -> new Lag(0, Duration.ZERO), List::of);
    }

    private void reopen() {
        store.close();
        store = Store.open(directory);
        books = new TestBooks(store);
    }

    private static List<ReportRow> ask(Reports reports, Dimension by) {
        Instant from = Instant.parse("2026-01-01T00:00:00Z");
        return reports.report(
                new ReportQuery(from, from.plus(Duration.ofDays(730)), Bucket.ALL, List.of(by), Map.of()));
    }

    @Test
    void tuplesOfDays_areReadAtOnce_fromWhereTheyLieTogether() throws Exception {
        List<ReportRow> expected = ask(reports(), Dimension.TEAM);
        assertFalse(expected.isEmpty());
        reopen();
        assertTrue(books.tamper("delete from dims where session_id = ''") > 10);

        store.readTuplesAhead(() -> false);
        assertThrows(LedgerException.class, () -> ask(reports(), Dimension.TEAM), "none was read");
        store.readTuplesAhead(() -> true);
        assertEquals(expected, ask(reports(), Dimension.TEAM));
    }

    @Test
    void tupleThatIsMissingThere_isLookedUpByItself() throws Exception {
        List<ReportRow> expected = ask(reports(), Dimension.TEAM);
        reopen();

        assertTrue(books.tamper("delete from dims_days") > 10);
        store.readTuplesAhead(() -> true);
        assertEquals(expected, ask(reports(), Dimension.TEAM));
    }

    @Test
    void daysThatWereAskedAbout_answerOtherQuestions_withoutTheDatabase() throws Exception {
        List<ReportRow> expected = ask(reports(), Dimension.TEAM);
        Reports asked = reports();
        ask(asked, Dimension.USER);

        store.write(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate("update rollups_owners set output_quantity = output_quantity + 1");
            }
        });
        assertEquals(expected, ask(asked, Dimension.TEAM));

        store.changes().everythingChanged();
        assertNotEquals(expected, ask(asked, Dimension.TEAM));
    }
}
