package dev.reckoner.console;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A client that sends exactly the bytes it is told to, and reads responses until the server closes. */
final class Wire {

    private static final int READ_MILLIS_MAX = 20_000;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Wire() {}

    /** One response as it came. */
    record Response(int status, List<String> headers, String body) {

        String header(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ": ";
            List<String> found = headers.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(line -> line.substring(prefix.length()))
                    .toList();
            return String.join(" | ", found);
        }

        JsonNode json() {
            try {
                return MAPPER.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(body, e);
            }
        }

        String message() {
            return json().path("error").path("message").asText();
        }
    }

    static Response get(ConsoleServer server, String target) {
        return get(server, target, "");
    }

    static Response get(ConsoleServer server, String target, String moreHeaders) {
        String request =
                "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + moreHeaders + "\r\n";
        return send(server, request, 1).get(0);
    }

    /** Sends the text and reads that many responses with a Content-Length, then expects nothing more. */
    static List<Response> send(ConsoleServer server, String text, int expected) {
        InetSocketAddress address = server.address();
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            socket.setSoTimeout(READ_MILLIS_MAX);
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
            byte[] all = socket.getInputStream().readAllBytes();
            List<Response> responses = parse(new String(all, ISO_8859_1), text.startsWith("HEAD"));
            if (expected == 1 && !text.startsWith("HEAD")) {
                Described.expectAsDescribed(text, responses);
            }
            if (responses.size() != expected) {
                throw new AssertionError("expected " + expected + " responses, found " + responses);
            }
            return responses;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Response> parse(String text, boolean head) {
        List<Response> responses = new ArrayList<>();
        String rest = text;
        while (!rest.isEmpty()) {
            int end = rest.indexOf("\r\n\r\n");
            List<String> lines = rest.substring(0, end).lines().toList();
            Response bare =
                    new Response(Integer.parseInt(lines.get(0).substring(9, 12)), lines.subList(1, lines.size()), "");
            int length = head ? 0 : Integer.parseInt(bare.header("content-length"));
            String body = rest.substring(end + 4, end + 4 + length);
            responses.add(new Response(bare.status(), bare.headers(), new String(body.getBytes(ISO_8859_1), UTF_8)));
            rest = rest.substring(end + 4 + length);
        }
        return responses;
    }
}
