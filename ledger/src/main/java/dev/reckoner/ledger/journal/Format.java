package dev.reckoner.ledger.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The layout of a segment file, big-endian throughout.
 *
 * <pre>
 * header    magic 8 · version 4 · own number 8 · previous number 8 · previous end 8 · CRC32C 4
 * frame     payload length 4 · CRC32C over length and payload 4 · payload
 * payload   type 1 · exchange id 16 · JSON
 * </pre>
 *
 * A file is only ever appended to. Where its synced frames end is written into the header of the segment that follows,
 * so what a failed or torn write left behind that place is never taken for a frame, and is never mistaken for damage.
 */
final class Format {
    static final long MAGIC = 0x5245_434B_4A52_4E4CL; // RECKJRNL
    static final int VERSION = 1;
    static final int HEADER_BYTES = 40;
    static final int FRAME_HEAD_BYTES = 8;
    static final int PAYLOAD_HEAD_BYTES = 17;

    /** Far above any real frame: raw usage, the largest part, is limited by the tap. */
    static final int PAYLOAD_BYTES_MAX = 16 * 1024 * 1024;

    static final byte TYPE_OPENED = 1;
    static final byte TYPE_NOTED = 2;
    static final byte TYPE_CLOSED = 3;
    static final byte TYPE_CORRECTED = 4;
    static final byte TYPE_BATCHED = 5;

    /** Types up to here are left to later versions. */
    static final byte TYPE_MAX = 31;

    private Format() {}

    /** The checksum of a frame. */
    static int checksum(int length, ByteBuffer payload) {
        CRC32C crc = new CRC32C();
        crc.update(length >>> 24);
        crc.update(length >>> 16);
        crc.update(length >>> 8);
        crc.update(length);
        crc.update(payload);
        return (int) crc.getValue();
    }
}
