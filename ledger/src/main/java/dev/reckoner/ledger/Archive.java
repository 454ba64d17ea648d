package dev.reckoner.ledger;

import java.util.List;
import java.util.Optional;

/**
 * The door to the documents that are kept beside the entries: pulled pages of the vendor's reports, reconciliations,
 * closed months. A document is never changed; one of the same kind and name is one more. Methods block on the database.
 */
public interface Archive {

    /**
     * Keeps a document; it is on disk when this returns.
     *
     * @param kind what sort of document it is, such as {@code reconciliation}
     * @param name what it is called among its kind; several may have the same name
     * @param body its text, which holds nothing private
     */
    void keep(String kind, String name, String body);

    /** The document of that name that was kept last. */
    Optional<Document> find(String kind, String name);

    /** The documents of a kind that were kept last, the latest first, without their bodies. */
    List<Document> list(String kind, int limit);
}
