package dev.reckoner.console.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** A secret that somebody shows to us: only its SHA-256 is kept, and comparing takes the same time for any other. */
final class Secret {
    private static final int RANDOM_BYTES = 32;

    private final byte[] hash;

    private Secret(byte[] hash) {
        this.hash = hash;
    }

    /** A new one of 256 random bits, in letters that no header or URL has to escape. */
    static String random(SecureRandom random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Keeps what is needed to know it again. */
    static Secret of(String text) {
        return new Secret(sha256(text));
    }

    /** Whether that is it; says nothing of how much of it is right by the time it takes. */
    boolean is(Secret shown) {
        return MessageDigest.isEqual(hash, shown.hash);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
