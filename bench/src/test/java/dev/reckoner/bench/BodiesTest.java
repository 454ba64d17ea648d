package dev.reckoner.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.Settings;
import dev.reckoner.ledger.Asked;
import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.TokenCounts;
import dev.reckoner.ledger.Usage;
import dev.reckoner.proxy.tap.RequestTap;
import dev.reckoner.proxy.tap.ResponseTap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is measured is what is said to be measured: the bodies have the sizes and the usage of real ones. */
final class BodiesTest {

    private static final TokenCounts FINAL = new TokenCounts(1_017L, 412L, 248L, 20_480L, 100L, 148L);

    @Test
    void stream_asMade_has100EventsInAbout14500Bytes() {
        assertEquals(Bodies.EVENTS, Bodies.events().size());
        assertEquals(14_500, Bodies.stream().length, 250);
        assertEquals(Bodies.stream().length, Bodies.offsets()[Bodies.EVENTS]);
    }

    @Test
    void stream_throughTheTap_yieldsFinalUsage() {
        Reading reading = read(Bodies.stream(), "text/event-stream");

        assertEquals(FINAL, usage(reading).tokens());
        assertTrue(reading.usageFinal());
        assertEquals(Bodies.MODEL, reading.model());
    }

    @Test
    void message_throughTheTap_yieldsFinalUsage() {
        Reading reading = read(Bodies.message(), "application/json");

        assertEquals(FINAL, usage(reading).tokens());
        assertTrue(reading.usageFinal());
    }

    @Test
    void request_ofAnyLength_asksForTheModel() {
        byte[] body = Bodies.request(true, 1 << 20);
        RequestTap tap =
                RequestTap.of(new DefaultHttpHeaders(), Settings.defaults().metering());
        ByteBuf buffer = Unpooled.wrappedBuffer(body);
        tap.body(buffer, 0, body.length);
        Asked asked = tap.asked(null);

        assertEquals(1 << 20, body.length);
        assertEquals(Bodies.MODEL, asked.model());
        assertEquals(true, asked.stream());
    }

    @Test
    void request_tooShortForItsFields_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> Bodies.request(false, 100));
    }

    private static Reading read(byte[] body, String contentType) {
        HttpHeaders headers = new DefaultHttpHeaders().set("Content-Type", contentType);
        ResponseTap tap = ResponseTap.of(200, headers, Settings.defaults().metering());
        tap.body(Unpooled.wrappedBuffer(body), 0, body.length);
        return tap.end();
    }

    private static Usage usage(Reading reading) {
        return Objects.requireNonNull(reading.usage());
    }
}
