package dev.reckoner.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A client that sends and sees bytes, not messages. Every read is bounded by a time limit. */
final class RawClient implements AutoCloseable {

    private static final int READ_TIMEOUT_MS = 20_000;

    private final Socket socket;
    private final InputStream in;

    RawClient(InetSocketAddress proxy) throws IOException {
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(READ_TIMEOUT_MS);
        socket.connect(proxy);
        in = socket.getInputStream();
    }

    RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Ends our side only. */
    void finish() throws IOException {
        socket.shutdownOutput();
    }

    /** Goes away with a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Goes away with a plain close. */
    void leave() throws IOException {
        socket.close();
    }

    /** One whole response: head and body with its framing. */
    String response() throws IOException {
        String head = head();
        if (head.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked")) {
            return head + until("0\r\n\r\n");
        }
        return head + exactly(Wire.contentLength(head));
    }

    String head() throws IOException {
        return until("\r\n\r\n");
    }

    String exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("the response ended after " + bytes.length + " of " + length + " bytes");
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    String until(String end) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] tail = end.getBytes(StandardCharsets.ISO_8859_1);
        int matched = 0;
        while (matched < tail.length) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("the connection ended after: " + bytes.toString(StandardCharsets.ISO_8859_1));
            }
            bytes.write(b);
            matched = endsWith(bytes, tail) ? tail.length : 0;
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    /** Everything up to the end of the connection; an IOException where that is a reset. */
    String all() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    OutputStream out() {
        try {
            return socket.getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    InputStream in() {
        return in;
    }

    /** How many bytes can be read at once. */
    int available() throws IOException {
        return in.available();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static boolean endsWith(ByteArrayOutputStream bytes, byte[] tail) {
        if (bytes.size() < tail.length) {
            return false;
        }
        String all = bytes.toString(StandardCharsets.ISO_8859_1);
        return all.endsWith(new String(tail, StandardCharsets.ISO_8859_1));
    }
}
