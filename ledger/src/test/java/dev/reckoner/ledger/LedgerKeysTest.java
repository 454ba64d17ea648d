package dev.reckoner.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.RateTables;
import dev.reckoner.config.Settings;
import dev.reckoner.config.SettingsLoader;
import dev.reckoner.ledger.keys.ClientTrust;
import dev.reckoner.ledger.keys.IssuedKey;
import dev.reckoner.ledger.keys.KeyChange;
import dev.reckoner.ledger.keys.KeyDraft;
import dev.reckoner.ledger.keys.VirtualKey;
import dev.reckoner.ledger.keys.VirtualKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LedgerKeysTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.123Z");
    private static final KeyDraft DRAFT = new KeyDraft(
            "laptop",
            "ada",
            "search",
            null,
            List.of("env=prod", "b"),
            List.of("claude-haiku-4-5"),
            "research",
            ClientTrust.USERS,
            NOW.plusSeconds(604_800),
            null);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void created_isKnownAtOnce_andAfterARestart() {
        IssuedKey issued;
        try (Ledger ledger = open()) {
            issued = ledger.virtualKeys().create(DRAFT, "a test");
            assertEquals(issued.key(), found(ledger, issued));
            assertEquals(List.of(issued.key()), ledger.virtualKeys().list());
        }
        try (Ledger ledger = open()) {
            VirtualKey key = found(ledger, issued);
            assertEquals(issued.key(), key);
            assertEquals(List.of("b", "env=prod"), issued.key().tags());
            assertEquals(VirtualKey.State.VALID, issued.key().state(NOW));
        }
    }

    @Test
    void budget_isALimitOfTheKey() {
        try (Ledger ledger = open()) {
            IssuedKey issued = ledger.virtualKeys().create(draft("50/day Europe/Berlin"), "a test");

            assertEquals(
                    List.of("key=" + issued.key().id() + " 50/day Europe/Berlin"),
                    ledger.limits().standings().stream()
                            .map(standing -> standing.limit().rule().toString())
                            .toList());
            assertTrue(ledger.admission().any());
        }
    }

    @Test
    void budget_thatIsNone_isSaid_andNoKeyIsMade() {
        try (Ledger ledger = open()) {
            for (String wrong : List.of("much", "50", "400000 itpm", "50/year")) {
                LedgerException refused = assertThrows(
                        LedgerException.class, () -> ledger.virtualKeys().create(draft(wrong), "a test"));
                assertTrue(String.valueOf(refused.getMessage()).contains(wrong), refused.getMessage());
            }
            assertEquals(List.of(), ledger.virtualKeys().list());
        }
    }

    private static KeyDraft draft(String budget) {
        return new KeyDraft("", "ada", null, null, List.of(), List.of(), "default", ClientTrust.SESSIONS, null, budget);
    }

    @Test
    void secret_isLongAndRandom_andNoFileHasIt() throws Exception {
        IssuedKey one;
        IssuedKey other;
        try (Ledger ledger = open()) {
            one = ledger.virtualKeys().create(DRAFT, "a test");
            other = ledger.virtualKeys().create(DRAFT, "a test");
        }

        assertNotEquals(one.secret(), other.secret());
        assertTrue(one.secret().matches("rk-[0-9A-Za-z]{36}"), "not of the expected form");
        assertTrue(one.key().id().matches("key_[0-9A-Za-z]{20}"), one.key().id());
        String hidden = one.secret().substring(7, one.secret().length() - 4);
        for (Path file : files()) {
            String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            assertFalse(bytes.contains(hidden), file.toString());
        }
    }

    @Test
    void revoked_isKnownAsRevoked_andStaysIt() {
        try (Ledger ledger = open()) {
            IssuedKey issued = ledger.virtualKeys().create(DRAFT, "here");
            VirtualKey revoked = ledger.virtualKeys().revoke(issued.key().id(), "there");

            assertEquals(NOW, revoked.revokedAt());
            assertEquals(revoked, found(ledger, issued));
            assertEquals(revoked, ledger.virtualKeys().revoke(issued.key().id(), "again"));
            assertEquals(
                    List.of("created here", "revoked there"),
                    ledger.virtualKeys().changes(issued.key().id()).stream()
                            .map(change -> change.what() + " " + change.origin())
                            .toList());
            assertThrows(
                    LedgerException.class,
                    () -> ledger.virtualKeys().rotate(issued.key().id(), Duration.ZERO, "there"));
        }
    }

    @Test
    void rotated_keepsItsIdentity_andTheSecretBeforeForItsGrace() {
        try (Ledger ledger = open()) {
            IssuedKey first = ledger.virtualKeys().create(DRAFT, "here");
            IssuedKey second = ledger.virtualKeys().rotate(first.key().id(), Duration.ofHours(24), "there");

            assertEquals(first.key().id(), second.key().id());
            assertEquals(second.key(), found(ledger, first));
            assertEquals(second.key(), found(ledger, second));
            String former = first.key().secret().hash();
            assertEquals(VirtualKey.State.VALID, second.key().state(former, NOW.plusSeconds(86_399)));
            assertEquals(VirtualKey.State.EXPIRED, second.key().state(former, NOW.plusSeconds(86_400)));

            IssuedKey third = ledger.virtualKeys().rotate(first.key().id(), Duration.ZERO, "there");
            assertNull(ledger.knownKeys().find(former));
            assertEquals(
                    VirtualKey.State.EXPIRED,
                    third.key().state(second.key().secret().hash(), NOW));
            KeyChange last = ledger.virtualKeys().changes(first.key().id()).get(2);
            assertTrue(last.detail().contains(second.key().secret().hint()), last.detail());
        }
    }

    @Test
    void key_thatIsNotThere_isSaid() {
        try (Ledger ledger = open()) {
            LedgerException unknown = assertThrows(
                    LedgerException.class, () -> ledger.virtualKeys().revoke("key_none", "here"));
            assertTrue(String.valueOf(unknown.getMessage()).contains("key_none"));
            assertEquals(List.of(), ledger.virtualKeys().changes("key_none"));
        }
    }

    private static VirtualKey found(Ledger ledger, IssuedKey issued) {
        VirtualKeys known = ledger.knownKeys();
        VirtualKey key = known.find(ledger.keys().reference(issued.secret()).hash());
        assertNotNull(key);
        return key;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private Ledger open() {
        Settings.LedgerSettings settings = SettingsLoader.load(
                        null, Map.of(), Map.of("ledger.directory", directory.toString()))
                .settings()
                .ledger();
        return Ledger.open(settings, RateTables.load(List.of()), Clock.fixed(NOW, ZoneOffset.UTC));
    }
}
