package dev.reckoner.reconcile.vendor;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Kept pages that are gone when the test is over. */
final class MemoryPages implements KeptPages {

    private final Map<String, String> kept = new HashMap<>();

    @Override
    public Optional<String> find(String target) {
        return Optional.ofNullable(kept.get(target));
    }

    @Override
    public void keep(String target, String body) {
        kept.put(target, body);
    }
}
