package dev.reckoner.reconcile.vendor;

import dev.reckoner.ledger.Archive;
import dev.reckoner.ledger.Document;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An archive that is gone when the test is over, with a clock that is set by hand. */
final class MemoryArchive implements Archive {

    final List<Document> documents = new ArrayList<>();
    Instant now = Instant.parse("2026-11-05T10:00:00Z");

    @Override
    public void keep(String kind, String name, String body) {
        documents.add(0, new Document(kind, name, now, body));
    }

    @Override
    public Optional<Document> find(String kind, String name) {
        return documents.stream()
                .filter(document ->
                        document.kind().equals(kind) && document.name().equals(name))
                .findFirst();
    }

    @Override
    public List<Document> list(String kind, int limit) {
        return documents.stream()
                .filter(document -> document.kind().equals(kind))
                .limit(limit)
                .map(document -> new Document(kind, document.name(), document.keptAt(), ""))
                .toList();
    }
}
