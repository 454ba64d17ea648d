package dev.reckoner.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** The books under many clients at once, and the simulator as a program. */
class SimulatorBooksTest {
    private static final int CLIENTS = 6;
    private static final int REQUESTS = 120;

    @Test
    void served_manyClientsAndFaults_isWhatTheClientsReadThemselves() throws Exception {
        SimulatorOptions options =
                SimulatorOptions.defaults().threads(2).seed(11).faultRate(0.2).gzip(true);
        try (Simulator simulator = Simulator.start(options)) {
            ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
            List<Callable<Counts>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int number = i;
                clients.add(() -> read(new Client(simulator), number));
            }
            Counts read = Counts.ZERO;
            for (Future<Counts> client : threads.invokeAll(clients)) {
                read = read.plus(client.get());
            }
            threads.shutdown();
            assertTrue(simulator.served().awaitIdle(Duration.ofSeconds(10)));
            assertEquals(CLIENTS * REQUESTS, simulator.served().requests());
            Counts whole = simulator.served().totals(r -> r.finalUsage() && r.whole()).values().stream()
                    .reduce(Counts.ZERO, Counts::plus);
            assertEquals(whole.input(), read.input());
            assertEquals(whole.output(), read.output());
            assertFalse(simulator.served().receipts().stream().allMatch(Receipt::whole));
        }
    }

    /** Two arithmetics of the simulator's own, one by receipt and one by added-up terms, come to the same. */
    @Test
    void adminSide_everyKindOfMessage_billsWhatItsReceiptsCost() throws Exception {
        SimulatorOptions options = SimulatorOptions.defaults().seed(5).reportLag(Duration.ZERO);
        List<String> extras = List.of(
                "",
                ",\"speed\":\"fast\"",
                ",\"inference_geo\":\"us\"",
                ",\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"web_search\"}]",
                ",\"system\":[{\"type\":\"text\",\"text\":\"" + "count ".repeat(800)
                        + "\",\"cache_control\":{\"type\":\"ephemeral\"}}]");
        try (Simulator simulator = Simulator.start(options)) {
            Client client = new Client(simulator);
            for (int i = 0; i < 40; i++) {
                String body = Client.body("claude-opus-5-5", i % 2 == 0, "how many " + i);
                String extra = extras.get(i % extras.size());
                client.post(body.substring(0, body.length() - 1) + extra + "}");
            }
            assertTrue(simulator.served().awaitIdle(Duration.ofSeconds(10)));
            BigDecimal bill = new Bill().sum(simulator.served().receipts());
            Instant last = Instant.parse("9999-01-01T00:00:00Z");
            assertTrue(simulator.served().total().cacheRead() > 0);
            assertTrue(simulator.served().total().searches() > 0);
            assertEquals(0, bill.compareTo(simulator.admin().total(Instant.EPOCH, last)));
        }
    }

    /** Guards that a closed simulator hangs up: its loops' shutdown alone left idle connections open. */
    @Test
    void close_withIdleConnections_hangsUpOnEachOfThem() throws Exception {
        for (int i = 0; i < 10; i++) {
            Simulator simulator = Simulator.start(SimulatorOptions.defaults());
            try (Socket socket =
                    new Socket(simulator.url().getHost(), simulator.url().getPort())) {
                socket.setSoTimeout(10_000);
                String request = "HEAD / HTTP/1.1\r\nhost: simulator\r\n\r\n";
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                assertEquals('H', socket.getInputStream().read());
                simulator.close();
                socket.getInputStream().readAllBytes();
            }
        }
    }

    @Test
    void run_freePort_servesUntilItIsStopped() throws Exception {
        CountDownLatch stop = new CountDownLatch(1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        stop.countDown();
        int code = Main.run(new String[] {"--port", "0", "--gzip"}, print(out), print(out), stop);
        assertEquals(0, code);
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("http://127.0.0.1:"));
    }

    @Test
    void run_wrongUse_isTwo_portInUse_isOne() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CountDownLatch stop = new CountDownLatch(0);
        assertEquals(2, Main.run(new String[] {"--what", "1"}, print(out), print(out), stop));
        assertEquals(2, Main.run(new String[] {"--port"}, print(out), print(out), stop));
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
            String port = Integer.toString(simulator.url().getPort());
            assertEquals(1, Main.run(new String[] {"--port", port}, print(out), print(out), stop));
            assertTrue(out.toString(StandardCharsets.UTF_8).contains(port));
        }
    }

    @Test
    void tls_trustedCertificate_isServed() throws Exception {
        X509Bundle bundle = new CertificateBuilder()
                .subject("CN=simulator")
                .addSanIpAddress("127.0.0.1")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        SimulatorOptions options = SimulatorOptions.defaults()
                .tls(
                        bundle.toTempCertChainPem().toPath(),
                        bundle.toTempPrivateKeyPem().toPath());
        SSLContext trusting = SSLContext.getInstance("TLS");
        trusting.init(null, bundle.toTrustManagerFactory().getTrustManagers(), null);
        try (Simulator simulator = Simulator.start(options)) {
            HttpRequest request = HttpRequest.newBuilder(simulator.url().resolve("/api/hello"))
                    .method("HEAD", HttpRequest.BodyPublishers.noBody())
                    .build();
            HttpClient client = HttpClient.newBuilder().sslContext(trusting).build();
            assertEquals("https", simulator.url().getScheme());
            assertEquals(
                    200,
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
        }
    }

    @Test
    void fault_unknownOrWithoutNumber_isNamed() {
        assertThrows(IllegalArgumentException.class, () -> Fault.parse("status"));
        assertThrows(IllegalArgumentException.class, () -> Fault.parse("status=x"));
        assertThrows(IllegalArgumentException.class, () -> Fault.parse("nothing=1"));
        assertEquals("delay_ms=5; no_stop", Fault.parse(" no_stop ;delay_ms=5").text());
        assertEquals(Fault.NONE, Fault.parse(" ; "));
    }

    private static PrintStream print(ByteArrayOutputStream out) {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }

    /** Input and output tokens as a client reads them itself, from whole responses only. */
    private static Counts read(Client client, int number) throws IOException, InterruptedException {
        Counts sum = Counts.ZERO;
        for (int i = 0; i < REQUESTS; i++) {
            boolean stream = i % 2 == 0;
            try {
                HttpResponse<byte[]> response = client.post(
                        Client.body("claude-sonnet-5-5", stream, number + " asks " + i), "accept-encoding", "gzip");
                sum = sum.plus(counts(response, stream));
            } catch (IOException e) {
                assertTrue(e.getMessage() != null, "a broken response tells why");
            }
        }
        return sum;
    }

    private static Counts counts(HttpResponse<byte[]> response, boolean stream) throws IOException {
        boolean gzip = response.headers().firstValue("content-encoding").isPresent();
        byte[] body = gzip ? Client.gunzip(response.body()) : response.body();
        if (response.statusCode() != 200) {
            return Counts.ZERO;
        }
        JsonNode usage = Client.JSON.createObjectNode();
        if (stream) {
            for (JsonNode event : Client.events(body)) {
                boolean end = event.path("delta").path("stop_reason").isTextual();
                usage = end ? event.path("usage") : usage;
            }
        } else {
            usage = Client.JSON.readTree(body).path("usage");
        }
        return new Counts(
                usage.path("input_tokens").asLong(),
                0,
                0,
                0,
                usage.path("output_tokens").asLong(),
                0);
    }
}
