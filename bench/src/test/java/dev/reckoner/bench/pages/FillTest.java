package dev.reckoner.bench.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.Audit;
import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.Lag;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.report.StoreReports;
import dev.reckoner.ledger.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The books that pages are measured on are books as any other. */
final class FillTest {
    private static final int ENTRIES = 1_500;

    @TempDir
    private Path directory;

    @Test
    void filledBooks_areInOrder_andHoldWhatWasAskedFor() throws Exception {
        Fill.main(new String[] {String.valueOf(ENTRIES), directory.toString(), "2026-11-22", "3"});

        try (Store store = Store.open(directory)) {
            Reports reports = new StoreReports(store, () -> new Lag(0, Duration.ZERO), List::of);
            Audit audit = reports.verify();
            assertEquals(List.of(), audit.findings());
            assertEquals(ENTRIES, audit.entries());
            ReportQuery users = new ReportQuery(
                    Instant.parse("2026-11-20T00:00:00Z"),
                    Instant.parse("2026-11-24T00:00:00Z"),
                    Bucket.ALL,
                    List.of(Dimension.USER),
                    Map.of());
            assertTrue(reports.report(users).size() > 20);
        }
    }
}
