package dev.reckoner.app.command;

import dev.reckoner.ledger.LedgerException;
import dev.reckoner.ledger.keys.IssuedKey;
import dev.reckoner.ledger.keys.KeyChange;
import dev.reckoner.ledger.keys.KeyDraft;
import dev.reckoner.ledger.keys.Keys;
import dev.reckoner.ledger.keys.VirtualKey;
import java.time.Duration;
import java.util.List;

/** Books without a virtual key. */
final class MemoryKeys implements Keys {

    @Override
    public IssuedKey create(KeyDraft draft, String origin) {
        throw new LedgerException("no keys are made here");
    }

    @Override
    public List<VirtualKey> list() {
        return List.of();
    }

    @Override
    public VirtualKey revoke(String id, String origin) {
        throw new LedgerException("there is no virtual key " + id);
    }

    @Override
    public IssuedKey rotate(String id, Duration grace, String origin) {
        throw new LedgerException("there is no virtual key " + id);
    }

    @Override
    public List<KeyChange> changes(String id) {
        return List.of();
    }
}
