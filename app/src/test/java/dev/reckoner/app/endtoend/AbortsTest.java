package dev.reckoner.app.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.Settings;
import dev.reckoner.ledger.Audit;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.RatingStatus;
import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.ledger.TokenCounts;
import dev.reckoner.ledger.Usage;
import dev.reckoner.proxy.tap.ResponseTap;
import dev.reckoner.simulator.Counts;
import dev.reckoner.simulator.Receipt;
import dev.reckoner.simulator.Simulator;
import dev.reckoner.simulator.SimulatorOptions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that go away inside their responses, over real sockets, by both policies (api-facts §2.5). */
final class AbortsTest {
    private static final long SEED = 20261121;
    private static final int CLIENTS = 6;
    private static final int EXCHANGES = 240;

    /** The most that a client reads before it goes away; most responses are longer. */
    private static final int READ_MAX = 3_000;

    @TempDir
    private Path directory;

    @Test
    void drain_everyAbortedExchangeIsExact() throws Exception {
        Map<String, String> drain = Map.of("aborts.stream", "drain", "aborts.json", "drain");
        try (Stack stack = Stack.start(directory, options(), drain)) {
            abort(stack.url());
            List<StoredEntry> entries = stack.settledEntries();
            assertEquals(EXCHANGES, entries.size());
            long exact = Comparison.assertAgree(stack.simulator().served().receipts(), entries);
            assertEquals(entries.stream().filter(AbortsTest::sent).count(), exact);
            assertTrue(exact > EXCHANGES * 9 / 10, exact + " exact");
            long aborted = entries.stream().filter(AbortsTest::aborted).count();
            assertTrue(aborted > EXCHANGES / 4, aborted + " aborted");
            assertClean(stack);
        }
    }

    @Test
    void cancel_inputIsExactWhereStatedAndAllElseIsMarked() throws Exception {
        try (Stack stack = Stack.start(directory, options(), Map.of())) {
            abort(stack.url());
            List<StoredEntry> entries = stack.settledEntries();
            assertEquals(EXCHANGES, entries.size());
            Map<String, Receipt> receipts = new HashMap<>();
            stack.simulator().served().receipts().forEach(receipt -> receipts.put(receipt.requestId(), receipt));
            long estimated = 0;
            for (StoredEntry stored : entries) {
                Entry entry = stored.entry();
                if (aborted(stored) && !sent(stored)) {
                    assertEquals("not_served", entry.charge().reason());
                } else if (aborted(stored) && !entry.closing().reading().usageFinal()) {
                    assertEstimated(entry, receipts.get(entry.closing().requestId()));
                    estimated++;
                }
            }
            assertTrue(estimated > EXCHANGES / 4, estimated + " estimated");
            assertClean(stack);
        }
    }

    /** The simulator makes a token of each of its words; that says nothing of the API, but has to stay what is stated. */
    @Test
    void estimate_ofSimulatedStreams_isAsFarOffAsStated() throws Exception {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().seed(SEED))) {
            long estimated = 0;
            long served = 0;
            for (int number = 0; number < 40; number++) {
                byte[] body = stream(simulator.url(), number);
                Reading whole = read(body, body.length);
                estimated += (whole.outputTextBytes() + 2) / 3;
                served += output(whole);
                assertCutsGrow(body);
            }
            long percent = estimated * 100 / served;
            System.out.println("simulated streams: " + served + " tokens served, " + estimated + " estimated");
            assertTrue(percent > 200 && percent < 235, "estimated " + estimated + " of " + served);
        }
    }

    private static void assertEstimated(Entry entry, Receipt receipt) {
        assertTrue(entry.charge().estimated(), () -> entry.toString());
        assertEquals(RatingStatus.RATED, entry.charge().status(), () -> entry.toString());
        Counts counts = Comparison.counts(entry);
        if (entry.closing().reading().usage() == null) {
            assertEquals("request_text_v1", entry.charge().estimateMethod());
            assertTrue(counts.input() > 0);
            assertEquals(0, counts.output());
            return;
        }
        assertEquals("bytes_per_token_v2", entry.charge().estimateMethod());
        // A search raises the input behind the end that was seen; what message_start stated never changes.
        assertNotNull(receipt);
        assertTrue(counts.input() <= receipt.billed().input(), () -> receipt + " booked as " + entry);
        assertTrue(receipt.billed().searches() > 0
                || counts.input() == receipt.billed().input());
        assertEquals(receipt.billed().cacheWrite1h(), counts.cacheWrite1h());
    }

    private static void assertCutsGrow(byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        long before = 0;
        for (int at = text.indexOf("\n\n"); at >= 0; at = text.indexOf("\n\n", at + 2)) {
            Reading reading = read(body, at + 2);
            assertTrue(reading.outputTextBytes() >= before);
            before = reading.outputTextBytes();
        }
    }

    private static Reading read(byte[] body, int length) {
        HttpHeaders headers = new DefaultHttpHeaders().set("content-type", "text/event-stream");
        ResponseTap tap = ResponseTap.of(200, headers, Settings.defaults().metering());
        ByteBuf buffer = Unpooled.wrappedBuffer(body);
        tap.body(buffer, 0, length);
        return tap.reading();
    }

    private static long output(Reading reading) {
        Usage usage = reading.usage();
        TokenCounts tokens = usage == null ? TokenCounts.NONE : usage.tokens();
        Long output = tokens.outputTokens();
        return output == null ? 0 : output;
    }

    private static byte[] stream(URI base, int number) throws Exception {
        String body =
                "{\"model\":\"claude-opus-5-5\",\"max_tokens\":400,\"stream\":true,\"messages\":[{\"role\":\"user\","
                        + "\"content\":\"question " + number + "\"}]}";
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/v1/messages"))
                .header("x-api-key", "sk-ant-api03-load")
                .header("anthropic-version", "2023-06-01")
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }

    private static boolean aborted(StoredEntry stored) {
        return stored.entry().closing().outcome() == Outcome.FAILED_DOWNSTREAM_ABORTED;
    }

    /** Whether the request reached the upstream; some clients are gone before a connection to it is made. */
    private static boolean sent(StoredEntry stored) {
        return stored.entry().closing().bytesIn() > 0;
    }

    private static void assertClean(Stack stack) {
        Audit audit = stack.reports().verify();
        assertTrue(audit.clean(), audit.findings().toString());
    }

    private static SimulatorOptions options() {
        return SimulatorOptions.defaults().seed(SEED).gzip(true).pace(Duration.ofMillis(5), Duration.ofMillis(2));
    }

    /** Sends all requests, reads some of each response and resets. */
    private static void abort(URI base) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        List<Future<?>> running = new ArrayList<>();
        for (int first = 0; first < CLIENTS; first++) {
            int start = first;
            running.add(threads.submit(() -> {
                for (int number = start; number < EXCHANGES; number += CLIENTS) {
                    abort(base, number);
                }
                return null;
            }));
        }
        for (Future<?> client : running) {
            client.get();
        }
        threads.shutdown();
    }

    private static void abort(URI base, int number) throws IOException {
        SplittableRandom random = new SplittableRandom(SEED + number);
        String model = number % 2 == 0 ? "claude-opus-5-5" : "claude-haiku-4-5";
        String body = "{\"model\":\"" + model + "\",\"max_tokens\":300,\"stream\":" + (number % 4 != 0)
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"question " + number + "\"}]}";
        String head =
                "POST /v1/messages HTTP/1.1\r\nHost: proxy\r\nConnection: close\r\nx-api-key: sk-ant-api03-load\r\n"
                        + "anthropic-version: 2023-06-01\r\ncontent-type: application/json\r\nContent-Length: "
                        + body.length() + "\r\n\r\n";
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoLinger(true, 0);
            socket.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
            // A byte of the response says that the request has arrived; some clients don't wait for it.
            int wanted = number % 8 == 0 ? 0 : 1 + random.nextInt(READ_MAX);
            assertTrue(socket.getInputStream().readNBytes(wanted).length <= wanted);
        }
    }
}
