package dev.reckoner.ledger;

import dev.reckoner.config.Cap;
import dev.reckoner.config.LimitRule;
import dev.reckoner.config.LimitRule.Subject;
import dev.reckoner.ledger.keys.IssuedKey;
import dev.reckoner.ledger.keys.KeyChange;
import dev.reckoner.ledger.keys.KeyDraft;
import dev.reckoner.ledger.keys.Keys;
import dev.reckoner.ledger.keys.KnownKeys;
import dev.reckoner.ledger.keys.VirtualKey;
import dev.reckoner.ledger.keys.VirtualKeys;
import dev.reckoner.ledger.limit.Limits;
import dev.reckoner.ledger.store.StoreKeys;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The virtual keys of open books: in the store, and at once in the memory of this process when changed through it. */
final class LedgerKeys implements Keys, AutoCloseable {
    private final Keys stored;
    private final KnownKeys known;
    private final Limits limits;

    LedgerKeys(StoreKeys stored, Limits limits) {
        this.stored = stored;
        this.limits = limits;
        this.known = new KnownKeys(stored::lastChange, stored::list);
        known.start();
    }

    VirtualKeys known() {
        return known;
    }

    @Override
    public IssuedKey create(KeyDraft draft, String origin) {
        Cap budget = budget(draft.budget());
        IssuedKey issued = changed(() -> stored.create(draft, origin));
        if (budget != null) {
            limit(issued.key().id(), budget, origin);
        }
        return issued;
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

    private static @Nullable Cap budget(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return Cap.parse(text)
                .filter(Cap.Budget.class::isInstance)
                .orElseThrow(() -> new LedgerException("found the budget \"" + text
                        + "\", expected USD per day, week or month, such as 50/day or 50/day Europe/Berlin"));
    }

    /** A key whose budget couldn't be set must not be used: nobody has seen it yet. */
    private void limit(String id, Cap budget, String origin) {
        try {
            limits.set(new LimitRule(new Subject(Subject.Kind.KEY, id), budget), origin);
        } catch (LedgerException e) {
            revoke(id, origin);
            throw e;
        }
    }

    private <T> T changed(Supplier<T> change) {
        T result = change.get();
        known.look();
        return result;
    }
}
