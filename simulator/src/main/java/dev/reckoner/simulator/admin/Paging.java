package dev.reckoner.simulator.admin;

import dev.reckoner.simulator.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Issues and reads page cursors, and misbehaves on demand. Thread-safe. */
final class Paging {
    private static final String PREFIX = "page_";

    private int generation;
    private int rowsMax = Integer.MAX_VALUE;
    private boolean endless;

    /** Cursors handed out so far are answered with 410 from now on. */
    synchronized void expire() {
        generation++;
    }

    synchronized void rowsMax(int value) {
        rowsMax = value;
    }

    synchronized void endless(boolean value) {
        endless = value;
    }

    synchronized int limit(int asked) {
        return Math.min(asked, rowsMax);
    }

    synchronized boolean more(boolean more) {
        return more || endless;
    }

    synchronized String cursor(long position) {
        byte[] text = (generation + "|" + position).getBytes(StandardCharsets.US_ASCII);
        return PREFIX + Base64.getUrlEncoder().encodeToString(text);
    }

    /** The position of a cursor, or {@code first} where there is none. */
    synchronized long position(@Nullable String cursor, long first) {
        if (cursor == null) {
            return first;
        }
        long[] parts = parts(cursor);
        if (parts[0] != generation) {
            throw new Problem(410, "invalid_request_error", "page: the cursor has expired; start from the first page");
        }
        return parts[1];
    }

    private static long[] parts(String cursor) {
        try {
            if (cursor.startsWith(PREFIX)) {
                byte[] text = Base64.getUrlDecoder().decode(cursor.substring(PREFIX.length()));
                String[] parts = new String(text, StandardCharsets.US_ASCII).split("\\|", 2);
                return new long[] {Long.parseLong(parts[0]), Long.parseLong(parts[1])};
            }
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw Problem.invalid("page: not a cursor of this API");
        }
        throw Problem.invalid("page: not a cursor of this API");
    }
}
