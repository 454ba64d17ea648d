package dev.reckoner.console.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** A secret that somebody shows to us. Only its SHA-256 is kept, and comparing takes the same time for any other. */
public final class Secret {
    private static final int RANDOM_BYTES = 32;

    private final byte[] hash;

    private Secret(byte[] hash) {
        this.hash = hash;
    }

    /** A text of 256 random bits, in letters that no header or URL has to escape. */
    public static String random(SecureRandom random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Keeps what is needed to know that text again. */
    public static Secret of(String text) {
        return new Secret(sha256(text));
    }

    /** Whether that is it; how long it takes tells nothing of how much is right. */
    boolean is(Secret shown) {
        return MessageDigest.isEqual(hash, shown.hash);
    }

    /** What it can be found by among others: finding takes a guess of the whole hash. */
    String index() {
        return HexFormat.of().formatHex(hash);
    }

    /** Without what is secret. */
    @Override
    public String toString() {
        return "Secret[***]";
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
