package dev.reckoner.console.vendor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reckoner.console.http.Params;
import dev.reckoner.console.http.Problem;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/**
 * The opaque {@code next_page} cursors of one question: where the next page starts (an instant, or the row before it), and
 * a digest of the question, so that a cursor can't be carried over to another one and silently mix two reports.
 */
final class Cursor {

    private static final String PREFIX = "page_";
    private static final int DIGEST_BYTES = 8;

    private final String question;

    Cursor(String endpoint, Params params) {
        this.question = digest(endpoint, params);
    }

    String write(Instant start) {
        return write(Long.toString(start.getEpochSecond()));
    }

    Instant read(String cursor) {
        String place = place(cursor);
        if (!place.matches("[0-9]{1,11}")) {
            throw foreign(cursor);
        }
        return Instant.ofEpochSecond(Long.parseLong(place));
    }

    /** The cursor of what follows that row. */
    String writeRow(List<String> row) {
        return write(digest(row));
    }

    /**
     * Where in a list the page after that cursor starts.
     *
     * @throws Problem where the row that it follows is gone, as after a correction
     */
    int readRow(String cursor, List<List<String>> rows) {
        String place = place(cursor);
        for (int i = 0; i < rows.size(); i++) {
            if (digest(rows.get(i)).equals(place)) {
                return i + 1;
            }
        }
        throw Problem.of(410, "page: the row that this page follows is gone; ask again without page");
    }

    private String write(String place) {
        String text = place + "." + question;
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    private String place(String cursor) {
        String text = decode(cursor);
        int dot = text.indexOf('.');
        if (dot <= 0 || !text.substring(dot + 1).equals(question)) {
            throw foreign(cursor);
        }
        return text.substring(0, dot);
    }

    private static Problem foreign(String cursor) {
        return Problem.parameter("page", cursor, "the next_page of an answer to this same question");
    }

    private static String decode(String cursor) {
        if (cursor.startsWith(PREFIX)) {
            try {
                String text = new String(Base64.getUrlDecoder().decode(cursor.substring(PREFIX.length())), UTF_8);
                if (text.matches("[0-9a-f]{1,16}\\.[0-9a-f]+")) {
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
        List<String> parts = new ArrayList<>(List.of(endpoint));
        for (String name : new TreeSet<>(params.names())) {
            if (!name.equals("page") && !name.equals("limit")) {
                parts.add(name);
                parts.addAll(params.all(name));
                parts.add("");
            }
        }
        return digest(parts);
    }

    private static String digest(List<String> parts) {
        MessageDigest sha256;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        for (String part : parts) {
            byte[] bytes = part.getBytes(UTF_8);
            sha256.update((bytes.length + ":").getBytes(UTF_8));
            sha256.update(bytes);
        }
        return HexFormat.of().formatHex(sha256.digest(), 0, DIGEST_BYTES);
    }
}
