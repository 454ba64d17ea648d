package dev.reckoner.proxy.tap;

/** One line of an event stream without its ending. The array is lent until the call that got it returns. */
final class SseLine {

    byte[] bytes = {};
    int offset;

    /** How many of its bytes may be looked at; the rest of a longer line was not kept. */
    int kept;

    /** How many bytes the line has. */
    long length;

    /** How many of its bytes are there, though only {@link #kept} may be looked at. */
    int present;

    /** Where its last byte that is neither blank nor a closing brace stood, if not all bytes are there. */
    long solid;

    int end() {
        return offset + kept;
    }

    /** The position in the line of its last byte that is neither blank nor a closing brace, -1 without such a byte. */
    long lastSolid() {
        return present < length ? solid : lastSolid(bytes, offset, offset + present) - (long) offset;
    }

    /** The index of the last byte that is neither blank nor a closing brace, or one less than {@code from}. */
    static int lastSolid(byte[] bytes, int from, int end) {
        int at = end - 1;
        while (at >= from && (bytes[at] == ' ' || bytes[at] == '}' || bytes[at] == '\t')) {
            at--;
        }
        return at;
    }
}
