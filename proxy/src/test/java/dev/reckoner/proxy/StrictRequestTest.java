package dev.reckoner.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests that two readers could understand differently, or that this proxy doesn't serve: refused in the vendor's
 * form, the connection closed, nothing sent upstream (RFC 9112; among them what other proxies let pass).
 */
final class StrictRequestTest {

    private static final String POST = "POST /v1/messages HTTP/1.1\r\n";
    private static final String HOST = "Host: p\r\n";
    private static final String END = "\r\n";

    private static ScriptedUpstream upstream;
    private static ProxyHarness proxy;

    @BeforeAll
    static void start() throws IOException {
        upstream = ScriptedUpstream.answering(Wire.ok("{}"));
        proxy = ProxyHarness.before(upstream.url());
    }

    @AfterAll
    static void stop() throws IOException {
        proxy.close();
        upstream.close();
    }

    static Stream<Arguments> framing() {
        return Stream.of(
                // Host
                refused(400, "GET / HTTP/1.1\r\n" + END),
                refused(400, "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n" + END),
                refused(400, "GET / HTTP/1.1\r\nHost: a\r\nhost: b\r\n" + END),
                refused(400, "GET / HTTP/1.1\r\nHost:\r\n" + END),
                refused(400, "GET / HTTP/1.1\r\nHost: a/b\r\n" + END),
                refused(400, "GET / HTTP/1.1\r\nHost: a b\r\n" + END),
                refused(400, "GET / HTTP/1.1\r\nHost: a@b\r\n" + END),
                refused(400, "GET / HTTP/1.1\r\nHost: a,b\r\n" + END),
                // framing
                refused(400, POST + HOST + "Transfer-Encoding: gzip, chunked\r\n" + END + "0\r\n\r\n"),
                refused(400, POST + HOST + "Transfer-Encoding: chunked, gzip\r\n" + END),
                refused(400, POST + HOST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n" + END),
                refused(400, POST + HOST + "Transfer-Encoding: identity\r\n" + END),
                refused(400, POST + HOST + "Transfer-Encoding: xchunked\r\n" + END),
                refused(400, POST + HOST + "Transfer-Encoding:\r\n" + END),
                refused(400, POST + HOST + "Transfer-Encoding: chunked;q=1\r\n" + END),
                refused(400, POST + HOST + "Transfer-Encoding: \"chunked\"\r\n" + END),
                refused(400, POST + HOST + "Transfer-Encoding : chunked\r\n" + END),
                refused(400, POST + HOST + "Transfer-Encoding: \u000bchunked\r\n" + END),
                refused(400, POST + HOST + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n" + END + "0\r\n\r\n"),
                refused(400, POST + HOST + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n" + END + "0\r\n\r\n"),
                refused(400, POST + HOST + "Content-Length: 3\r\nContent-Length: 4\r\n" + END + "abc"),
                refused(400, POST + HOST + "Content-Length: 3\r\nContent-Length: 3\r\n" + END + "abc"),
                refused(400, POST + HOST + "Content-Length: 3, 3\r\n" + END + "abc"),
                refused(400, POST + HOST + "Content-Length: +3\r\n" + END + "abc"),
                refused(400, POST + HOST + "Content-Length: -3\r\n" + END + "abc"),
                refused(400, POST + HOST + "Content-Length: 0x3\r\n" + END + "abc"),
                refused(400, POST + HOST + "Content-Length: 3a\r\n" + END + "abc"),
                refused(400, POST + HOST + "Content-Length:\r\n" + END),
                refused(400, POST + HOST + "Content-Length: 9999999999999999999999\r\n" + END),
                refused(400, POST + HOST + "Content-Length : 3\r\n" + END + "abc"),
                refused(400, POST + HOST + " Content-Length: 3\r\n" + END + "abc"));
    }

    static Stream<Arguments> requestLines() {
        return Stream.of(
                refused(400, "GET v1 HTTP/1.1\r\n" + HOST + END),
                refused(400, "GET http://a/ HTTP/1.1\r\n" + HOST + END),
                refused(400, "CONNECT a:443 HTTP/1.1\r\n" + HOST + END),
                refused(405, "CONNECT /a HTTP/1.1\r\n" + HOST + END),
                refused(405, "TRACE / HTTP/1.1\r\n" + HOST + END),
                refused(400, "OPTIONS * HTTP/1.1\r\n" + HOST + END),
                refused(400, "GET /#a HTTP/1.1\r\n" + HOST + END),
                refused(400, "GET /\u00e4 HTTP/1.1\r\n" + HOST + END),
                refused(400, "GET /\u0000 HTTP/1.1\r\n" + HOST + END),
                refused(400, "GET /\u007f HTTP/1.1\r\n" + HOST + END),
                refused(400, "GET /a\tb HTTP/1.1\r\n" + HOST + END),
                refused(400, "GET\t/ HTTP/1.1\r\n" + HOST + END),
                refused(400, "GET /\tHTTP/1.1\r\n" + HOST + END),
                refused(400, "GET  / HTTP/1.1\r\n" + HOST + END),
                refused(400, "GET /  HTTP/1.1\r\n" + HOST + END),
                refused(400, "GET / HTTP/1.1 \r\n" + HOST + END),
                refused(400, " GET / HTTP/1.1\r\n" + HOST + END),
                refused(400, "get / HTTP/1.1\r\n" + HOST + END),
                refused(400, "GeT / HTTP/1.1\r\n" + HOST + END),
                refused(400, "G@T / HTTP/1.1\r\n" + HOST + END),
                refused(400, "GET / http/1.1\r\n" + HOST + END),
                refused(400, "GET / HTTP/1.10\r\n" + HOST + END),
                refused(505, "GET / HTTP/01.1\r\n" + HOST + END),
                refused(400, "GET / HTTPS/1.1\r\n" + HOST + END),
                refused(400, "GET /\r\n" + HOST + END),
                refused(400, "GET / FOO HTTP/1.1\r\n" + HOST + END),
                refused(505, "GET / HTTP/1.0\r\n" + HOST + END),
                refused(505, "GET / HTTP/1.2\r\n" + HOST + END),
                refused(505, "GET / HTTP/2.0\r\n" + HOST + END),
                refused(505, "GET / HTTP/0.9\r\n" + HOST + END),
                refused(505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".replace("*", "/")),
                refused(400, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
    }

    static Stream<Arguments> lines() {
        return Stream.of(
                refused(400, "GET / HTTP/1.1\n" + HOST + END),
                refused(400, "GET / HTTP/1.1\r\nHost: p\n\n"),
                refused(400, "GET / HTTP/1.1\r\nHost: p\r\nA: b\rC: d\r\n" + END),
                refused(400, "GET / HTTP/1.1\r\nHost: p\r\nA: b\r\n c\r\n" + END),
                refused(400, "GET / HTTP/1.1\r\nHost: p\r\nA: b\r\n\tc\r\n" + END),
                refused(400, "GET / HTTP/1.1\r\nHost: p\r\nA\u0000: b\r\n" + END),
                refused(400, "GET / HTTP/1.1\r\nHost: p\r\nA: b\u0000\r\n" + END),
                refused(400, "GET / HTTP/1.1\r\nHost: p\r\nA: b\u0001\r\n" + END),
                refused(400, "GET / HTTP/1.1\r\nHost: p\r\nA: b\u007f\r\n" + END),
                refused(400, "GET / HTTP/1.1\r\nHost: p\r\nA b: c\r\n" + END),
                refused(400, "GET / HTTP/1.1\r\nHost: p\r\nA : c\r\n" + END),
                refused(400, "GET / HTTP/1.1\r\nHost: p\r\n: c\r\n" + END),
                refused(400, "GET / HTTP/1.1\r\nHost: p\r\nA\r\n" + END),
                refused(400, "GET / HTTP/1.1\r\nHost: p\r\nA(b): c\r\n" + END),
                refused(400, "GET / HTTP/1.1\r\nHost: p\r\n\u00e4: c\r\n" + END),
                refused(400, "GET / HTTP/1.1\r\n Host: p\r\n" + END),
                refused(400, "\r\n\r\nGET / HTTP/1.1\r\n" + HOST + END));
    }

    static Stream<Arguments> semanticsAndLimits() {
        return Stream.of(
                refused(400, "GET / HTTP/1.1\r\n" + HOST + "Connection: Upgrade\r\nUpgrade: websocket\r\n" + END),
                refused(400, "GET / HTTP/1.1\r\n" + HOST + "Connection: x-api-key\r\nX-Api-Key: k\r\n" + END),
                refused(400, "GET / HTTP/1.1\r\n" + HOST + "Connection: close, Authorization\r\n" + END),
                refused(400, "GET / HTTP/1.1\r\n" + HOST + "Connection: host\r\n" + END),
                refused(400, POST + HOST + "Connection: content-length\r\nContent-Length: 3\r\n" + END + "abc"),
                refused(417, POST + HOST + "Expect: 200-ok\r\nContent-Length: 3\r\n" + END + "abc"),
                refused(417, POST + HOST + "Expect: 100-continue\r\nExpect: 100-continue\r\n" + END),
                // limits
                refused(414, "GET /" + "a".repeat(9000) + " HTTP/1.1\r\n" + HOST + END),
                refused(431, "GET / HTTP/1.1\r\n" + HOST + "A: " + "b".repeat(70_000) + "\r\n" + END),
                refused(431, "GET / HTTP/1.1\r\n" + HOST + "A: b\r\n".repeat(101) + END),
                refused(400, "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n"));
    }

    @ParameterizedTest
    @MethodSource({"framing", "requestLines", "lines", "semanticsAndLimits"})
    void request_isRefusedAndTheConnectionClosed(int status, String request) throws Exception {
        int before = upstream.heads().size();
        try (RawClient client = proxy.client()) {
            String answer = client.send(request + Wire.get("/smuggled")).all();
            assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
            assertTrue(answer.contains("{\"type\":\"error\",\"error\":{\"type\":\""), answer);
            assertEquals(1, answer.split("HTTP/1.1 ", -1).length - 1, answer);
        }
        assertEquals(before, upstream.heads().size());
        assertEquals(List.of(), proxy.books.closed());
    }

    @Test
    void request_inTheOddFormsThatAreAllowed_passes() throws Exception {
        List<String> allowed = List.of(
                "GET //v1/../x?a=b%20c&[d] HTTP/1.1\r\n" + HOST + END,
                "\r\nGET / HTTP/1.1\r\n" + HOST + END,
                "GET / HTTP/1.1\r\nHost:p\r\nx_y: a\u00e4\tb\r\nempty:\r\n" + END,
                "GET / HTTP/1.1\r\nHost: [::1]:8484\r\n" + END,
                "GET / HTTP/1.1\r\nHost: p\r\nContent-Length: 003\r\n" + END + "abc",
                "DELETE /v1/files/a HTTP/1.1\r\nHost: p\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                        + "HTTP2-Settings: AAMAAABkAAQ\r\n" + END);
        try (ScriptedUpstream own = ScriptedUpstream.answering(Wire.ok("{}"));
                ProxyHarness before = ProxyHarness.before(own.url());
                RawClient client = before.client()) {
            for (String request : allowed) {
                assertEquals(Wire.ok("{}"), client.send(request).response(), request);
            }
            assertTrue(own.heads().get(0).startsWith("GET //v1/../x?a=b%20c&[d] HTTP/1.1\r\n"));
            assertTrue(
                    own.heads().get(2).contains("\r\nx_y: a\u00e4\tb\r\nempty: \r\n"),
                    own.heads().get(2));
            assertTrue(!own.heads().get(5).contains("HTTP2-Settings"));
        }
    }

    private static Arguments refused(int status, String request) {
        return Arguments.of(status, request);
    }
}
