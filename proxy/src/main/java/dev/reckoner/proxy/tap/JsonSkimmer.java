package dev.reckoner.proxy.tap;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Skims one JSON document that arrives in pieces split anywhere: it takes the wanted values of a shape and passes over
 * all else without keeping it, so its memory doesn't grow with the document. What is passed over is only followed
 * (strings, brackets), not checked. A duplicate key replaces what the earlier one gave, as JSON parsers do. What isn't
 * JSON ends the skimming, never throws, and leaves {@link #whole()} false.
 */
final class JsonSkimmer implements ByteSink {

    /** The longest TEXT value, quotes and escapes included. */
    static final int TEXT_BYTES_MAX = 1024;

    private static final int NONE = -1;

    private enum State {
        VALUE,
        FIRST_KEY,
        KEY,
        IN_KEY,
        COLON,
        COMMA,
        IN_STRING,
        IN_SCALAR,
        IN_CONTAINER,
        AFTER,
        BROKEN
    }

    private final JsonShape shape;
    private final int eventBytesMax;
    private final @Nullable Captured[] taken;
    private final @Nullable Boolean[] empty;
    private final JsonShape.Node[] open;
    private final JsonKey key = new JsonKey();
    private final TextCount text = new TextCount();

    private State state = State.VALUE;
    private int level = NONE;
    private JsonShape.@Nullable Node target;
    private int taking = NONE;
    private int weighing = NONE;
    private int nesting;
    private boolean inString;
    private boolean escaped;
    private int markBytes;

    JsonSkimmer(JsonShape shape, int eventBytesMax) {
        this.shape = shape;
        this.eventBytesMax = eventBytesMax;
        this.taken = new @Nullable Captured[shape.wanted()];
        this.empty = new @Nullable Boolean[shape.wanted()];
        this.open = new JsonShape.Node[shape.depth()];
        this.target = shape.root();
        Arrays.fill(open, shape.root());
    }

    /** Starts over with another document. */
    void reset() {
        state = State.VALUE;
        level = NONE;
        target = shape.root();
        taking = NONE;
        weighing = NONE;
        markBytes = 0;
        text.reset();
        forget(shape.root().wanted());
    }

    @Override
    public void bytes(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int at = offset;
        while (at < end) {
            at = switch (state) {
                case IN_KEY -> inKey(bytes, at, end);
                case IN_STRING -> inString(bytes, at, end);
                case IN_SCALAR -> inScalar(bytes, at, end);
                case IN_CONTAINER -> inContainer(bytes, at, end);
                case BROKEN -> end;
                default -> between(bytes, at);
            };
        }
    }

    @Override
    public void end() {}

    /** Whether the document was a JSON object and is complete. */
    boolean whole() {
        return state == State.AFTER;
    }

    /** The raw bytes of a wanted value that is complete and was not too large. */
    @Nullable
    Captured raw(int number) {
        Captured value = taken[number];
        return value == null || value.over() || taking == number ? null : value;
    }

    /** Whether a wanted value was larger than allowed. */
    boolean over(int number) {
        Captured value = taken[number];
        return value != null && value.over();
    }

    /** A wanted value that is a string of moderate length, null otherwise. */
    @Nullable
    String text(int number) {
        Captured value = raw(number);
        return value == null ? null : JsonText.string(value.bytes(), value.length());
    }

    /** A wanted value that is an integer of up to 18 digits, null otherwise. */
    @Nullable
    Long integer(int number) {
        Captured value = raw(number);
        return value == null ? null : JsonText.integer(value.bytes(), value.length());
    }

    /** A wanted value that is true or false, null otherwise. */
    @Nullable
    Boolean bool(int number) {
        Captured value = raw(number);
        return value == null ? null : JsonText.bool(value.bytes(), value.length());
    }

    /** Bytes of text so far, as {@link TextCount} counts them. */
    long textBytes() {
        return text.bytes();
    }

    /** Whether a wanted array is empty; null where it wasn't seen or is no array. */
    @Nullable
    Boolean empty(int number) {
        return empty[number];
    }

    private int between(byte[] bytes, int at) {
        byte next = bytes[at];
        if (next == ' ' || next == '\n' || next == '\r' || next == '\t') {
            return at + 1;
        }
        switch (state) {
            case VALUE -> {
                return value(bytes, at);
            }
            case FIRST_KEY, KEY -> key(next);
            case COLON -> state = next == ':' ? State.VALUE : State.BROKEN;
            case COMMA -> comma(next);
            default -> state = State.BROKEN;
        }
        return at + 1;
    }

    private void key(byte next) {
        if (next == '"') {
            state = State.IN_KEY;
            key.start();
        } else if (next == '}' && state == State.FIRST_KEY) {
            close();
        } else {
            state = State.BROKEN;
        }
    }

    private void comma(byte next) {
        if (next == ',') {
            state = State.KEY;
        } else if (next == '}') {
            close();
        } else {
            state = State.BROKEN;
        }
    }

    private void close() {
        level--;
        state = level == NONE ? State.AFTER : State.COMMA;
    }

    private int value(byte[] bytes, int at) {
        byte next = bytes[at];
        if (level == NONE && next != '{') {
            return mark(next, at);
        }
        JsonShape.Node node = target;
        if (node != null && node.leaf() == NONE && next == '{') {
            open[++level] = node;
            state = State.FIRST_KEY;
            return at + 1;
        }
        if (node != null && node.leaf() != NONE) {
            take(node.leaf(), next);
        }
        state = switch (next) {
            case '{', '[' -> State.IN_CONTAINER;
            case '"' -> State.IN_STRING;
            case '}', ']', ',', ':' -> State.BROKEN;
            default -> State.IN_SCALAR;
        };
        inString = false;
        escaped = false;
        // The first byte of a container or a string opens it: seen here, so that the loops see only what is inside.
        if (state == State.IN_SCALAR) {
            return at;
        }
        nesting = 1;
        text.outside(next);
        keep(bytes, at, 1);
        return at + 1;
    }

    // A byte order mark may stand before the document; anything else but an object ends the skimming.
    private int mark(byte next, int at) {
        int expected = switch (markBytes) {
            case 0 -> 0xef;
            case 1 -> 0xbb;
            case 2 -> 0xbf;
            default -> NONE;
        };
        if ((next & 0xff) != expected) {
            state = State.BROKEN;
        }
        markBytes++;
        return at + 1;
    }

    private void take(int number, byte first) {
        switch (shape.take(number)) {
            case EMPTINESS -> weighing = first == '[' ? number : NONE;
            case TEXT -> {
                taken[number] = new Captured(TEXT_BYTES_MAX);
                taking = number;
            }
            case RAW -> {
                taken[number] = new Captured(eventBytesMax);
                taking = number;
            }
        }
    }

    private int inKey(byte[] bytes, int from, int end) {
        int behind = key.take(bytes, from, end);
        if (behind < 0) {
            return end;
        }
        state = State.COLON;
        target = key.childOf(open[level]);
        if (target != null) {
            forget(target.wanted());
        }
        return behind;
    }

    private int inString(byte[] bytes, int from, int end) {
        inString = true;
        int behind = throughString(bytes, from, end);
        keep(bytes, from, behind - from);
        if (!inString) {
            valueEnds();
        }
        return behind;
    }

    private int throughString(byte[] bytes, int from, int end) {
        int behind = behindString(bytes, from, end);
        text.inside(bytes, from, inString ? behind : behind - 1);
        return behind;
    }

    // The index behind the closing quote, which ends inString, or the end.
    private int behindString(byte[] bytes, int from, int end) {
        int at = from;
        if (escaped && at < end) {
            escaped = false;
            at++;
        }
        while (true) {
            at = Scan.findQuoteOrBackslash(bytes, at, end);
            if (at >= end) {
                return end;
            }
            if (bytes[at] == '"') {
                inString = false;
                return at + 1;
            }
            at += 2;
            escaped = at > end;
        }
    }

    private int inScalar(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && !endsScalar(bytes[at])) {
            at++;
        }
        keep(bytes, from, at - from);
        if (at < end) {
            valueEnds();
        }
        return at;
    }

    private static boolean endsScalar(byte next) {
        return switch (next) {
            case ',', '}', ']', ':', '"', '{', '[', ' ', '\t', '\r', '\n' -> true;
            default -> false;
        };
    }

    private int inContainer(byte[] bytes, int from, int end) {
        int at = weighing == NONE ? from : weigh(bytes, from, end);
        while (at < end) {
            if (inString) {
                at = throughString(bytes, at, end);
                continue;
            }
            byte next = bytes[at++];
            text.outside(next);
            if (next == '"') {
                inString = true;
            } else if (next == '{' || next == '[') {
                nesting++;
            } else if ((next == '}' || next == ']') && --nesting == 0) {
                keep(bytes, from, at - from);
                valueEnds();
                return at;
            }
        }
        keep(bytes, from, at - from);
        return at;
    }

    private int weigh(byte[] bytes, int from, int end) {
        for (int at = from; at < end; at++) {
            if (bytes[at] > ' ') {
                empty[weighing] = bytes[at] == ']';
                weighing = NONE;
                return at;
            }
        }
        return end;
    }

    private void keep(byte[] bytes, int from, int length) {
        if (taking != NONE) {
            Captured value = taken[taking];
            if (value != null) {
                value.append(bytes, from, length);
            }
        }
    }

    private void valueEnds() {
        taking = NONE;
        weighing = NONE;
        state = State.COMMA;
    }

    private void forget(List<Integer> numbers) {
        for (int i = 0; i < numbers.size(); i++) {
            int number = numbers.get(i);
            taken[number] = null;
            empty[number] = null;
        }
    }
}
