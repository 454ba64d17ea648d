package dev.reckoner.ledger;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.reckoner.ledger.keys.VirtualKeys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Turns a credential into the only form of it that is kept: a hash under a secret of this ledger directory, and the
 * vendor's hint (P9). Two ledgers give different hashes for one key, so a copied report tells nothing to someone who
 * wants to test guesses. Safe on any thread.
 */
public final class KeyHasher {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SECRET_BYTES = 32;
    private static final int HASH_BYTES = 16;

    /** The vendor's hint shows this many characters of each end (api-facts §4.5) ... */
    private static final int HINT_HEAD = 16;

    private static final int HINT_TAIL = 4;

    /** ... which must stay the smaller part of the key. */
    private static final int HINT_KEY_CHARS_MIN = 2 * (HINT_HEAD + HINT_TAIL);

    private static final String VENDOR_PREFIX = "sk-ant-";

    /** Keys whose reference is remembered for a while, in memory only: clients send the same few again and again. */
    private static final int REMEMBERED_MAX = 10_000;

    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(10);

    private final SecretKeySpec secret;
    private final Cache<String, KeyRef> remembered = Caffeine.newBuilder()
            .maximumSize(REMEMBERED_MAX)
            .expireAfterAccess(REMEMBERED_FOR)
            .executor(Runnable::run)
            .build();

    KeyHasher(byte[] secret) {
        this.secret = new SecretKeySpec(secret, ALGORITHM);
    }

    /**
     * Reads the secret from a file, or makes one, readable by its owner only.
     *
     * @throws LedgerException where the file can't be read or written, or holds something else
     */
    public static KeyHasher load(Path file) {
        try {
            if (!Files.exists(file)) {
                create(file);
            }
            byte[] secret = Files.readAllBytes(file);
            if (secret.length != SECRET_BYTES) {
                throw new LedgerException("the key secret " + file + " has " + secret.length + " bytes, expected "
                        + SECRET_BYTES + ": restore it from a backup, or remove it and accept that keys seen before"
                        + " appear under new hashes");
            }
            return new KeyHasher(secret);
        } catch (IOException e) {
            throw new LedgerException("the key secret " + file + " can't be read or written: " + e, e);
        }
    }

    /**
     * The reference of a credential. Of a virtual key, which is accepted by this alone, nothing is remembered: how long
     * it takes tells nothing.
     *
     * @param credential the bare key or token without a scheme such as "Bearer"; null where none came
     */
    public KeyRef reference(@Nullable String credential) {
        if (credential == null || credential.isBlank()) {
            return KeyRef.NONE;
        }
        String key = credential.strip();
        if (key.startsWith(VirtualKeys.PREFIX)) {
            return new KeyRef(hash(key), "", KeyRef.Kind.OTHER);
        }
        return remembered.get(key, seen -> new KeyRef(hash(seen), hint(seen), kind(seen)));
    }

    private String hash(String key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            byte[] hash = mac.doFinal(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(hash, HASH_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is part of every JDK", e);
        }
    }

    /** A key that isn't the vendor's has no public prefix: sixteen of its characters would be sixteen secret ones. */
    private static String hint(String key) {
        if (!key.startsWith(VENDOR_PREFIX) || key.length() < HINT_KEY_CHARS_MIN) {
            return "";
        }
        return key.substring(0, HINT_HEAD) + "..." + key.substring(key.length() - HINT_TAIL);
    }

    private static KeyRef.Kind kind(String key) {
        if (key.startsWith("sk-ant-api")) {
            return KeyRef.Kind.API_KEY;
        }
        if (key.startsWith("sk-ant-admin")) {
            return KeyRef.Kind.ADMIN_KEY;
        }
        return key.startsWith("sk-ant-oat") ? KeyRef.Kind.OAUTH : KeyRef.Kind.OTHER;
    }

    /** Written aside, synced and moved into place, so that a crash leaves either no secret or a whole one. */
    private static void create(Path file) throws IOException {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        Path aside = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(aside);
        PrivateFiles.create(aside);
        try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(secret);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
