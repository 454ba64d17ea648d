package dev.reckoner.ledger.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.Archive;
import dev.reckoner.ledger.Document;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents are kept, found by name, listed by kind, and outlive the process. */
final class StoreArchiveTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @TempDir
    Path directory;

    @Test
    void document_keptTwice_isTwoAndFoundAsTheLater() {
        try (Store store = Store.open(directory)) {
            Archive archive = new StoreArchive(store, CLOCK);

            archive.keep("page", "a", "first");
            archive.keep("page", "a", "second");
            archive.keep("month", "a", "another kind");

            assertEquals(Optional.of(new Document("page", "a", NOW, "second")), archive.find("page", "a"));
            assertEquals(
                    List.of(new Document("page", "a", NOW, ""), new Document("page", "a", NOW, "")),
                    archive.list("page", 10));
            assertEquals(1, archive.list("page", 1).size());
        }
    }

    @Test
    void document_isThereAfterAReopening() {
        String large = "x".repeat(3_000_000);
        try (Store store = Store.open(directory)) {
            new StoreArchive(store, CLOCK).keep("page", "large", large);
        }
        try (Store store = Store.open(directory)) {
            assertEquals(
                    large,
                    new StoreArchive(store, CLOCK)
                            .find("page", "large")
                            .map(Document::body)
                            .orElse(""));
        }
    }

    @Test
    void nothingKept_isNothingFound() {
        try (Store store = Store.open(directory)) {
            Archive archive = new StoreArchive(store, CLOCK);

            assertTrue(archive.find("page", "a").isEmpty());
            assertEquals(List.of(), archive.list("page", 10));
        }
    }
}
