package dev.reckoner.reconcile.statement;

import dev.reckoner.ledger.Dimension;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Names of files for names from the network: letters and digits that every file system takes, cut, and a hash that tells
 * apart what then looks alike.
 */
final class FileNames {

    private static final int READABLE_MAX = 40;
    private static final int HASH_CHARS = 12;

    private FileNames() {}

    /** The file of an owner's statement; it has no path and no other ending than {@code .html}. */
    static String of(Dimension by, String owner) {
        String readable =
                owner.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        String cut = readable.substring(0, Math.min(READABLE_MAX, readable.length()));
        String hash = hash(owner).substring(0, HASH_CHARS);
        return by.name().toLowerCase(Locale.ROOT) + (cut.isEmpty() ? "-" : "-" + cut + "-") + hash + ".html";
    }

    private static String hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }
}
