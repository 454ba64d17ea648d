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

    /** The cursor of what follows a row that starts then. */
    String write(Instant start, List<String> row) {
        return write(start.getEpochSecond() + "-" + digest(row));
    }

    /** The row that a page follows, known by its start and a digest. */
    Row readRow(String cursor) {
        String[] parts = place(cursor).split("-", 2);
        if (parts.length < 2 || !parts[0].matches("[0-9]{1,11}")) {
            throw foreign(cursor);
        }
        return new Row(Instant.ofEpochSecond(Long.parseLong(parts[0])), parts[1]);
    }

    /**
     * A row that a page follows.
     *
     * @param digest of what tells it from other rows
     */
    record Row(Instant start, String digest) {

        /**
         * How many of some rows come up to it.
         *
         * @throws Problem where it isn't among them: it is gone, as after a correction
         */
        int place(List<List<String>> rows) {
            for (int i = 0; i < rows.size(); i++) {
                if (Cursor.digest(rows.get(i)).equals(digest)) {
                    return i + 1;
                }
            }
            throw Problem.of(410, "page: the row that this page follows is gone; ask again without page");
        }
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
                if (text.matches("[0-9a-f-]{1,32}\\.[0-9a-f]+")) {
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
