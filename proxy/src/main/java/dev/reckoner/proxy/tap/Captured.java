package dev.reckoner.proxy.tap;

import java.util.Arrays;

/** Raw bytes that are kept up to a limit; what is beyond is dropped and remembered as too much. */
final class Captured {

    private static final int ROOM_BYTES_MIN = 64;
    private static final int ROOM_BYTES_KEPT = 4 * 1024;

    private final int bytesMax;
    private byte[] bytes = {};
    private int length;
    private boolean over;

    Captured(int bytesMax) {
        this.bytesMax = bytesMax;
    }

    void append(byte[] from, int offset, int count) {
        if (over || count > bytesMax - length) {
            over = true;
            return;
        }
        if (count > bytes.length - length) {
            long twice = Math.max(ROOM_BYTES_MIN, 2L * bytes.length);
            bytes = Arrays.copyOf(bytes, (int) Math.min(bytesMax, Math.max(twice, length + count)));
        }
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    /** There was more than could be handed over. */
    void exceed() {
        over = true;
    }

    void clear() {
        length = 0;
        over = false;
        if (bytes.length > ROOM_BYTES_KEPT) {
            bytes = new byte[ROOM_BYTES_MIN];
        }
    }

    /** The kept bytes, from 0 to {@link #length()}; lent until the next change. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    boolean over() {
        return over;
    }
}
