package dev.reckoner.app.output;

/** Text for a terminal: made harmless, measured in columns, cut to fit. */
public final class Text {
    private static final String ELLIPSIS = "…";

    private Text() {}

    /** Replaces what could move the cursor, colour the screen or turn the direction of reading by a question mark. */
    public static String harmless(String text) {
        StringBuilder harmless = new StringBuilder(text.length());
        text.codePoints().map(c -> dangerous(c) ? '?' : c).forEach(harmless::appendCodePoint);
        return harmless.toString();
    }

    private static boolean dangerous(int character) {
        int type = Character.getType(character);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.UNASSIGNED
                || type == Character.PRIVATE_USE;
    }

    /** Columns that a harmless text takes: none for combining marks, two for wide East Asian characters and emoji. */
    public static int columns(String text) {
        return text.codePoints().map(Text::columns).sum();
    }

    private static int columns(int character) {
        int type = Character.getType(character);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        return wide(character) ? 2 : 1;
    }

    private static boolean wide(int character) {
        if (character < 0x1100) {
            return false;
        }
        return character <= 0x115f
                || between(character, 0x2e80, 0xa4cf)
                || between(character, 0xac00, 0xd7a3)
                || between(character, 0xf900, 0xfaff)
                || between(character, 0xfe30, 0xfe6f)
                || between(character, 0xff00, 0xff60)
                || between(character, 0xffe0, 0xffe6)
                || between(character, 0x1f300, 0x1faff)
                || between(character, 0x20000, 0x3fffd);
    }

    private static boolean between(int character, int low, int high) {
        return character >= low && character <= high;
    }

    /** The text in at most so many columns, its end replaced by an ellipsis where it is longer. */
    public static String cut(String text, int columnsMax) {
        if (columns(text) <= columnsMax) {
            return text;
        }
        StringBuilder cut = new StringBuilder();
        int taken = 0;
        for (int character : text.codePoints().toArray()) {
            int width = columns(character);
            if (taken + width > columnsMax - 1) {
                break;
            }
            cut.appendCodePoint(character);
            taken += width;
        }
        return cut + ELLIPSIS;
    }
}
