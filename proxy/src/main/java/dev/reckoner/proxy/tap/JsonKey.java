package dev.reckoner.proxy.tap;

import org.jspecify.annotations.Nullable;

/** Reads one object key that arrives in pieces, escapes decoded. Only short ASCII keys can match anything. */
final class JsonKey {

    private static final int KEY_BYTES_MAX = 64;

    private final byte[] bytes = new byte[KEY_BYTES_MAX];
    private int length;
    private boolean hopeless;
    private boolean escaped;
    private int hexDigitsLeft;
    private int hexValue;

    void start() {
        length = 0;
        hopeless = false;
        escaped = false;
        hexDigitsLeft = 0;
    }

    /** Takes bytes up to the closing quote; the index behind it, or -1 where it isn't among them. */
    int take(byte[] from, int offset, int end) {
        for (int at = offset; at < end; at++) {
            byte next = from[at];
            if (hexDigitsLeft > 0) {
                hexDigit(next);
            } else if (escaped) {
                escape(next);
            } else if (next == '\\') {
                escaped = true;
            } else if (next == '"') {
                return at + 1;
            } else {
                add(next);
            }
        }
        return -1;
    }

    /** The child of this node that the key names. */
    JsonShape.@Nullable Node childOf(JsonShape.Node node) {
        return hopeless ? null : node.child(bytes, length);
    }

    private void escape(byte next) {
        escaped = false;
        switch (next) {
            case 'u' -> {
                hexDigitsLeft = 4;
                hexValue = 0;
            }
            case '"', '\\', '/' -> add(next);
            // No wanted key holds a control character, and any other escape is none.
            default -> hopeless = true;
        }
    }

    private void hexDigit(byte next) {
        int digit = Character.digit(next, 16);
        hopeless |= digit < 0;
        hexValue = (hexValue << 4) | (digit & 0xf);
        if (--hexDigitsLeft == 0) {
            hopeless |= hexValue > 0x7f;
            add((byte) hexValue);
        }
    }

    private void add(byte next) {
        if (length == KEY_BYTES_MAX) {
            hopeless = true;
        } else {
            bytes[length++] = next;
        }
    }
}
