package dev.reckoner.proxy.tap;

/** Passes over the head of one gzip member (RFC 1952 §2.3) that arrives in pieces. */
final class GzipHead {

    private static final int FIXED_BYTES = 10;
    private static final int FLAGS_AT = 3;
    private static final int CHECKSUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xe0;

    private int position;
    private int flags;
    private int extraLength;
    private int extraPosition;
    private int checksumPosition;
    private boolean bad;

    /** Takes bytes of the head; the index of the first byte that isn't its own. */
    int take(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && !bad && !done()) {
            one(bytes[at++] & 0xff);
        }
        return at;
    }

    boolean done() {
        return position == FIXED_BYTES && (flags & (EXTRA | NAME | COMMENT | CHECKSUM)) == 0;
    }

    /** Whether the bytes are no gzip head. */
    boolean bad() {
        return bad;
    }

    private void one(int next) {
        if (position < FIXED_BYTES) {
            fixed(next);
        } else if ((flags & EXTRA) != 0) {
            extra(next);
        } else if ((flags & NAME) != 0) {
            flags &= next == 0 ? ~NAME : ~0;
        } else if ((flags & COMMENT) != 0) {
            flags &= next == 0 ? ~COMMENT : ~0;
        } else if (++checksumPosition == 2) {
            flags &= ~CHECKSUM;
        }
    }

    private void fixed(int next) {
        switch (position++) {
            case 0 -> bad = next != 0x1f;
            case 1 -> bad = next != 0x8b;
            case 2 -> bad = next != 8;
            case FLAGS_AT -> {
                flags = next;
                bad = (next & RESERVED) != 0;
            }
            default -> {}
        }
    }

    private void extra(int next) {
        if (extraPosition < 2) {
            extraLength |= next << (8 * extraPosition);
        }
        extraPosition++;
        if (extraPosition >= 2 && extraPosition - 2 == extraLength) {
            flags &= ~EXTRA;
        }
    }
}
