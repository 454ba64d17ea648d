package dev.reckoner.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;

/** Short stable digest of some facts: the first twelve hex digits of their SHA-256. */
final class Digest {

    private static final int BYTES = 6;

    private Digest() {}

    /** The digest of the facts in their order, one a line. */
    static String of(Object... facts) {
        String text = Arrays.stream(facts).map(String::valueOf).collect(Collectors.joining("\n"));
        try {
            byte[] whole = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(whole, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing, though every Java runtime must have it", e);
        }
    }
}
