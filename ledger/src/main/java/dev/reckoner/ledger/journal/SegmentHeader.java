package dev.reckoner.ledger.journal;

import dev.reckoner.ledger.LedgerException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The first bytes of a segment file: which segment it is, and where the one before it ends.
 *
 * @param previous number of the segment before, 0 where there is none
 * @param previousEnd where the synced frames of the segment before end
 */
record SegmentHeader(long number, long previous, long previousEnd) {

    ByteBuffer encode() {
        ByteBuffer bytes = ByteBuffer.allocate(Format.HEADER_BYTES);
        bytes.putLong(Format.MAGIC).putInt(Format.VERSION);
        bytes.putLong(number).putLong(previous).putLong(previousEnd);
        bytes.putInt(checksum(bytes.duplicate().flip()));
        return bytes.flip();
    }

    /**
     * Reads a header; null where there is no whole one.
     *
     * @throws LedgerException where a later version wrote it
     */
    static @Nullable SegmentHeader decode(String file, ByteBuffer bytes) {
        if (bytes.remaining() < Format.HEADER_BYTES) {
            return null;
        }
        int checksum = checksum(bytes.slice(bytes.position(), Format.HEADER_BYTES - Integer.BYTES));
        long magic = bytes.getLong();
        int version = bytes.getInt();
        SegmentHeader header = new SegmentHeader(bytes.getLong(), bytes.getLong(), bytes.getLong());
        if (magic != Format.MAGIC || bytes.getInt() != checksum) {
            return null;
        }
        if (version != Format.VERSION) {
            throw new LedgerException("the journal file " + file + " has format " + version + ", this version reads "
                    + Format.VERSION + ": start the version of reckoner that wrote it");
        }
        return header;
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
