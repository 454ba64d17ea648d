package dev.reckoner.console.vendor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reckoner.console.http.Params;
import dev.reckoner.console.http.Problem;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.TreeSet;

/**
 * The opaque {@code next_page} cursors of one question: where the next page starts, and a digest of the question, so that
 * a cursor can't be carried over to another one and silently mix two reports.
 */
final class Cursor {

    private static final String PREFIX = "page_";
    private static final int DIGEST_BYTES = 8;

    private final String question;

    Cursor(String endpoint, Params params) {
        this.question = digest(endpoint, params);
    }

    String write(Instant start) {
        String text = start.getEpochSecond() + "." + question;
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    Instant read(String cursor) {
        String text = decode(cursor);
        int dot = text.indexOf('.');
        if (dot <= 0 || !text.substring(dot + 1).equals(question)) {
            throw Problem.parameter("page", cursor, "the next_page of an answer to this same question");
        }
        return Instant.ofEpochSecond(Long.parseLong(text.substring(0, dot)));
    }

    private static String decode(String cursor) {
        if (cursor.startsWith(PREFIX)) {
            try {
                String text = new String(Base64.getUrlDecoder().decode(cursor.substring(PREFIX.length())), UTF_8);
                if (text.matches("[0-9]{1,11}\\.[0-9a-f]+")) {
                    return text;
                }
            } catch (IllegalArgumentException e) {
                // Said by the caller, like any other text that isn't a cursor.
            }
        }
        return "";
    }

    /** Digests everything that selects rows; the page's size may change on the way. */
    private static String digest(String endpoint, Params params) {
        MessageDigest sha256;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        StringBuilder text = new StringBuilder(endpoint);
        for (String name : new TreeSet<>(params.names())) {
            if (!name.equals("page") && !name.equals("limit")) {
                text.append('\n').append(name).append('=').append(params.all(name));
            }
        }
        byte[] digest = sha256.digest(text.toString().getBytes(UTF_8));
        return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
    }
}
