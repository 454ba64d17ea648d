package dev.reckoner.app.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/** Sends calls one after the other over real HTTP, as clients of the proxy do. */
final class Traffic {
    private static final Duration CALL_MAX = Duration.ofSeconds(60);
    private static final String KEY = "sk-ant-api03-demo-key-that-opens-nothing-0000";
    private static final String VERSION = "2023-06-01";
    private static final int EVENTS_BEFORE_GOING = 5;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;
    private final BooleanSupplier enough;

    Traffic(URI base, BooleanSupplier enough) {
        this.base = base;
        this.enough = enough;
    }

    /** Sends them, until it is enough, and tells after each how many are done. */
    void send(List<Call> calls, IntConsumer done) throws IOException, InterruptedException {
        int count = 0;
        for (Call call : calls) {
            if (enough.getAsBoolean()) {
                return;
            }
            if (call.gone()) {
                goAway(call);
            } else {
                http.send(request(call), HttpResponse.BodyHandlers.discarding());
            }
            count++;
            done.accept(count);
        }
    }

    private HttpRequest request(Call call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(call.path()))
                .timeout(CALL_MAX)
                .header("content-type", "application/json")
                .header("anthropic-version", VERSION)
                .header("x-api-key", KEY)
                .POST(HttpRequest.BodyPublishers.ofString(call.body()));
        call.headers().forEach(request::setHeader);
        return request.build();
    }

    /** Reads some events and resets the connection, as the system does for a client that was killed. */
    private void goAway(Call call) throws IOException {
        byte[] body = call.body().getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder("POST " + call.path() + " HTTP/1.1\r\n");
        head.append("host: ").append(base.getAuthority()).append("\r\n");
        head.append("x-api-key: ").append(KEY).append("\r\nanthropic-version: ").append(VERSION);
        head.append("\r\ncontent-length: ").append(body.length).append("\r\n");
        call.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoLinger(true, 0);
            socket.setSoTimeout((int) CALL_MAX.toMillis());
            socket.getOutputStream().write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            int events = 0;
            while (events < EVENTS_BEFORE_GOING) {
                String line = in.readLine();
                if (line == null) {
                    return;
                }
                events += line.startsWith("data:") ? 1 : 0;
            }
        }
    }
}
