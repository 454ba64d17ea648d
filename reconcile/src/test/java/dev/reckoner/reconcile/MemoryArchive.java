package dev.reckoner.reconcile;

import dev.reckoner.ledger.Archive;
import dev.reckoner.ledger.Document;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An archive in memory, which keeps everything at the instant it was told. */
public final class MemoryArchive implements Archive {

    private final List<Document> documents = new ArrayList<>();
    private Instant now = Instant.parse("2026-12-02T10:00:00Z");

    /** Keeps at that instant from now on. */
    public void at(Instant instant) {
        now = instant;
    }

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
