package dev.reckoner.simulator;

import dev.reckoner.simulator.Fault.Kind;
import dev.reckoner.simulator.Reply.Piece;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Turns a reply into the steps that go on the wire: head, framing, compression, byte by byte where a fault says so. */
final class Wire {
    private static final int PROMISED_TOO_MUCH = 64;
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /**
     * One write.
     *
     * @param head whether it belongs to the head
     * @param event whether a piece of the body is complete with it
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Step(byte[] bytes, @Nullable Counts stated, boolean last, boolean head, boolean event, Duration pause) {}

    private final Ask ask;
    private final Reply reply;
    private final boolean gzip;
    private final List<Step> steps = new ArrayList<>();

    private Wire(Ask ask, Reply reply, boolean gzip) {
        this.ask = ask;
        this.reply = reply;
        this.gzip = gzip;
    }

    /** The steps of a reply to a request. */
    static List<Step> steps(Ask ask, Reply reply, boolean gzip) {
        return new Wire(ask, reply, gzip).write();
    }

    /** Whether the connection ends with this reply. */
    static boolean closes(Ask ask, Reply reply) {
        return !ask.keepAlive() || reply.fault().has(Kind.SHORT_LENGTH) || (!ask.chunks() && !reply.sized());
    }

    private List<Step> write() {
        List<Piece> pieces = gzip ? compressed(reply.pieces()) : reply.pieces();
        boolean chunked = !reply.sized() && ask.chunks();
        head(head(pieces, chunked));
        if (ask.head()) {
            return steps;
        }
        for (Piece piece : pieces) {
            body(chunked ? chunk(piece.bytes()) : piece.bytes(), piece);
        }
        if (chunked && !reply.fault().has(Kind.SHORT_LENGTH)) {
            body(LAST_CHUNK, null);
        }
        return steps;
    }

    private void head(byte[] bytes) {
        boolean slow = reply.fault().has(Kind.SLOW_HEAD) || reply.fault().has(Kind.DRIBBLE);
        Duration pause = reply.firstPause();
        for (byte[] part : parts(bytes, slow)) {
            steps.add(new Step(part, null, false, true, false, pause));
            pause = Duration.ZERO;
        }
    }

    private void body(byte[] bytes, @Nullable Piece piece) {
        List<byte[]> parts = parts(bytes, reply.fault().has(Kind.DRIBBLE));
        Duration pause = piece == null ? Duration.ZERO : piece.pause();
        for (byte[] part : parts.subList(0, parts.size() - 1)) {
            steps.add(new Step(part, null, false, false, false, pause));
            pause = Duration.ZERO;
        }
        byte[] end = parts.get(parts.size() - 1);
        if (piece == null) {
            steps.add(new Step(end, null, false, false, false, pause));
        } else {
            steps.add(new Step(end, piece.stated(), piece.last(), false, true, pause));
        }
    }

    private static List<byte[]> parts(byte[] bytes, boolean single) {
        if (!single || bytes.length < 2) {
            return List.of(bytes);
        }
        List<byte[]> parts = new ArrayList<>();
        for (byte b : bytes) {
            parts.add(new byte[] {b});
        }
        return parts;
    }

    private byte[] head(List<Piece> pieces, boolean chunked) {
        StringBuilder out = new StringBuilder(1024);
        out.append("HTTP/1.1 ")
                .append(HttpResponseStatus.valueOf(reply.status()))
                .append("\r\n");
        for (Map.Entry<String, String> field : reply.headers()) {
            field(out, field.getKey(), field.getValue());
        }
        if (gzip) {
            field(out, "content-encoding", "gzip");
        }
        if (chunked) {
            field(out, "transfer-encoding", "chunked");
        } else if (reply.sized()) {
            long length = pieces.stream().mapToLong(p -> p.bytes().length).sum();
            boolean lie = reply.fault().has(Kind.SHORT_LENGTH);
            field(out, "content-length", Long.toString(lie ? length + PROMISED_TOO_MUCH : length));
        }
        field(out, "connection", ask.keepAlive() ? "keep-alive" : "close");
        return out.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void field(StringBuilder out, String name, String value) {
        out.append(name).append(": ").append(value).append("\r\n");
    }

    private static byte[] chunk(byte[] body) {
        byte[] size = (Integer.toHexString(body.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] out = new byte[size.length + body.length + 2];
        System.arraycopy(size, 0, out, 0, size.length);
        System.arraycopy(body, 0, out, size.length, body.length);
        out[out.length - 2] = '\r';
        out[out.length - 1] = '\n';
        return out;
    }

    /** Compresses piece by piece with a flush after each, so that every piece can be read as soon as it is there. */
    private static List<Piece> compressed(List<Piece> pieces) {
        List<Piece> out = new ArrayList<>();
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(sink, 512, true)) {
            for (Piece piece : pieces) {
                gzip.write(piece.bytes());
                gzip.flush();
                out.add(piece.with(sink.toByteArray()));
                sink.reset();
            }
            gzip.finish();
            out.add(Piece.of(sink.toByteArray()));
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
