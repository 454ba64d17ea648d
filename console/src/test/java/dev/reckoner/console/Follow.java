package dev.reckoner.console;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** A client on a socket of its own that follows a stream of events, line by line. */
final class Follow implements AutoCloseable {

    private static final int READ_MILLIS_MAX = 20_000;

    private final Socket socket;
    private final BufferedReader lines;

    private Follow(Socket socket, BufferedReader lines) {
        this.socket = socket;
        this.lines = lines;
    }

    static Follow of(ConsoleServer server, String moreHeaders) throws IOException {
        InetSocketAddress address = server.address();
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(READ_MILLIS_MAX);
        String request = "GET /reckoner/v1/live HTTP/1.1\r\nHost: localhost\r\n" + moreHeaders + "\r\n";
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        return new Follow(socket, new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)));
    }

    /** All up to the next empty line; null at the end of the stream. */
    @Nullable
    String block() throws IOException {
        StringBuilder block = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty()) {
                return block.toString();
            }
            block.append(block.length() == 0 ? "" : "\n").append(line);
        }
        return null;
    }

    void say(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
