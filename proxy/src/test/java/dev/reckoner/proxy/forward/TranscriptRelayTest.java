package dev.reckoner.proxy.forward;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.Settings;
import dev.reckoner.ledger.Asked;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.Batches;
import dev.reckoner.ledger.Books;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.ExchangeIds;
import dev.reckoner.ledger.Opening;
import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.Route;
import dev.reckoner.proxy.record.Exchange;
import dev.reckoner.proxy.record.Recorder;
import dev.reckoner.proxy.tap.Transcripts;
import dev.reckoner.proxy.tap.Transcripts.Transcript;
import dev.reckoner.proxy.wire.HeadLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every transcript through the response side: whole, split at every index, byte by byte; bytes out equal bytes in.
 *
 * <p>The splits take buffers without leak tracking, which would cost a stack trace for each of some million touches; the
 * whole and the dribbled run are tracked.
 */
final class TranscriptRelayTest {

    private static final HeadLimits LIMITS = new HeadLimits(8192, 65536, 100);
    private static final Tapping TAPPING = new Tapping(Route.MESSAGES, Settings.defaults(), null);
    private static final Recorder RECORDER = new Recorder(
            Books.NONE,
            Batches.NONE,
            Settings.JournalUnwritable.REFUSE,
            new ExchangeIds(Clock.systemUTC()),
            Clock.systemUTC());
    private static final ByteBufAllocator TRACKED = new UnpooledByteBufAllocator(false);
    private static final ByteBufAllocator UNTRACKED = new UnpooledByteBufAllocator(false, true);

    static List<Transcript> transcripts() {
        return Transcripts.all();
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void transcript_howeverSplit_passesUnchangedWithTheSameReading(Transcript transcript) throws Exception {
        EmbeddedChannel downstream = new EmbeddedChannel();
        byte[] response = response(transcript);
        downstream.config().setAllocator(TRACKED);
        Relayed whole = relay(downstream, response, new int[0]);
        assertArrayEquals(response, whole.bytes);
        downstream.config().setAllocator(UNTRACKED);
        for (int i = 1; i < response.length; i++) {
            Relayed split = relay(downstream, response, new int[] {i});
            assertArrayEquals(response, split.bytes, "split at " + i);
            assertEquals(whole.reading, split.reading, "split at " + i);
        }
        int[] everywhere = new int[response.length - 1];
        for (int i = 0; i < everywhere.length; i++) {
            everywhere[i] = i + 1;
        }
        downstream.config().setAllocator(TRACKED);
        Relayed dribbled = relay(downstream, response, everywhere);
        assertArrayEquals(response, dribbled.bytes);
        assertEquals(whole.reading, dribbled.reading);
        downstream.finishAndReleaseAll();
    }

    private static final class Relayed {
        byte[] bytes = new byte[0];

        @Nullable
        Reading reading;
    }

    /** Streams chunked at each empty line, other bodies with their length. */
    private static byte[] response(Transcript transcript) throws Exception {
        boolean stream = transcript.contentType().startsWith("text/event-stream");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] body = transcript.body();
        out.write(("HTTP/1.1 " + transcript.status() + " Some Reason\r\nContent-Type: " + transcript.contentType()
                        + "\r\n" + (stream ? "transfer-encoding: chunked" : "content-length: " + body.length)
                        + "\r\nRequest-ID: req_x\r\n\r\n")
                .getBytes(ISO_8859_1));
        if (!stream) {
            out.write(body);
            return out.toByteArray();
        }
        for (String event : new String(body, ISO_8859_1).split("(?<=\n\n)", -1)) {
            if (!event.isEmpty()) {
                out.write((Integer.toHexString(event.length()) + "\r\n" + event + "\r\n").getBytes(ISO_8859_1));
            }
        }
        out.write("0\r\n\r\n".getBytes(ISO_8859_1));
        return out.toByteArray();
    }

    private static Relayed relay(EmbeddedChannel downstream, byte[] response, int[] splits) {
        Relayed relayed = new Relayed();
        Exchange exchange = RECORDER.begin(downstream.eventLoop(), TranscriptRelayTest::opening);
        List<ByteBuf> last = new ArrayList<>(1);
        ResponseSide side = new ResponseSide(owner(last), exchange, downstream, LIMITS, false, TAPPING);
        ResponseHeads heads = new ResponseHeads(LIMITS);
        int from = 0;
        for (int i = 0; i <= splits.length; i++) {
            int to = i < splits.length ? splits[i] : response.length;
            side.read(downstream.alloc().buffer().writeBytes(response, from, to - from), heads);
            side.flush();
            from = to;
        }
        assertEquals(1, last.size());
        side.gate().pass(last.get(0));
        side.flush();
        relayed.reading = side.end();
        side.close();
        relayed.bytes = drain(downstream);
        return relayed;
    }

    private static byte[] drain(EmbeddedChannel channel) {
        ByteBuf all = UNTRACKED.buffer();
        for (ByteBuf piece = channel.readOutbound(); piece != null; piece = channel.readOutbound()) {
            all.writeBytes(piece);
            piece.release();
        }
        byte[] bytes = new byte[all.readableBytes()];
        all.readBytes(bytes);
        all.release();
        return bytes;
    }

    private static ResponseSide.Owner owner(List<ByteBuf> last) {
        return new ResponseSide.Owner() {
            @Override
            public boolean staysOpen() {
                return true;
            }

            @Override
            public Map<String, String> added() {
                return Map.of();
            }

            @Override
            public void interim() {
                throw new AssertionError("no interim response was sent");
            }

            @Override
            public void room() {}

            @Override
            public void whole(ByteBuf piece, boolean upstreamReusable) {
                assertTrue(upstreamReusable);
                last.add(piece);
            }
        };
    }

    private static Opening opening(ExchangeId id) {
        return new Opening(
                id, Instant.EPOCH, Route.MESSAGES, "POST", "/v1/messages", Attribution.NONE, Asked.NOTHING, null);
    }
}
