package dev.reckoner.proxy.tap;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Finds bytes in an array eight at a time. */
final class Scan {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private Scan() {}

    /** The index of the first {@code wanted} byte, or {@code end}. */
    static int find(byte[] bytes, int from, int end, byte wanted) {
        long pattern = ONES * (wanted & 0xff);
        int at = skip(bytes, from, end, pattern);
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            long hit = zeros((long) LONGS.get(bytes, at) ^ pattern);
            if (hit != 0) {
                return at + (Long.numberOfTrailingZeros(hit) >>> 3);
            }
        }
        for (; at < end; at++) {
            if (bytes[at] == wanted) {
                return at;
            }
        }
        return end;
    }

    // Four words at a time, as far as they don't hold the byte.
    private static int skip(byte[] bytes, int from, int end, long pattern) {
        int at = from;
        for (; at <= end - 4 * Long.BYTES; at += 4 * Long.BYTES) {
            long one = zeros((long) LONGS.get(bytes, at) ^ pattern);
            long two = zeros((long) LONGS.get(bytes, at + Long.BYTES) ^ pattern);
            long three = zeros((long) LONGS.get(bytes, at + 2 * Long.BYTES) ^ pattern);
            long four = zeros((long) LONGS.get(bytes, at + 3 * Long.BYTES) ^ pattern);
            if ((one | two | three | four) != 0) {
                return at;
            }
        }
        return at;
    }

    /** The index of the first quote or backslash, or {@code end}. */
    static int findQuoteOrBackslash(byte[] bytes, int from, int end) {
        int at = from;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            long word = (long) LONGS.get(bytes, at);
            long hit = zeros(word ^ (ONES * '"')) | zeros(word ^ (ONES * '\\'));
            if (hit != 0) {
                return at + (Long.numberOfTrailingZeros(hit) >>> 3);
            }
        }
        for (; at < end; at++) {
            if (bytes[at] == '"' || bytes[at] == '\\') {
                return at;
            }
        }
        return end;
    }

    /** Whether {@code bytes} holds {@code wanted} at {@code at}, inside {@code end}. */
    static boolean startsWith(byte[] bytes, int at, int end, byte[] wanted) {
        return end - at >= wanted.length && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length);
    }

    /** The index of {@code wanted}, or -1. */
    static int find(byte[] bytes, int from, int end, byte[] wanted) {
        for (int at = find(bytes, from, end, wanted[0]); at < end; at = find(bytes, at + 1, end, wanted[0])) {
            if (startsWith(bytes, at, end, wanted)) {
                return at;
            }
        }
        return -1;
    }

    // A bit is set for each zero byte. Bytes above the first zero may be marked wrongly, the first never is.
    private static long zeros(long word) {
        return (word - ONES) & ~word & HIGHS;
    }
}
