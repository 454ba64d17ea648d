package dev.reckoner.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.BatchItem;
import dev.reckoner.ledger.BatchRecord;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.Route;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Batches through the proxy: their creator is remembered, their items are booked to the creator as they pass. */
final class BatchesTest {

    private static final String RESULTS = "/v1/messages/batches/msgbatch_1/results";
    private static final String KEY = "x-api-key: sk-ant-api03-" + "a".repeat(40) + "\r\n";
    private static final String OTHER_KEY = "x-api-key: sk-ant-api03-" + "b".repeat(40) + "\r\n";
    private static final String STATE =
            "{\"id\":\"msgbatch_1\",\"type\":\"message_batch\",\"processing_status\":\"%s\","
                    + "\"created_at\":\"2026-11-21T12:00:00Z\",\"ended_at\":%s,\"expires_at\":\"2026-11-22T12:00:00Z\"}";
    private static final String OPEN = STATE.replace("%s\",", "in_progress\",").replace("%s", "null");
    private static final String ENDED = STATE.replace("%s\",", "ended\",").replace("%s", "\"2026-11-21T12:05:00Z\"");
    private static final int LINES_WAITING_MAX = 1_024;
    private static final long LARGE = 256L << 20;

    @Test
    void items_downloadedByAnother_areBookedToTheCreator() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> {
                    with.request();
                    with.send(Wire.ok(OPEN));
                    with.request();
                    with.send(Wire.ok(ENDED));
                    with.request();
                    with.send(Wire.ok(line(1) + canceled(2)));
                    with.head();
                });
                ProxyHarness proxy = ProxyHarness.before(upstream.url());
                RawClient client = proxy.client()) {
            client.send("POST /u/ada/v1/messages/batches HTTP/1.1\r\nHost: p\r\n" + KEY
                    + "x-reckoner-tag: nightly\r\nContent-Length: 2\r\n\r\n{}");
            assertEquals(Wire.ok(OPEN), client.response());
            Closing creation = proxy.books.entry();
            assertEquals(Route.BATCHES, creation.opening().route());
            BatchRecord known = proxy.batches.find("msgbatch_1");
            assertNotNull(known);
            assertEquals(creation.opening().id(), known.createdBy());
            assertEquals(creation.opening().attribution(), known.creator());

            client.send(get("/v1/messages/batches/msgbatch_1", OTHER_KEY)).response();
            assertEquals(Route.BATCH_STATUS, proxy.books.entry().opening().route());

            client.send(get("/u/grace" + RESULTS, OTHER_KEY)).response();
            Closing first = proxy.books.entry();
            Closing second = proxy.books.entry();
            Closing download = proxy.books.entry();

            assertEquals(new BatchItem("msgbatch_1", "item-1"), first.opening().item());
            assertEquals(
                    new BatchItem("msgbatch_1", "item-1").id(), first.opening().id());
            assertEquals(Route.BATCH_ITEM, first.opening().route());
            assertEquals(creation.opening().attribution(), first.opening().attribution());
            assertEquals(Instant.parse("2026-11-21T12:00:00Z"), first.opening().startedAt());
            assertEquals(Instant.parse("2026-11-21T12:05:00Z"), first.endedAt());
            assertEquals(Outcome.OK_UPSTREAM_COMPLETE, first.outcome());
            assertEquals("msg_1", first.reading().messageId());
            assertNull(first.requestId(), "it is the download's");
            assertEquals(Outcome.FAILED_UPSTREAM_ITEM_CANCELED, second.outcome());
            assertEquals(Route.BATCH_RESULTS, download.opening().route());
            assertEquals(user("grace"), download.opening().attribution().user());
            await(() -> proxy.batches.collected().equals(List.of("msgbatch_1")));
        }
    }

    @Test
    void items_ofAnUnknownBatch_haveTheKeyThatCouldReadThem_andNobodyElse() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Wire.ok(line(1)));
                ProxyHarness proxy = ProxyHarness.before(upstream.url());
                RawClient client = proxy.client()) {
            client.send(get("/u/grace" + RESULTS, OTHER_KEY)).response();
            Closing item = proxy.books.entry();
            Closing download = proxy.books.entry();

            Attribution attribution = item.opening().attribution();
            assertNull(attribution.user());
            assertEquals(download.opening().attribution().key(), attribution.key());
            assertFalse(attribution.key().hint().isEmpty());
        }
    }

    @Test
    void items_downloadedTwice_haveTheSameIds() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Wire.ok(line(1)));
                ProxyHarness proxy = ProxyHarness.before(upstream.url());
                RawClient client = proxy.client()) {
            client.send(get(RESULTS, KEY)).response();
            client.send(get(RESULTS, OTHER_KEY)).response();
            Closing first = proxy.books.entry();
            proxy.books.entry();
            Closing again = proxy.books.entry();
            assertEquals(first.opening().id(), again.opening().id());
        }
    }

    @Test
    void results_compressed_areBookedAndPassUntouched() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write((line(1) + line(2)).getBytes(StandardCharsets.UTF_8));
        }
        String response = "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: " + bytes.size() + "\r\n\r\n"
                + bytes.toString(StandardCharsets.ISO_8859_1);
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(response);
                ProxyHarness proxy = ProxyHarness.before(upstream.url());
                RawClient client = proxy.client()) {
            assertEquals(response, client.send(get(RESULTS, KEY)).response());
            assertEquals("msg_1", proxy.books.entry().reading().messageId());
            assertEquals("msg_2", proxy.books.entry().reading().messageId());
        }
    }

    @Test
    void results_lastPiece_waitsUntilTheLinesAreOnDisk() throws Exception {
        RecordingBooks books = new RecordingBooks().hold();
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Wire.ok(line(1)));
                ProxyHarness proxy = ProxyHarness.before(upstream.url(), books);
                RawClient client = proxy.client()) {
            client.send(get(RESULTS, KEY));
            books.land(RecordingBooks.Kind.OPENING);
            RecordingBooks.Frame item = books.next();
            RecordingBooks.Frame entry = books.next();
            assertEquals(0, client.available());
            assertEquals(List.of(), proxy.batches.collected());
            item.done().done(null);
            assertEquals(0, client.available());
            entry.done().done(null);
            assertEquals(Wire.ok(line(1)), client.response());
            await(() -> proxy.batches.collected().equals(List.of("msgbatch_1")));
        }
    }

    @Test
    void results_whoseLinesCouldNotBeBooked_arriveAndStayUncollected() throws Exception {
        RecordingBooks books = new RecordingBooks().failing(new IOException("the disk is full"));
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Wire.ok(line(1)));
                ProxyHarness proxy = ProxyHarness.before(upstream.url(), books);
                RawClient client = proxy.client()) {
            assertEquals(Wire.ok(line(1)), client.send(get(RESULTS, KEY)).response());
            books.entry();
            books.entry();
            assertEquals(List.of(), proxy.batches.collected());
        }
    }

    @Test
    void results_cutShort_bookWhatPassed_andStayUncollected() throws Exception {
        String head = "HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n";
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> {
                    with.request();
                    with.send(head + line(1) + line(2).substring(0, 40));
                });
                ProxyHarness proxy = ProxyHarness.before(upstream.url());
                RawClient client = proxy.client()) {
            client.send(get(RESULTS, KEY)).all();
            assertEquals("msg_1", proxy.books.entry().reading().messageId());
            assertEquals(Outcome.FAILED_UPSTREAM_SHORT, proxy.books.entry().outcome());
            assertEquals(List.of(), proxy.batches.collected());
        }
    }

    @Test
    void results_notThere_bookNothingButTheExchange() throws Exception {
        String error = "HTTP/1.1 404 Not Found\r\ncontent-length: 2\r\n\r\n{}";
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(error);
                ProxyHarness proxy = ProxyHarness.before(upstream.url());
                RawClient client = proxy.client()) {
            assertEquals(error, client.send(get(RESULTS, KEY)).response());
            assertEquals(Outcome.FAILED_UPSTREAM_STATUS, proxy.books.entry().outcome());
            assertEquals(List.of(), proxy.batches.collected());
        }
    }

    @Test
    void results_whileTheDiskIsSlow_areReadNoFurtherThanALimit() throws Exception {
        int lines = 200_000;
        AtomicLong sent = new AtomicLong();
        RecordingBooks books = new RecordingBooks().hold();
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> {
                    with.request();
                    OutputStream out = with.socket().getOutputStream();
                    out.write("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    for (int i = 0; i < lines; i += 100) {
                        StringBuilder some = new StringBuilder();
                        for (int j = i; j < i + 100; j++) {
                            some.append(canceled(j));
                        }
                        out.write(some.toString().getBytes(StandardCharsets.US_ASCII));
                        sent.addAndGet(100);
                    }
                });
                ProxyHarness proxy = ProxyHarness.before(upstream.url(), books);
                RawClient client = proxy.client()) {
            client.send(get(RESULTS, KEY));
            books.land(RecordingBooks.Kind.OPENING);
            Thread reader = new Thread(() -> swallow(client.in()), "reader");
            reader.start();

            awaitStill(() -> books.closed().size());
            int read = books.closed().size();
            assertTrue(read >= LINES_WAITING_MAX, "read " + read);
            assertTrue(read < lines / 10, "read " + read + " lines that are not on disk");

            for (int i = 0; i < lines + 1; i++) {
                books.next().done().done(null);
            }
            reader.join(TimeUnit.SECONDS.toMillis(30));
            assertFalse(reader.isAlive());
            assertEquals(lines, sent.get());
            assertEquals(lines + 1, books.closed().size());
        }
    }

    /** The books only count, so that what grows is the proxy's. */
    @Test
    @Tag("full")
    void results_ofTheLargestSize_passInFlatMemory() throws Exception {
        RecordingBooks books = new RecordingBooks().forget();
        AtomicLong sent = new AtomicLong();
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> {
                    with.request();
                    OutputStream out = with.socket().getOutputStream();
                    out.write("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    for (int i = 0; sent.get() < LARGE; i++) {
                        byte[] next = line(i).getBytes(StandardCharsets.US_ASCII);
                        out.write(next);
                        sent.addAndGet(next.length);
                    }
                });
                ProxyHarness proxy = ProxyHarness.before(upstream.url(), books);
                RawClient client = proxy.client()) {
            long before = heap();
            client.send(get(RESULTS, KEY)).head();
            long passed = swallow(client.in());
            assertEquals(sent.get(), passed);
            await(() -> books.forgotten() > LARGE / 4096);
            assertTrue(heap() - before < LARGE / 8, "grew by " + (heap() - before));
        }
    }

    private static String line(int number) {
        return "{\"custom_id\":\"item-" + number + "\",\"result\":{\"type\":\"succeeded\",\"message\":{\"id\":\"msg_"
                + number + "\",\"type\":\"message\",\"model\":\"claude-opus-5-5\",\"content\":[{\"type\":\"text\","
                + "\"text\":\"" + "word ".repeat(number % 500) + "\"}],\"stop_reason\":\"end_turn\",\"usage\":"
                + "{\"input_tokens\":10,\"output_tokens\":20,\"service_tier\":\"batch\"}}}}\n";
    }

    private static String canceled(int number) {
        return "{\"custom_id\":\"item-" + number + "\",\"result\":{\"type\":\"canceled\"}}\n";
    }

    private static String get(String path, String headers) {
        return "GET " + path + " HTTP/1.1\r\nHost: p\r\n" + headers + "\r\n";
    }

    private static Attribution.Part user(String name) {
        return new Attribution.Part(name, Attribution.Source.PATH);
    }

    private static long swallow(InputStream in) {
        byte[] piece = new byte[64 * 1024];
        long all = 0;
        try {
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                all += length;
            }
        } catch (IOException e) {
            return -1;
        }
        return all;
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "waited too long");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    /** Waits until something has come and nothing has moved for half a second. */
    private static void awaitStill(IntSupplier moving) {
        int last = 0;
        for (int still = 0; still < 50 || last == 0; still++) {
            if (moving.getAsInt() != last) {
                last = moving.getAsInt();
                still = 0;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
