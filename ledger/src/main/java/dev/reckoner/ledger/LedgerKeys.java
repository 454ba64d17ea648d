package dev.reckoner.ledger;

import dev.reckoner.ledger.keys.IssuedKey;
import dev.reckoner.ledger.keys.KeyChange;
import dev.reckoner.ledger.keys.KeyDraft;
import dev.reckoner.ledger.keys.Keys;
import dev.reckoner.ledger.keys.KnownKeys;
import dev.reckoner.ledger.keys.VirtualKey;
import dev.reckoner.ledger.keys.VirtualKeys;
import dev.reckoner.ledger.store.StoreKeys;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** The virtual keys of open books: in the store, and at once in the memory of this process when changed through it. */
final class LedgerKeys implements Keys, AutoCloseable {
    private final Keys stored;
    private final KnownKeys known;

    LedgerKeys(StoreKeys stored) {
        this.stored = stored;
        this.known = new KnownKeys(stored::lastChange, stored::list);
        known.start();
    }

    VirtualKeys known() {
        return known;
    }

    @Override
    public IssuedKey create(KeyDraft draft, String origin) {
        return changed(() -> stored.create(draft, origin));
    }

    @Override
    public List<VirtualKey> list() {
        return stored.list();
    }

    @Override
    public VirtualKey revoke(String id, String origin) {
        return changed(() -> stored.revoke(id, origin));
    }

    @Override
    public IssuedKey rotate(String id, Duration grace, String origin) {
        return changed(() -> stored.rotate(id, grace, origin));
    }

    @Override
    public List<KeyChange> changes(String id) {
        return stored.changes(id);
    }

    /** Looks for changes no more. */
    @Override
    public void close() {
        known.close();
    }

    private <T> T changed(Supplier<T> change) {
        T result = change.get();
        known.look();
        return result;
    }
}
