package dev.reckoner.proxy.tap;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a copy of a gzip or deflate body (RFC 1950 to 1952) and hands the decoded bytes on. Several gzip members are
 * one body, what follows the last is passed over. What can't be decoded, or decodes to suspiciously much, ends the
 * decoding with a fault and never throws.
 */
final class Inflating implements ByteSink {

    /** Decoded bytes up to which any ratio is fine. */
    static final long RATIO_FLOOR_BYTES = 1 << 20;

    /** Decoded bytes per encoded byte beyond the floor. JSON stays below 20. */
    static final int RATIO_MAX = 100;

    private static final int OUT_BYTES = 4 * 1024;
    private static final int TRAILER_BYTES = 8;

    private enum State {
        GZIP_HEAD,
        ZLIB_OR_RAW,
        DEFLATED,
        TRAILER,
        BETWEEN_MEMBERS,
        OVER
    }

    private final ContentCoding coding;
    private final ByteSink decoded;
    private final long decodedBytesMax;
    private final byte[] out = new byte[OUT_BYTES];
    private final CRC32 checksum = new CRC32();
    private final byte[] zlibHead = new byte[2];

    private State state;
    private GzipHead head = new GzipHead();
    private @Nullable Inflater inflater;
    private int zlibHeadLength;
    private int trailerLength;
    private long trailer;
    private long encodedBytes;
    private long decodedBytes;
    private @Nullable String fault;

    Inflating(ContentCoding coding, ByteSink decoded, long decodedBytesMax) {
        this.coding = coding;
        this.decoded = decoded;
        this.decodedBytesMax = decodedBytesMax;
        this.state = coding.kind() == ContentCoding.Kind.GZIP ? State.GZIP_HEAD : State.ZLIB_OR_RAW;
    }

    @Override
    public void bytes(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int at = offset;
        encodedBytes += length;
        while (at < end && state != State.OVER) {
            at = switch (state) {
                case GZIP_HEAD -> head(bytes, at, end);
                case ZLIB_OR_RAW -> zlibOrRaw(bytes, at);
                case DEFLATED -> inflate(bytes, at, end);
                case TRAILER -> trailer(bytes, at);
                case BETWEEN_MEMBERS -> nextMember(bytes, at);
                case OVER -> end;
            };
        }
    }

    @Override
    public void end() {
        boolean ended = state == State.OVER || state == State.BETWEEN_MEMBERS || encodedBytes == 0;
        boolean inLaterHead = state == State.GZIP_HEAD && decodedBytes > 0;
        if (!ended && !inLaterHead) {
            fault("a body that ends too soon");
        }
        close();
        if (fault == null) {
            decoded.end();
        }
    }

    /** Why decoding stopped, null where it didn't. */
    @Nullable
    String fault() {
        return fault;
    }

    /** Frees the decoder; what comes later is passed over. */
    void close() {
        state = State.OVER;
        if (inflater != null) {
            inflater.end();
            inflater = null;
        }
    }

    private int head(byte[] bytes, int from, int end) {
        int at = head.take(bytes, from, end);
        if (head.bad()) {
            return noHead(end);
        }
        if (head.done()) {
            begin(true);
            checksum.reset();
        }
        return at;
    }

    // Behind a member, what is no head is what other readers ignore too.
    private int noHead(int end) {
        if (inflater == null) {
            fault("no gzip head");
        } else {
            close();
        }
        return end;
    }

    private int zlibOrRaw(byte[] bytes, int at) {
        zlibHead[zlibHeadLength++] = bytes[at];
        if (zlibHeadLength == zlibHead.length) {
            // RFC 1950 §2.2. Some servers send the raw format under the same name (RFC 9110 §8.4.1.2).
            int both = ((zlibHead[0] & 0xff) << 8) | (zlibHead[1] & 0xff);
            begin((zlibHead[0] & 0x0f) != 8 || both % 31 != 0);
            inflate(zlibHead, 0, zlibHead.length);
        }
        return at + 1;
    }

    private void begin(boolean raw) {
        if (inflater == null) {
            inflater = new Inflater(raw);
        } else {
            inflater.reset();
        }
        state = State.DEFLATED;
    }

    private int inflate(byte[] bytes, int from, int end) {
        Inflater running = inflater;
        if (running == null) {
            return end;
        }
        running.setInput(bytes, from, end - from);
        try {
            while (!running.finished()) {
                int count = running.inflate(out);
                if (count > 0 && !pass(count)) {
                    return end;
                }
                if (count == 0 && !running.finished()) {
                    return stuck(running, end);
                }
            }
        } catch (DataFormatException e) {
            fault("data that is not " + coding.name());
            return end;
        }
        int behind = end - running.getRemaining();
        finished();
        return behind;
    }

    // Without output and not at its end it wants more input, or what we haven't got.
    private int stuck(Inflater running, int end) {
        if (!running.needsInput()) {
            fault("a preset dictionary");
        }
        return end;
    }

    private boolean pass(int count) {
        decodedBytes += count;
        if (decodedBytes > decodedBytesMax) {
            fault("more than " + decodedBytesMax + " decoded bytes");
            return false;
        }
        if (decodedBytes > RATIO_FLOOR_BYTES && decodedBytes / RATIO_MAX > encodedBytes) {
            fault("more than " + RATIO_MAX + " decoded bytes per byte");
            return false;
        }
        checksum.update(out, 0, count);
        decoded.bytes(out, 0, count);
        return true;
    }

    private void finished() {
        if (coding.kind() == ContentCoding.Kind.GZIP) {
            state = State.TRAILER;
            trailerLength = 0;
            trailer = 0;
        } else {
            close();
        }
    }

    private int trailer(byte[] bytes, int at) {
        trailer |= (bytes[at] & 0xffL) << (8 * trailerLength);
        if (++trailerLength == TRAILER_BYTES) {
            state = State.BETWEEN_MEMBERS;
            if ((trailer & 0xffffffffL) != checksum.getValue()) {
                fault("a wrong checksum");
            }
        }
        return at + 1;
    }

    private int nextMember(byte[] bytes, int at) {
        if ((bytes[at] & 0xff) == 0x1f) {
            head = new GzipHead();
            state = State.GZIP_HEAD;
            return at;
        }
        close();
        return at;
    }

    private void fault(String found) {
        if (fault == null) {
            fault = "content_encoding " + coding.name() + ": found " + found + ", expected a body that can be decoded";
        }
        close();
    }
}
