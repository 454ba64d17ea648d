package dev.reckoner.console;

import dev.reckoner.ledger.LedgerException;
import dev.reckoner.ledger.keys.IssuedKey;
import dev.reckoner.ledger.keys.KeyChange;
import dev.reckoner.ledger.keys.KeyDraft;
import dev.reckoner.ledger.keys.Keys;
import dev.reckoner.ledger.keys.VirtualKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Keys that say what they were asked and know one. */
final class FakeKeys implements Keys {

    final List<String> asked = new ArrayList<>();

    static VirtualKey key(KeyDraft draft) {
        return new VirtualKey(
                "key_1",
                new VirtualKey.Secret("00ff", "rk-abcd...wxyz"),
                new VirtualKey.Secret("ff00", "rk-dcba...zyxw"),
                Instant.EPOCH.plusNanos(1),
                draft.name(),
                draft.user(),
                draft.team(),
                draft.project(),
                draft.tags(),
                draft.models(),
                draft.credential(),
                draft.trust(),
                Instant.EPOCH,
                draft.expiresAt(),
                null);
    }

    @Override
    public synchronized IssuedKey create(KeyDraft draft, String origin) {
        asked.add("create " + origin);
        return new IssuedKey(key(draft), "rk-secret");
    }

    @Override
    public List<VirtualKey> list() {
        return List.of(key(Samples.keyDraft()));
    }

    @Override
    public synchronized VirtualKey revoke(String id, String origin) {
        if (!id.equals("key_1")) {
            throw new LedgerException("there is no virtual key " + id);
        }
        asked.add("revoke " + origin);
        return key(Samples.keyDraft());
    }

    @Override
    public synchronized IssuedKey rotate(String id, Duration grace, String origin) {
        asked.add("rotate " + id + " " + grace + " " + origin);
        return new IssuedKey(key(Samples.keyDraft()), "rk-other");
    }

    @Override
    public List<KeyChange> changes(String id) {
        return List.of(new KeyChange(id, Instant.EPOCH, "created", "ü", "here"));
    }
}
