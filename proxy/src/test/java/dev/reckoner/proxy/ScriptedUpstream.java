package dev.reckoner.proxy;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/** An upstream that does exactly what its script says, one thread per connection, on blocking sockets. */
final class ScriptedUpstream implements AutoCloseable {

    private static final int READ_TIMEOUT_MS = 20_000;

    /** What the upstream does with one connection. */
    @FunctionalInterface
    interface Script {
        void play(Conversation with) throws Exception;
    }

    private final ServerSocket listener;
    private final Script script;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> heads = Collections.synchronizedList(new ArrayList<>());
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    private ScriptedUpstream(ServerSocket listener, Script script) {
        this.listener = listener;
        this.script = script;
        threads.execute(this::accept);
    }

    static ScriptedUpstream playing(Script script) throws IOException {
        return playing(ServerSocketFactory.getDefault(), script);
    }

    static ScriptedUpstream playing(ServerSocketFactory factory, Script script) throws IOException {
        return new ScriptedUpstream(factory.createServerSocket(0, 1000, InetAddress.getLoopbackAddress()), script);
    }

    /** Answers every request on every connection with these bytes, after its whole body. */
    static ScriptedUpstream answering(String response) throws IOException {
        return playing(with -> {
            while (with.request() != null) {
                with.send(response);
            }
        });
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    int port() {
        return listener.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    /** Heads of the requests that came, in order. */
    List<String> heads() {
        return List.copyOf(heads);
    }

    List<Throwable> failures() {
        return failures;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                connections.incrementAndGet();
                threads.execute(() -> play(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void play(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(READ_TIMEOUT_MS);
            script.play(new Conversation(socket));
        } catch (IOException e) {
            // Connections end in every way here; what counts is what the client and the books saw.
            return;
        } catch (Exception | AssertionError e) {
            failures.add(e);
        }
    }

    /** One connection, as the script sees it. */
    final class Conversation {

        private final Socket socket;
        private final InputStream in;

        Conversation(Socket socket) throws IOException {
            this.socket = socket;
            in = new BufferedInputStream(socket.getInputStream());
        }

        Socket socket() {
            return socket;
        }

        /** Reads one whole request; its body's bytes with their framing, or null at the end of the connection. */
        byte @Nullable [] request() throws IOException {
            String head = head();
            return head == null ? null : body(head);
        }

        /** Reads one request head; null at the end of the connection. */
        @Nullable
        String head() throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            int lineEnds = 0;
            while (lineEnds < 4) {
                int b = in.read();
                if (b < 0) {
                    return null;
                }
                bytes.write(b);
                lineEnds = b == (lineEnds % 2 == 0 ? '\r' : '\n') ? lineEnds + 1 : 0;
            }
            String head = bytes.toString(StandardCharsets.ISO_8859_1);
            heads.add(head);
            return head;
        }

        /** Reads the body that this head announces, with its framing. */
        byte[] body(@Nullable String head) throws IOException {
            if (head == null) {
                throw new IOException("the connection ended before a head");
            }
            if (head.toLowerCase(java.util.Locale.ROOT).contains("transfer-encoding: chunked")) {
                return until("0\r\n\r\n");
            }
            return read(Wire.contentLength(head));
        }

        byte[] read(int length) throws IOException {
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new IOException("the request ended after " + bytes.length + " of " + length + " bytes");
            }
            return bytes;
        }

        /** Reads until the connection ends, and says how many bytes came. */
        long drain() throws IOException {
            return in.transferTo(java.io.OutputStream.nullOutputStream());
        }

        byte[] until(String end) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            while (!bytes.toString(StandardCharsets.ISO_8859_1).endsWith(end)) {
                int b = in.read();
                if (b < 0) {
                    throw new IOException("the request ended early");
                }
                bytes.write(b);
            }
            return bytes.toByteArray();
        }

        void send(String text) throws IOException {
            send(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        void send(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        }

        /** Ends the connection with a reset. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }
}
