package dev.reckoner.reconcile.kept;

import dev.reckoner.ledger.Archive;
import dev.reckoner.ledger.Document;
import dev.reckoner.reconcile.Coverage;
import dev.reckoner.reconcile.Coverage.Bypass;
import dev.reckoner.reconcile.Reconciliation;
import dev.reckoner.reconcile.statement.ReconciliationJson;
import dev.reckoner.reconcile.statement.ReconciliationReader;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The reconciliations in the archive. Keeping one says which of its bypassing keys nobody knew of before. */
public final class KeptReconciliations {

    /** What a kept reconciliation is called in the archive. */
    public static final String KIND = "reconciliation";

    /** What a key that bypasses is called there; the document's name is its id. */
    public static final String BYPASS = "bypass";

    /** The name of traffic without a key. */
    private static final String NO_KEY = "no_key";

    /** More keys than any organisation has; those beyond count as new again. */
    private static final int KEYS_MAX = 10_000;

    private static final int LISTED_MAX = 10_000;

    private final Archive archive;

    /** What this one was the first to know of: it stays news in everything that it keeps. */
    private final Set<String> news = new HashSet<>();

    public KeptReconciliations(Archive archive) {
        this.archive = archive;
    }

    /** Keeps a reconciliation, and returns it with the keys marked that bypass and weren't known to. */
    public Reconciliation keep(Reconciliation reconciliation) {
        Coverage coverage = reconciliation.result().coverage();
        Set<String> known = known(coverage);
        List<Bypass> bypassing = coverage.bypassing().stream()
                .map(key -> key.news(news.contains(name(key)) || !known.contains(name(key))))
                .toList();
        Reconciliation marked = reconciliation.with(coverage.withBypassing(bypassing));
        archive.keep(KIND, marked.id(), ReconciliationJson.of(marked).toString());
        bypassing.stream()
                .filter(key -> key.news() && news.add(name(key)))
                .forEach(key -> archive.keep(BYPASS, name(key), marked.id()));
        return marked;
    }

    /** The reconciliations that were kept last, the latest first; what can't be read of them is left out. */
    public List<Reconciliation> latest(int limit) {
        return archive.list(KIND, limit).stream()
                .flatMap(document -> archive.find(KIND, document.name()).stream())
                .flatMap(document -> ReconciliationReader.read(document.body()).stream())
                .toList();
    }

    /** The names of the last {@value #LISTED_MAX} at most that begin like this, the latest first. */
    public List<String> named(String beginning) {
        return archive.list(KIND, LISTED_MAX).stream()
                .map(Document::name)
                .filter(name -> name.startsWith(beginning))
                .distinct()
                .toList();
    }

    /** The reconciliation of that name; empty where there is none, or it can't be read. */
    public Optional<Reconciliation> find(String name) {
        return archive.find(KIND, name).flatMap(document -> ReconciliationReader.read(document.body()));
    }

    private Set<String> known(Coverage coverage) {
        if (coverage.bypassing().isEmpty()) {
            return Set.of();
        }
        return archive.list(BYPASS, KEYS_MAX).stream().map(Document::name).collect(Collectors.toSet());
    }

    private static String name(Bypass key) {
        return key.apiKeyId() == null ? NO_KEY : key.apiKeyId();
    }
}
