package dev.reckoner.app.export.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Writes the compact protocol of Thrift, in which Parquet describes itself: fields of a struct in ascending order, each by
 * its distance from the one before.
 */
final class Thrift {
    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int I32 = 5;
    private static final int I64 = 6;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int STRUCT = 12;
    private static final int STOP = 0;
    private static final int SHORT_MAX = 15;
    private static final int SHORT_LIST_MAX = 14;
    private static final int PAYLOAD_BITS = 7;
    private static final int PAYLOAD = 0x7f;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Deque<Integer> outer = new ArrayDeque<>();
    private int last;

    /** The bytes of a struct. */
    static byte[] struct(Consumer<Thrift> fields) {
        Thrift thrift = new Thrift();
        thrift.body(fields);
        return thrift.out.toByteArray();
    }

    void i32(int field, int value) {
        header(field, I32);
        varint(zigzag(value));
    }

    void i64(int field, long value) {
        header(field, I64);
        varint(zigzag(value));
    }

    void flag(int field, boolean value) {
        header(field, value ? TRUE : FALSE);
    }

    void text(int field, String value) {
        header(field, BINARY);
        binary(value);
    }

    void struct(int field, Consumer<Thrift> fields) {
        header(field, STRUCT);
        body(fields);
    }

    /** A list of structs, each written by its own. */
    void structs(int field, Iterable<Consumer<Thrift>> items, int count) {
        header(field, LIST);
        listHeader(count, STRUCT);
        items.forEach(this::body);
    }

    void texts(int field, String value) {
        header(field, LIST);
        listHeader(1, BINARY);
        binary(value);
    }

    void i32s(int field, int... values) {
        header(field, LIST);
        listHeader(values.length, I32);
        for (int value : values) {
            varint(zigzag(value));
        }
    }

    private void body(Consumer<Thrift> fields) {
        outer.push(last);
        last = 0;
        fields.accept(this);
        out.write(STOP);
        last = outer.pop();
    }

    private void header(int field, int type) {
        int distance = field - last;
        if (distance <= 0 || distance > SHORT_MAX) {
            throw new IllegalStateException("field " + field + " after " + last);
        }
        out.write((distance << 4) | type);
        last = field;
    }

    private void listHeader(int count, int type) {
        if (count <= SHORT_LIST_MAX) {
            out.write((count << 4) | type);
        } else {
            out.write((SHORT_MAX << 4) | type);
            varint(count);
        }
    }

    private void binary(String value) {
        byte[] bytes = value.getBytes(UTF_8);
        varint(bytes.length);
        out.writeBytes(bytes);
    }

    private static long zigzag(long value) {
        return (value << 1) ^ (value >> 63);
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~PAYLOAD) != 0) {
            out.write((int) (rest & PAYLOAD) | 0x80);
            rest >>>= PAYLOAD_BITS;
        }
        out.write((int) rest);
    }
}
