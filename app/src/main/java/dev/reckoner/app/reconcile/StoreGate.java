package dev.reckoner.app.reconcile;

import dev.reckoner.ledger.Archive;
import dev.reckoner.ledger.Document;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/**
 * Keeps an interrupt away from the store: an interrupted thread closes the files that it is reading or writing. Whoever
 * passes is not interrupted; once it is closed nobody passes any more.
 */
final class StoreGate {

    private boolean closed;

    /**
     * Works on the store.
     *
     * @throws CancellationException where the gate is closed
     */
    synchronized <T> T pass(Supplier<T> work) {
        if (closed) {
            throw new CancellationException("stopped");
        }
        return work.get();
    }

    /** Closes it once nobody is inside, and interrupts. */
    synchronized void close(Runnable interrupt) {
        closed = true;
        interrupt.run();
    }

    synchronized boolean closed() {
        return closed;
    }

    /** An archive behind the gate. */
    Archive before(Archive archive) {
        return new Archive() {
            @Override
            public void keep(String kind, String name, String body) {
                pass(() -> {
                    archive.keep(kind, name, body);
                    return true;
                });
            }

            @Override
            public Optional<Document> find(String kind, String name) {
                return pass(() -> archive.find(kind, name));
            }

            @Override
            public List<Document> list(String kind, int limit) {
                return pass(() -> archive.list(kind, limit));
            }
        };
    }
}
