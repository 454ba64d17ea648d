package dev.reckoner.bench.relay;

import dev.reckoner.bench.Bodies;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One kind of exchange: the request that the load client sends and the response that the canned upstream has for it. */
enum Scenario {
    /** A question and its whole answer. */
    JSON('j', 1_200, 200_000),
    /** A question and its answer as 100 events, one event a chunk, sent in one piece. */
    STREAM('s', 1_200, 100_000),
    /** A request body of 1 MiB and a whole answer. */
    UPLOAD('u', 1 << 20, 5_000);

    /** Where {@link #letter()} stands in every request line, which is how the upstream knows what is asked for. */
    static final int LETTER_AT = "POST /v1/messages?".length();

    private static final String REQUEST_HEAD = "POST /v1/messages?%c HTTP/1.1\r\n"
            + "Host: 127.0.0.1\r\n"
            + "Accept: application/json\r\n"
            + "Content-Type: application/json\r\n"
            + "User-Agent: Anthropic/Python 0.79.0\r\n"
            + "X-Stainless-Lang: python\r\n"
            + "X-Stainless-Package-Version: 0.79.0\r\n"
            + "X-Stainless-OS: Linux\r\n"
            + "X-Stainless-Arch: x64\r\n"
            + "X-Stainless-Runtime: CPython\r\n"
            + "x-stainless-retry-count: 0\r\n"
            + "anthropic-version: 2023-06-01\r\n"
            + "x-api-key: sk-ant-api03-bench-bench-bench-bench-bench-bench-bench\r\n"
            + "Content-Length: %d\r\n"
            + "\r\n";

    private static final String RESPONSE_HEAD = "HTTP/1.1 200 OK\r\n"
            + "Date: Sat, 21 Nov 2026 12:00:00 GMT\r\n"
            + "Content-Type: %s\r\n"
            + "%s\r\n"
            + "anthropic-ratelimit-requests-limit: 20000\r\n"
            + "anthropic-ratelimit-requests-remaining: 19999\r\n"
            + "anthropic-ratelimit-requests-reset: 2026-11-21T12:00:00Z\r\n"
            + "anthropic-ratelimit-tokens-limit: 2400000\r\n"
            + "anthropic-ratelimit-tokens-remaining: 2400000\r\n"
            + "request-id: req_011CBenchBenchBenchBench\r\n"
            + "anthropic-organization-id: 00000000-0000-4000-8000-000000000000\r\n"
            + "\r\n";

    private final char letter;
    private final int requestBytes;
    private final int exchanges;

    Scenario(char letter, int requestBytes, int exchanges) {
        this.letter = letter;
        this.requestBytes = requestBytes;
        this.exchanges = exchanges;
    }

    /**
     * The scenario of that name.
     *
     * @throws IllegalArgumentException where there is none
     */
    static Scenario named(String name) {
        for (Scenario scenario : values()) {
            if (scenario.title().equals(name)) {
                return scenario;
            }
        }
        throw new IllegalArgumentException("scenario '" + name + "' is not known, expected json, stream or upload");
    }

    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    char letter() {
        return letter;
    }

    /** Whether the response is chunked; otherwise it has a Content-Length. */
    boolean chunked() {
        return this == STREAM;
    }

    /** Bytes of the request body. */
    int requestBytes() {
        return requestBytes;
    }

    /** Exchanges of one round where nobody says otherwise. */
    int exchanges() {
        return exchanges;
    }

    /** The body of the response, without transfer coding. */
    byte[] responseBody() {
        return chunked() ? Bodies.stream() : Bodies.message();
    }

    /** The body of the request. */
    byte[] requestBody() {
        return Bodies.request(chunked(), requestBytes);
    }

    /** The request as it goes over the wire. */
    byte[] request() {
        return join(String.format(Locale.ROOT, REQUEST_HEAD, letter, requestBytes), requestBody());
    }

    /** The response as it goes over the wire. */
    byte[] response() {
        if (chunked()) {
            String head = String.format(
                    Locale.ROOT, RESPONSE_HEAD, "text/event-stream; charset=utf-8", "Transfer-Encoding: chunked");
            return join(head, Bodies.chunkedStream());
        }
        byte[] body = responseBody();
        return join(
                String.format(Locale.ROOT, RESPONSE_HEAD, "application/json", "Content-Length: " + body.length), body);
    }

    private static byte[] join(String head, byte[] body) {
        byte[] first = head.getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[first.length + body.length];
        System.arraycopy(first, 0, whole, 0, first.length);
        System.arraycopy(body, 0, whole, first.length, body.length);
        return whole;
    }
}
