package dev.reckoner.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** A client of the simulator: JDK HttpClient for whole exchanges, a raw socket for bytes. */
final class Client {
    static final ObjectMapper JSON = new ObjectMapper();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;

    Client(Simulator simulator) {
        base = simulator.url();
    }

    static String body(String model, boolean stream, String text) {
        return "{\"model\":\"" + model + "\",\"max_tokens\":200,\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}";
    }

    HttpResponse<byte[]> post(String body, String... headers) throws IOException, InterruptedException {
        return send(request("/v1/messages", headers)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .header("x-api-key", "sk-ant-api03-test")
                .header("anthropic-version", "2023-06-01")
                .header("content-type", "application/json");
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return request;
    }

    HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    static JsonNode json(HttpResponse<byte[]> response) throws IOException {
        return JSON.readTree(response.body());
    }

    /** Parses a stream the plain way; fails on anything that is not a whole event. */
    static List<JsonNode> events(byte[] body) throws IOException {
        String text = new String(body, StandardCharsets.UTF_8);
        List<JsonNode> events = new ArrayList<>();
        for (String block : text.split("\n\n", -1)) {
            if (block.isEmpty()) {
                continue;
            }
            String[] lines = block.split("\n", -1);
            if (lines.length != 2 || !lines[0].startsWith("event: ") || !lines[1].startsWith("data: ")) {
                throw new IOException("not an event: " + block);
            }
            JsonNode data = JSON.readTree(lines[1].substring("data: ".length()));
            if (!lines[0].equals("event: " + data.path("type").asText())) {
                throw new IOException("event name and data type differ: " + block);
            }
            events.add(data);
        }
        return events;
    }

    static byte[] gunzip(byte[] body) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return in.readAllBytes();
        }
    }

    /** Sends one raw request head with body and reads until the simulator closes. */
    String raw(String head, String body) throws IOException {
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            String length = "content-length: " + bytes.length + "\r\n\r\n";
            socket.getOutputStream().write((head + length).getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(bytes);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static String head(String... fields) {
        return "POST /v1/messages HTTP/1.1\r\nhost: simulator\r\nx-api-key: sk-ant-api03-test\r\n"
                + "anthropic-version: 2023-06-01\r\n" + String.join("\r\n", fields) + "\r\n";
    }
}
