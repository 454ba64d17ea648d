package dev.reckoner.proxy.tap;

import io.netty.buffer.ByteBuf;

/**
 * Hands the bytes of a buffer on as pieces of an array: scanning an array is cheaper than a direct buffer by more than
 * the copy costs. The copy is as large as the pieces are, so that an idle stream of small events holds little.
 */
final class Pieces {

    private static final int PIECE_BYTES_MAX = 8 * 1024;
    private static final int PIECE_BYTES_MIN = 256;

    private byte[] copy = {};

    void pass(ByteBuf buffer, int index, int length, ByteSink sink) {
        if (buffer.hasArray()) {
            sink.bytes(buffer.array(), buffer.arrayOffset() + index, length);
            return;
        }
        int end = index + length;
        for (int at = index; at < end; at += copy.length) {
            int piece = Math.min(end - at, PIECE_BYTES_MAX);
            room(piece);
            piece = Math.min(end - at, copy.length);
            buffer.getBytes(at, copy, 0, piece);
            sink.bytes(copy, 0, piece);
        }
    }

    private void room(int piece) {
        if (copy.length < piece) {
            int size = Math.max(PIECE_BYTES_MIN, Integer.highestOneBit(piece - 1) << 1);
            copy = new byte[size];
        }
    }
}
