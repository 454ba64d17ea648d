package dev.reckoner.ledger.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class VirtualKeyTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void key_holdsUntilTheInstantItExpires() {
        VirtualKey key = key(null, NOON, null);

        assertEquals(VirtualKey.State.VALID, key.state("now", NOON.minusMillis(1)));
        assertEquals(VirtualKey.State.EXPIRED, key.state("now", NOON));
    }

    @Test
    void key_revoked_staysRevokedHoweverLongItWouldHaveHeld() {
        VirtualKey key = key(NOON.plusSeconds(60), NOON.plusSeconds(60), NOON);

        assertEquals(VirtualKey.State.VALID, key.state("now", NOON.minusMillis(1)));
        assertEquals(VirtualKey.State.REVOKED, key.state("now", NOON));
        assertEquals(VirtualKey.State.REVOKED, key.state("then", NOON));
        assertEquals(VirtualKey.State.REVOKED, key.state("now", NOON.plusSeconds(120)));
    }

    @Test
    void formerSecret_holdsForItsGraceOnly() {
        VirtualKey key = key(NOON, null, null);

        assertEquals(VirtualKey.State.VALID, key.state("then", NOON.minusMillis(1)));
        assertEquals(VirtualKey.State.EXPIRED, key.state("then", NOON));
        assertEquals(VirtualKey.State.VALID, key.state("now", NOON));
    }

    @Test
    void models_noneNamed_allAreAllowed() {
        assertTrue(key(null, null, null).allows("claude-opus-5"));
        assertFalse(key(List.of("claude-haiku-4-5")).allows("claude-opus-5"));
        assertTrue(key(List.of("claude-haiku-4-5")).allows("claude-haiku-4-5"));
    }

    private static VirtualKey key(List<String> models) {
        return key(models, null, null, null);
    }

    private static VirtualKey key(
            @Nullable Instant formerUntil, @Nullable Instant expiresAt, @Nullable Instant revokedAt) {
        return key(List.of(), formerUntil, expiresAt, revokedAt);
    }

    private static VirtualKey key(
            List<String> models,
            @Nullable Instant formerUntil,
            @Nullable Instant expiresAt,
            @Nullable Instant revokedAt) {
        return new VirtualKey(
                "key_1",
                new VirtualKey.Secret("now", "rk-a...b"),
                formerUntil == null ? null : new VirtualKey.Secret("then", "rk-c...d"),
                formerUntil,
                "laptop",
                "ada",
                null,
                null,
                List.of(),
                models,
                "default",
                ClientTrust.SESSIONS,
                Instant.EPOCH,
                expiresAt,
                revokedAt);
    }
}
