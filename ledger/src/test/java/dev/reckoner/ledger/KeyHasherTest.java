package dev.reckoner.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyHasherTest {
    private static final String KEY = "sk-ant-api03-R2D" + "x".repeat(80) + "igAA";

    @TempDir
    private Path directory;

    /** RFC 4231 test case 2, cut to 128 bits. */
    @Test
    void hash_knownAnswer_isTheFirstHalfOfHmacSha256() {
        KeyHasher hasher = new KeyHasher("Jefe".getBytes(StandardCharsets.US_ASCII));

        assertEquals(
                "5bdcc146bf60754e6a042426089575c7",
                hasher.reference("what do ya want for nothing?").hash());
    }

    @Test
    void secret_loadedTwice_givesTheSameHash() {
        Path file = directory.resolve("key-secret");

        KeyRef first = KeyHasher.load(file).reference(KEY);

        assertEquals(first, KeyHasher.load(file).reference(KEY));
        assertNotEquals(
                first.hash(),
                KeyHasher.load(directory.resolve("other")).reference(KEY).hash());
    }

    @Test
    void secret_made_isReadableByItsOwnerOnly() throws Exception {
        Path file = directory.resolve("key-secret");

        KeyHasher.load(file);

        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(32, Files.size(file));
    }

    @Test
    void secret_damaged_isRefusedWithItsName() throws Exception {
        Path file = directory.resolve("key-secret");
        Files.write(file, new byte[5]);

        LedgerException refusal = assertThrows(LedgerException.class, () -> KeyHasher.load(file));

        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.contains(file.toString()), message);
        assertTrue(message.contains("5 bytes"), message);
    }

    @Test
    void vendorKey_referenced_hasTheVendorsHintAndKind() {
        KeyHasher hasher = new KeyHasher(new byte[32]);

        assertEquals("sk-ant-api03-R2D...igAA", hasher.reference(KEY).hint());
        assertEquals(KeyRef.Kind.API_KEY, hasher.reference(KEY).kind());
        assertEquals(
                KeyRef.Kind.ADMIN_KEY,
                hasher.reference("sk-ant-admin01-" + "y".repeat(60)).kind());
        assertEquals(
                KeyRef.Kind.OAUTH,
                hasher.reference("sk-ant-oat01-" + "y".repeat(60)).kind());
    }

    @Test
    void unknownOrShortKey_referenced_showsNothingOfItself() {
        KeyHasher hasher = new KeyHasher(new byte[32]);

        for (String key : new String[] {"corporate-token-" + "z".repeat(60), "sk-ant-api03-short", "x"}) {
            KeyRef reference = hasher.reference(key);
            assertEquals("", reference.hint(), key);
            assertFalse(reference.hash().contains(key), key);
            assertEquals(16, HexFormat.of().parseHex(reference.hash()).length);
        }
        assertEquals(KeyRef.Kind.OTHER, hasher.reference("corporate-token").kind());
    }

    @Test
    void noKey_referenced_isNone() {
        KeyHasher hasher = new KeyHasher(new byte[32]);

        assertEquals(KeyRef.NONE, hasher.reference(null));
        assertEquals(KeyRef.NONE, hasher.reference("  "));
    }
}
