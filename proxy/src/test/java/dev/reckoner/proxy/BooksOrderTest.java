package dev.reckoner.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.Usage;
import dev.reckoner.proxy.RecordingBooks.Kind;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Durable before done (P3): with books that let nothing land until told, what the client gets and when. */
final class BooksOrderTest {

    private static final String STREAM_HEAD =
            "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";

    private static final String START = Wire.chunk("""
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"m",\
            "content":[],"stop_reason":null,"usage":{"input_tokens":11,"output_tokens":1}}}

            """);

    private static final String STOP = Wire.chunk("""
            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":7}}

            event: message_stop
            data: {"type":"message_stop"}

            """);

    @Test
    void json_noByteBeforeTheOpening_noLastByteBeforeTheEntry() throws Exception {
        RecordingBooks books = new RecordingBooks().hold();
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Wire.ok("{}"));
                ProxyHarness proxy = ProxyHarness.before(upstream.url(), books);
                RawClient client = proxy.client()) {
            client.send(Wire.post("{}"));
            RecordingBooks.Frame opening = books.next();
            RecordingBooks.Frame entry = books.next();
            assertEquals(Kind.OPENING, opening.kind());
            assertEquals(Kind.ENTRY, entry.kind());
            assertEquals(0, client.available());
            opening.done().done(null);
            entry.done().done(null);
            assertEquals(Wire.ok("{}"), client.response());
        }
    }

    @Test
    void stream_headWaitsForTheOpening() throws Exception {
        RecordingBooks books = new RecordingBooks().hold();
        CountDownLatch sent = new CountDownLatch(1);
        CountDownLatch seen = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> {
                    with.request();
                    with.send(STREAM_HEAD + Wire.chunk("event: ping\n\n"));
                    sent.countDown();
                    assertTrue(seen.await(10, TimeUnit.SECONDS));
                    with.send(STOP + "0\r\n\r\n");
                });
                ProxyHarness proxy = ProxyHarness.before(upstream.url(), books);
                RawClient client = proxy.client()) {
            client.send(Wire.post("{}"));
            assertTrue(sent.await(10, TimeUnit.SECONDS));
            assertEquals(0, client.available());
            books.land(Kind.OPENING);
            assertEquals(STREAM_HEAD, client.head());
            client.until("ping\n\n\r\n");
            seen.countDown();
            RecordingBooks.Frame last = books.next();
            assertEquals(Kind.ENTRY, last.kind());
            assertEquals(0, client.available());
            last.done().done(null);
            assertTrue(client.until("0\r\n\r\n").contains("message_stop"));
        }
    }

    @Test
    void stream_messageStop_waitsForANoteWithTheFinalUsage() throws Exception {
        RecordingBooks books = new RecordingBooks().hold();
        CountDownLatch noted = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> {
                    with.request();
                    with.send(STREAM_HEAD + START);
                    assertTrue(noted.await(10, TimeUnit.SECONDS));
                    with.send(STOP);
                    with.head();
                });
                ProxyHarness proxy = ProxyHarness.before(upstream.url(), books);
                RawClient client = proxy.client()) {
            client.send(Wire.post("{}"));
            books.land(Kind.OPENING);
            client.until("}\n\n\r\n");
            assertEquals(Kind.NOTE, books.next().kind());
            assertEquals(11L, usage(books.noted().get(0)).tokens().inputTokens());
            noted.countDown();
            RecordingBooks.Frame note = books.next();
            assertEquals(Kind.NOTE, note.kind());
            assertEquals(7L, usage(books.noted().get(1)).tokens().outputTokens());
            assertTrue(books.noted().get(1).reading().usageFinal());
            assertEquals(0, client.available());
            note.done().done(null);
            assertTrue(client.until("}\n\n\r\n").contains("message_stop"));
            client.reset();
            Closing entry = books.entry();
            assertEquals(Outcome.FAILED_DOWNSTREAM_ABORTED, entry.outcome());
            assertEquals(7L, usage(entry).tokens().outputTokens());
            books.next().done().done(null);
        }
    }

    @Test
    void opening_isBookedWhenTheRequestHasPassed_beforeAnyResponse() throws Exception {
        CountDownLatch opened = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> {
                    with.request();
                    assertTrue(opened.await(10, TimeUnit.SECONDS));
                    with.send(Wire.ok("{}"));
                });
                ProxyHarness proxy = ProxyHarness.before(upstream.url(), new RecordingBooks().hold());
                RawClient client = proxy.client()) {
            client.send(Wire.post("{\"model\":\"claude-x\"}"));
            proxy.books.land(Kind.OPENING);
            assertEquals("claude-x", proxy.books.opened().get(0).asked().model());
            opened.countDown();
            proxy.books.land(Kind.ENTRY);
            client.response();
        }
    }

    @Test
    void interimAndFinalHead_waitForOneOpening() throws Exception {
        CountDownLatch sent = new CountDownLatch(1);
        CountDownLatch seen = new CountDownLatch(1);
        String interim = "HTTP/1.1 103 Early Hints\r\n\r\n";
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> {
                    with.request();
                    with.send(interim + STREAM_HEAD + Wire.chunk("event: ping\n\n"));
                    sent.countDown();
                    assertTrue(seen.await(10, TimeUnit.SECONDS));
                    with.send("0\r\n\r\n");
                });
                ProxyHarness proxy = ProxyHarness.before(upstream.url(), new RecordingBooks().hold());
                RawClient client = proxy.client()) {
            client.send(Wire.post("{}"));
            assertTrue(sent.await(10, TimeUnit.SECONDS));
            assertEquals(0, client.available());
            proxy.books.land(Kind.OPENING);
            assertEquals(interim + STREAM_HEAD, client.head() + client.head());
            client.until("ping\n\n\r\n");
            seen.countDown();
            proxy.books.land(Kind.ENTRY);
            client.until("0\r\n\r\n");
        }
    }

    @Test
    void books_thatFail_breakNoResponse() throws Exception {
        RecordingBooks books = new RecordingBooks().failing(new IOException("disk full"));
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Wire.ok("{}"));
                ProxyHarness proxy = ProxyHarness.before(upstream.url(), books);
                RawClient client = proxy.client()) {
            assertEquals(Wire.ok("{}"), client.send(Wire.post("{}")).response());
        }
    }

    @Test
    void books_thatThrow_breakNoResponse() throws Exception {
        RecordingBooks books = new RecordingBooks().throwing();
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Wire.ok("{}"));
                ProxyHarness proxy = ProxyHarness.before(upstream.url(), books);
                RawClient client = proxy.client()) {
            assertEquals(Wire.ok("{}"), client.send(Wire.post("{}")).response());
        }
    }

    @Test
    void books_notAccepting_refuseInTheVendorsForm() throws Exception {
        RecordingBooks books = new RecordingBooks().refuse();
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Wire.ok("{}"));
                ProxyHarness proxy = ProxyHarness.before(upstream.url(), books);
                RawClient client = proxy.client()) {
            String answer = client.send(Wire.post("{}")).all();
            assertTrue(answer.startsWith("HTTP/1.1 529 "), answer);
            assertTrue(answer.contains("\"type\":\"overloaded_error\""), answer);
            Closing entry = books.entry();
            assertEquals(Outcome.FAILED_LOCAL_JOURNAL, entry.outcome());
            assertEquals(529, entry.status());
            assertEquals(0, upstream.connections());
        }
    }

    @Test
    void books_notAccepting_serveUnmeteredWhereConfigured() throws Exception {
        RecordingBooks books = new RecordingBooks().refuse();
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Wire.ok("{}"));
                ProxyHarness proxy = ProxyHarness.before(upstream.url(), books, ProxyHarness::unmetered);
                RawClient client = proxy.client()) {
            assertEquals(Wire.ok("{}"), client.send(Wire.post("{}")).response());
            assertEquals(0, books.closed().size());
        }
    }

    private static Usage usage(Closing closing) {
        return Objects.requireNonNull(closing.reading().usage());
    }
}
