package dev.reckoner.proxy.tap;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Counts the text that content_block_delta events carry, without parsing them: the bytes between the quotes of
 * {@code text}, {@code partial_json}, {@code thinking} or {@code content}. Escapes count as the bytes they take on the
 * wire, so JSON inside JSON counts up to a tenth more than it is; signatures and citations don't count. The padding
 * behind the payload never counts.
 *
 * <p>Events of a block begin alike, so the beginning of the last one is remembered: one that begins with the same bytes
 * has its payload at the same place, and the payload ends at the last quote of the line. A field behind the payload that
 * comes and goes would be counted too. That is precise enough for what it is for, an estimate.
 */
final class DeltaText {

    private static final byte[] DELTA = "\"delta\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[][] PAYLOADS = {
        "text".getBytes(StandardCharsets.US_ASCII),
        "partial_json".getBytes(StandardCharsets.US_ASCII),
        "thinking".getBytes(StandardCharsets.US_ASCII),
        "content".getBytes(StandardCharsets.US_ASCII)
    };

    private final byte[] beginning = new byte[SseLines.HEAD_BYTES];
    private int beginningLength;
    private boolean payloadIsLast;

    /** Whether a line begins like the last delta. */
    boolean resembles(SseLine line, int from) {
        int end = from + beginningLength;
        return beginningLength > 0
                && end <= line.end()
                && Arrays.equals(line.bytes, from, end, beginning, 0, beginningLength);
    }

    /** The bytes of text in a line that {@linkplain #resembles resembles} the last delta. */
    long countAgain(SseLine line, int from) {
        return length(line, from + beginningLength);
    }

    /** The bytes of text in the line of a delta whose JSON begins at the index {@code from}. */
    long count(SseLine line, int from) {
        int payload = payload(line, from);
        if (payload < 0) {
            return 0;
        }
        learn(line, from, payload);
        return length(line, payload);
    }

    private void learn(SseLine line, int from, int payload) {
        int length = payload - from;
        beginningLength = length <= beginning.length ? length : 0;
        System.arraycopy(line.bytes, from, beginning, 0, beginningLength);
        int quote = closing(line.bytes, payload, line.end());
        payloadIsLast = quote < 0 || quote - line.offset == line.lastSolid();
    }

    private long length(SseLine line, int payload) {
        long last = line.lastSolid();
        int start = payload - line.offset;
        if (!payloadIsLast || !endsWithQuote(line, last)) {
            int quote = closing(line.bytes, payload, line.end());
            if (quote >= 0) {
                return (long) quote - payload;
            }
        }
        return Math.max(0, last - start);
    }

    // Of a line that isn't all there it can't be known.
    private static boolean endsWithQuote(SseLine line, long last) {
        return line.kept < line.length || line.bytes[line.offset + (int) last] == '"';
    }

    // The index behind the opening quote of the payload, or -1: the keys of the delta object are gone through.
    private static int payload(SseLine line, int from) {
        byte[] bytes = line.bytes;
        int end = line.end();
        int delta = Scan.find(bytes, from, end, DELTA);
        int at = delta < 0 ? end : opening(bytes, delta + DELTA.length, end, (byte) '{');
        while (at < end) {
            int key = opening(bytes, at, end, (byte) '"');
            int keyEnd = closing(bytes, key, end);
            int value = keyEnd < 0 ? end : opening(bytes, keyEnd + 1, end, (byte) '"');
            if (value >= end) {
                return -1;
            }
            if (isPayload(bytes, key, keyEnd)) {
                return value;
            }
            int valueEnd = closing(bytes, value, end);
            at = valueEnd < 0 ? end : valueEnd + 1;
        }
        return -1;
    }

    private static boolean isPayload(byte[] bytes, int key, int keyEnd) {
        for (byte[] name : PAYLOADS) {
            if (name.length == keyEnd - key && Scan.startsWith(bytes, key, keyEnd, name)) {
                return true;
            }
        }
        return false;
    }

    // The index behind the wanted byte if nothing but blanks, colons and commas stand before it, or end.
    private static int opening(byte[] bytes, int from, int end, byte wanted) {
        for (int at = from; at < end; at++) {
            byte next = bytes[at];
            if (next == wanted) {
                return at + 1;
            }
            if (next != ' ' && next != ':' && next != ',' && next != '\t' && next != '\n') {
                return end;
            }
        }
        return end;
    }

    // The index of the quote that closes a string whose inside begins at from, or -1.
    private static int closing(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end) {
            at = Scan.findQuoteOrBackslash(bytes, at, end);
            if (at < end && bytes[at] == '"') {
                return at;
            }
            at += 2;
        }
        return -1;
    }
}
