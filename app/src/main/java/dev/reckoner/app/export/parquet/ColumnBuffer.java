package dev.reckoner.app.export.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The cells of one column of a row group, in the plain encoding, until they become a page. */
final class ColumnBuffer {
    private static final int BITS = 8;

    private final ColumnType type;
    private final ByteArrayOutputStream values = new ByteArrayOutputStream();
    private final BitRun present = new BitRun();
    private final BitRun flags = new BitRun();

    ColumnBuffer(ColumnType type) {
        this.type = type;
    }

    /** Bits, the first in the lowest place of its byte, as Parquet packs them. */
    private static final class BitRun {
        private byte[] bytes = new byte[64];
        private int count;

        void add(boolean bit) {
            if (count / BITS == bytes.length) {
                bytes = Arrays.copyOf(bytes, bytes.length * 2);
            }
            if (bit) {
                bytes[count / BITS] |= (byte) (1 << (count % BITS));
            }
            count++;
        }

        int groups() {
            return (count + BITS - 1) / BITS;
        }

        void clear() {
            Arrays.fill(bytes, (byte) 0);
            count = 0;
        }
    }

    void add(@Nullable Object value) {
        present.add(value != null);
        if (value == null) {
            return;
        }
        switch (type) {
            case TEXT -> {
                byte[] bytes = value.toString().getBytes(UTF_8);
                little(Integer.BYTES, bytes.length);
                values.writeBytes(bytes);
            }
            case COUNT -> little(Long.BYTES, (Long) value);
            case INSTANT -> little(Long.BYTES, ChronoUnit.MICROS.between(Instant.EPOCH, (Instant) value));
            case AMOUNT -> values.writeBytes(fixed((BigDecimal) value));
            case FLAG -> flags.add((Boolean) value);
        }
    }

    /** The whole number of 10^-18, sixteen bytes, the highest first; the ledger keeps nothing finer or larger. */
    private static byte[] fixed(BigDecimal amount) {
        byte[] digits = amount.setScale(ColumnType.SCALE).unscaledValue().toByteArray();
        byte[] fixed = new byte[ColumnType.AMOUNT_BYTES];
        if (digits.length > fixed.length) {
            throw new ArithmeticException(amount + " has more than " + ColumnType.PRECISION + " digits");
        }
        Arrays.fill(fixed, (byte) (amount.signum() < 0 ? -1 : 0));
        System.arraycopy(digits, 0, fixed, fixed.length - digits.length, digits.length);
        return fixed;
    }

    private void little(int bytes, long value) {
        byte[] eight = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
        values.write(eight, 0, bytes);
    }

    int bytes() {
        return values.size() + present.groups() + flags.groups();
    }

    /** A page: its header and its gzipped content; and empties the buffer. */
    Page page() {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        int groups = present.groups();
        byte[] runHeader = varint(((long) groups << 1) | 1);
        content.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(runHeader.length + groups)
                .array());
        content.writeBytes(runHeader);
        content.write(present.bytes, 0, groups);
        content.writeBytes(values.toByteArray());
        content.write(flags.bytes, 0, flags.groups());
        byte[] plain = content.toByteArray();
        byte[] packed = gzip(plain);
        int cells = present.count;
        byte[] header = Thrift.struct(page -> {
            page.i32(1, 0);
            page.i32(2, plain.length);
            page.i32(3, packed.length);
            page.struct(5, data -> {
                data.i32(1, cells);
                data.i32(2, 0);
                data.i32(3, 3);
                data.i32(4, 3);
            });
        });
        values.reset();
        present.clear();
        flags.clear();
        return new Page(header, packed, cells, header.length + plain.length);
    }

    private static byte[] varint(long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long rest = value;
        while (rest > 0x7f) {
            out.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
        return out.toByteArray();
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    /** A column's page of a row group. */
    static final class Page {
        private final byte[] header;
        private final byte[] content;
        private final int cells;
        private final int plainBytes;

        private Page(byte[] header, byte[] content, int cells, int plainBytes) {
            this.header = header;
            this.content = content;
            this.cells = cells;
            this.plainBytes = plainBytes;
        }

        void writeTo(OutputStream out) throws IOException {
            out.write(header);
            out.write(content);
        }

        int bytes() {
            return header.length + content.length;
        }

        int cells() {
            return cells;
        }

        int plainBytes() {
            return plainBytes;
        }
    }
}
