package dev.reckoner.proxy.route;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Percent-decoding of one path segment (RFC 3986 §2.1); a plus sign is a plus sign. */
final class PercentCoding {

    private PercentCoding() {}

    /** The decoded text; null where an escape is cut short or not hexadecimal, or the bytes are not UTF-8. */
    static @Nullable String decode(String segment) {
        ByteBuffer bytes = ByteBuffer.allocate(segment.length());
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c > 0x7f) {
                return null;
            }
            if (c != '%') {
                bytes.put((byte) c);
                continue;
            }
            int octet = octet(segment, i);
            if (octet < 0) {
                return null;
            }
            bytes.put((byte) octet);
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** The octet that the escape at an index stands for, negative where it is none. */
    static int octet(String text, int at) {
        if (at + 2 >= text.length()) {
            return -1;
        }
        int high = Character.digit(text.charAt(at + 1), 16);
        int low = Character.digit(text.charAt(at + 2), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }
}
