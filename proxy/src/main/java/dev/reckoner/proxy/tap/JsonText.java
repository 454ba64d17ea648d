package dev.reckoner.proxy.tap;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Decodes single JSON values. What isn't text that may be kept becomes U+FFFD: control characters, broken UTF-8. */
final class JsonText {

    private static final int INTEGER_DIGITS_MAX = 18;

    private JsonText() {}

    /** The text of a raw JSON string, null where the bytes are no string. */
    static @Nullable String string(byte[] raw, int length) {
        if (length < 2 || raw[0] != '"' || raw[length - 1] != '"') {
            return null;
        }
        String inside = new String(raw, 1, length - 2, StandardCharsets.UTF_8);
        return inside.indexOf('\\') < 0 && inside.chars().allMatch(JsonText::plain) ? inside : unescape(inside);
    }

    /** The value of a raw JSON integer, null where the bytes are none or it is too large. */
    static @Nullable Long integer(byte[] raw, int length) {
        if (length == 0 || length > INTEGER_DIGITS_MAX) {
            return null;
        }
        long value = 0;
        for (int at = 0; at < length; at++) {
            if (raw[at] < '0' || raw[at] > '9') {
                return null;
            }
            value = value * 10 + (raw[at] - '0');
        }
        return value;
    }

    /** The value of a raw JSON boolean, null where the bytes are none. */
    static @Nullable Boolean bool(byte[] raw, int length) {
        return switch (new String(raw, 0, Math.min(length, 6), StandardCharsets.ISO_8859_1)) {
            case "true" -> true;
            case "false" -> false;
            default -> null;
        };
    }

    /** Whether a raw JSON value is null. */
    static boolean isNull(byte[] raw, int length) {
        return length == 4 && raw[0] == 'n' && raw[1] == 'u' && raw[2] == 'l' && raw[3] == 'l';
    }

    private static String unescape(String inside) {
        StringBuilder text = new StringBuilder(inside.length());
        int at = 0;
        while (at < inside.length()) {
            char next = inside.charAt(at++);
            if (next != '\\' || at == inside.length()) {
                text.append(plain(next) ? next : '\uFFFD');
                continue;
            }
            char kind = inside.charAt(at++);
            int code = kind == 'u' ? hex(inside, at) : escape(kind);
            at += kind == 'u' && code >= 0 ? 4 : 0;
            text.append(code >= 0 && plain(code) ? (char) code : '\uFFFD');
        }
        return wellFormed(text);
    }

    private static int escape(char kind) {
        return switch (kind) {
            case '"', '\\', '/' -> kind;
            // The control characters that JSON has short escapes for would be replaced anyway.
            default -> -1;
        };
    }

    private static int hex(String inside, int at) {
        if (at + 4 > inside.length()) {
            return -1;
        }
        int code = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = inside.charAt(i) < 0x80 ? Character.digit(inside.charAt(i), 16) : -1;
            if (digit < 0) {
                return -1;
            }
            code = (code << 4) | digit;
        }
        return code;
    }

    private static boolean plain(int code) {
        return code >= ' ' && code != 0x7f && !(code >= 0x80 && code < 0xa0);
    }

    // Escapes can spell half a surrogate pair, which no UTF-8 can hold.
    private static String wellFormed(StringBuilder text) {
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_16BE);
        return new String(bytes, StandardCharsets.UTF_16BE);
    }
}
