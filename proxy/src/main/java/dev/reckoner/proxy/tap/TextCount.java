package dev.reckoner.proxy.tap;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Counts the text of a JSON document: the bytes inside its strings, names in nested objects too (a tool's schema is read
 * by the model), escapes as they stand. The strings of {@code data} (images and files in base64) and {@code signature}
 * are no text and not counted.
 */
final class TextCount {

    private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SIGNATURE = "signature".getBytes(StandardCharsets.US_ASCII);

    /** One more than the longest name looked for, so that a longer one isn't taken for it. */
    private static final int NAME_BYTES_MAX = SIGNATURE.length + 1;

    private final byte[] name = new byte[NAME_BYTES_MAX];
    private int nameLength;
    private boolean behindMediaName;
    private boolean counting;
    private long bytes;

    void reset() {
        nameLength = 0;
        behindMediaName = false;
        bytes = 0;
    }

    long bytes() {
        return bytes;
    }

    /** A byte outside of strings, an opening quote included. */
    void outside(byte next) {
        if (next == '"') {
            counting = !behindMediaName;
            behindMediaName = false;
            nameLength = 0;
        } else if (next == ':') {
            behindMediaName = named(DATA) || named(SIGNATURE);
        } else if (next > ' ') {
            behindMediaName = false;
        }
    }

    /** Bytes inside of a string. */
    void inside(byte[] from, int start, int end) {
        if (counting) {
            bytes += end - start;
        }
        int kept = Math.min(NAME_BYTES_MAX - nameLength, end - start);
        System.arraycopy(from, start, name, nameLength, kept);
        nameLength += kept;
    }

    private boolean named(byte[] wanted) {
        return Arrays.equals(name, 0, nameLength, wanted, 0, wanted.length);
    }
}
