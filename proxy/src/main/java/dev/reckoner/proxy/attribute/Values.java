package dev.reckoner.proxy.attribute;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a self-declared value has to be like before it is kept: trimmed, bounded, and safe to show on a terminal. */
final class Values {

    /** Beyond Latin-1 there may be UTF-8 in a header field; below there is plain ASCII. */
    private static final int ASCII_MAX = 0x7f;

    private final int charsMax;

    Values(int charsMax) {
        this.charsMax = charsMax;
    }

    /** The value trimmed and cut to its limit; null where nothing is left or a character must not be shown. */
    @Nullable
    String clean(@Nullable String said) {
        if (said == null) {
            return null;
        }
        String value = bounded(said.strip()).strip();
        return value.isEmpty() || value.codePoints().anyMatch(Values::isUnsafe) ? null : value;
    }

    /** A header field's value: the codec gives one character per byte, which usually are bytes of UTF-8. */
    @Nullable
    String ofHeader(String field) {
        return clean(decoded(field));
    }

    /** A header field as it was meant. */
    static String decoded(String field) {
        return field.chars().allMatch(c -> c <= ASCII_MAX) ? field : utf8(field);
    }

    private String bounded(String value) {
        if (value.length() <= charsMax) {
            return value;
        }
        boolean insidePair = Character.isHighSurrogate(value.charAt(charsMax - 1));
        return value.substring(0, insidePair ? charsMax - 1 : charsMax);
    }

    private static String utf8(String field) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(field.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return field;
        }
    }

    /** Controls move a terminal's cursor, separators break a line, bidirectional overrides make one name look another. */
    private static boolean isUnsafe(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> (codePoint >= 0x202a && codePoint <= 0x202e) || (codePoint >= 0x2066 && codePoint <= 0x2069);
        };
    }
}
