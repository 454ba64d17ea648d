package dev.reckoner.bench.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The canned upstream answers, the load client counts, and neither takes a wrong answer for a right one. */
final class LoadTest {

    private static final Duration TIME_MAX = Duration.ofSeconds(30);

    private final Load load = new Load();

    @AfterEach
    void close() {
        load.close();
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void run_againstTheUpstream_countsEveryExchangeOnce(Scenario scenario) throws InterruptedException {
        try (CannedUpstream upstream = CannedUpstream.start()) {
            Run run = load.run(upstream.address(), scenario, new Load.Amount(3, 20, TIME_MAX));

            assertEquals(20, run.exchanges());
            assertEquals(20, upstream.answered());
            assertEquals(20L * scenario.response().length, run.bytes());
            assertTrue(0 < run.p50Nanos() && run.p50Nanos() <= run.p90Nanos() && run.p90Nanos() <= run.nanos());
        }
    }

    @Test
    void run_withMoreConnectionsThanExchanges_ends() throws InterruptedException {
        try (CannedUpstream upstream = CannedUpstream.start()) {
            load.run(upstream.address(), Scenario.JSON, new Load.Amount(8, 2, TIME_MAX));

            assertEquals(2, upstream.answered());
        }
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void sameness_ofTheUpstreamItself_holds(Scenario scenario) throws InterruptedException {
        try (CannedUpstream upstream = CannedUpstream.start()) {
            Sameness.check(new Direct(upstream.address()), scenario);
        }
    }

    @Test
    void run_answeredWithAnError_fails() throws Exception {
        String response = "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 4000\r\n\r\n" + "x".repeat(4000);
        try (ServerSocket server = answering(response)) {
            InetSocketAddress address = (InetSocketAddress) server.getLocalSocketAddress();
            LoadException failure = assertThrows(
                    LoadException.class, () -> load.run(address, Scenario.JSON, new Load.Amount(1, 1, TIME_MAX)));

            assertTrue(String.valueOf(failure.getMessage()).contains("502"), failure::getMessage);
        }
    }

    @Test
    void run_brokenOff_fails() throws Exception {
        try (ServerSocket server = answering("HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\nshort")) {
            InetSocketAddress address = (InetSocketAddress) server.getLocalSocketAddress();
            assertThrows(LoadException.class, () -> load.run(address, Scenario.JSON, new Load.Amount(1, 1, TIME_MAX)));
        }
    }

    /** A server that gives the first connection one answer and closes it. */
    private static ServerSocket answering(String response) throws IOException {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> answer(server, response), "answering");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    private static void answer(ServerSocket server, String response) {
        try (Socket socket = server.accept()) {
            OutputStream out = socket.getOutputStream();
            socket.getInputStream().readNBytes(Scenario.JSON.request().length);
            out.write(response.getBytes(StandardCharsets.US_ASCII));
            out.flush();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
