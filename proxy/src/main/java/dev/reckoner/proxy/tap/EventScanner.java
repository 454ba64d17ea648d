package dev.reckoner.proxy.tap;

import dev.reckoner.config.Settings;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads a message from its event stream. The first bytes of each data line say what the event is; only message_start,
 * message_delta, fallback blocks, error and message_stop are looked into, deltas are counted, all else is passed over.
 * The type in the JSON decides, as it does for the SDKs; the event's name only helps where the type doesn't come first.
 */
final class EventScanner implements Scanner, SseLines.Reader {

    private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EVENT = "event".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TYPE = "\"type\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALLBACK = "\"fallback\"".getBytes(StandardCharsets.US_ASCII);

    private static final int NAME_BYTES_MAX = 32;
    private static final byte[] JOINT = {'\n'};

    private final SseLines lines;
    private final DeltaText deltas = new DeltaText();
    private final EventReader events;
    private final MessageFacts facts;
    private final Captured data;

    private final byte[] name = new byte[NAME_BYTES_MAX];
    private int nameLength;
    private @Nullable EventKind kind;
    private boolean looking;

    EventScanner(Settings.Metering limits) {
        facts = new MessageFacts(limits.usageBytesMax());
        lines = new SseLines(this, limits.eventBytesMax());
        events = new EventReader(facts, limits.eventBytesMax());
        data = new Captured(limits.eventBytesMax());
    }

    @Override
    public void bytes(byte[] bytes, int offset, int length) {
        lines.bytes(bytes, offset, length);
    }

    @Override
    public void end() {
        lines.end();
        dispatch();
        if (!facts.failed() && !facts.used()) {
            facts.fault("usage: found none in the stream, expected it in message_start");
        }
    }

    @Override
    public MessageFacts facts() {
        return facts;
    }

    @Override
    public boolean started() {
        return facts.started();
    }

    @Override
    public boolean stopped() {
        return facts.stopped();
    }

    @Override
    public boolean wants(byte[] bytes, int offset, int end) {
        int value = value(bytes, offset, end, DATA);
        if (value < 0) {
            return false;
        }
        return kind == null ? looked(kind(bytes, value, end), bytes, value, end) : looking;
    }

    @Override
    public void line(SseLine line) {
        if (line.length == 0) {
            dispatch();
            return;
        }
        int end = line.end();
        int value = value(line.bytes, line.offset, end, DATA);
        if (value >= 0) {
            data(line, value);
            return;
        }
        int named = value(line.bytes, line.offset, end, EVENT);
        if (named >= 0) {
            // Kept as bytes: it is hardly ever asked for. A longer one is no name that we know.
            nameLength = Math.min(end - named, NAME_BYTES_MAX);
            System.arraycopy(line.bytes, named, name, 0, nameLength);
        }
    }

    private void data(SseLine line, int from) {
        if (kind == null) {
            firstData(line, from);
        } else if (looking) {
            data.append(JOINT, 0, 1);
        }
        if (looking) {
            data.append(line.bytes, from, line.end() - from);
            if (line.kept < line.length) {
                data.exceed();
            }
        }
    }

    private void firstData(SseLine line, int from) {
        if (deltas.resembles(line, from)) {
            kind = EventKind.CONTENT_BLOCK_DELTA;
            facts.output(deltas.countAgain(line, from));
            return;
        }
        int end = line.end();
        kind = kind(line.bytes, from, end);
        looking = looked(kind, line.bytes, from, end);
        if (kind == EventKind.CONTENT_BLOCK_DELTA) {
            facts.output(deltas.count(line, from));
        } else if (kind == EventKind.CONTENT_BLOCK_START) {
            facts.contentEmpty(false);
        }
    }

    // By the type if it comes first, by the event's name otherwise.
    private EventKind kind(byte[] bytes, int from, int end) {
        int at = behind(bytes, blanks(bytes, from, end), end, (byte) '{');
        at = at < 0 ? -1 : blanks(bytes, at, end);
        if (at < 0 || !Scan.startsWith(bytes, at, end, TYPE)) {
            return byName();
        }
        at = behind(bytes, blanks(bytes, at + TYPE.length, end), end, (byte) ':');
        at = at < 0 ? -1 : behind(bytes, blanks(bytes, at, end), end, (byte) '"');
        if (at < 0) {
            return byName();
        }
        int close = Scan.findQuoteOrBackslash(bytes, at, end);
        boolean plain = close < end && bytes[close] == '"';
        return plain ? EventKind.of(bytes, at, close) : EventKind.UNKNOWN;
    }

    // What is read from the first bytes of a block or a delta needs the usual order of fields.
    private EventKind byName() {
        EventKind named = name();
        return switch (named) {
            case CONTENT_BLOCK_START, CONTENT_BLOCK_DELTA -> EventKind.UNKNOWN;
            default -> named;
        };
    }

    private EventKind name() {
        return nameLength == 0 ? EventKind.UNKNOWN : EventKind.of(name, 0, nameLength);
    }

    private static boolean looked(EventKind kind, byte[] bytes, int from, int end) {
        if (kind != EventKind.CONTENT_BLOCK_START) {
            return kind.looked();
        }
        int headEnd = Math.min(end, from + SseLines.HEAD_BYTES / 2);
        return Scan.find(bytes, from, headEnd, FALLBACK) >= 0;
    }

    private void dispatch() {
        if (looking && kind != null) {
            if (data.over()) {
                events.tooLong(kind);
            } else {
                events.read(data, kind, name());
            }
        }
        if (looking) {
            data.clear();
        }
        looking = false;
        kind = null;
        nameLength = 0;
    }

    // The index of the field's value, one blank after the colon left out; -1 where the line is another field.
    private static int value(byte[] bytes, int from, int end, byte[] field) {
        if (!Scan.startsWith(bytes, from, end, field)) {
            return -1;
        }
        int at = from + field.length;
        if (at == end) {
            return end;
        }
        if (bytes[at] != ':') {
            return -1;
        }
        return at + 1 < end && bytes[at + 1] == ' ' ? at + 2 : at + 1;
    }

    private static int blanks(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
        return at;
    }

    private static int behind(byte[] bytes, int at, int end, byte wanted) {
        return at < end && bytes[at] == wanted ? at + 1 : -1;
    }
}
