package dev.reckoner.proxy.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which fields go no further than one hop. */
final class HopByHopTest {

    @ParameterizedTest
    @CsvSource({
        "connection, true",
        "CONNECTION, true",
        "Keep-Alive, true",
        "TE, true",
        "Trailer, true",
        "Upgrade, true",
        "Transfer-Encoding, true",
        "Proxy-Connection, true",
        "proxy-authorization, true",
        "Proxy-Authenticate, true",
        "Content-Length, false",
        "Host, false",
        "Trailers, false",
        "X-Proxy-Thing, false",
        "Proxy, false",
        "Date, false"
    })
    void field_withoutAConnectionField(String name, boolean hop) {
        assertEquals(hop, HopByHop.of(new DefaultHttpHeaders()).holds(name));
    }

    @Test
    void connection_namesMore_inSeveralFieldsAndAnySpelling() {
        HttpHeaders headers = new DefaultHttpHeaders();
        headers.add("Connection", "keep-alive ,, X-One");
        headers.add("connection", "x-two,close");
        HopByHop hopByHop = HopByHop.of(headers);
        assertTrue(hopByHop.holds("x-ONE"));
        assertTrue(hopByHop.holds("X-Two"));
        assertFalse(hopByHop.holds("x-three"));
        assertFalse(hopByHop.holds(""));
        assertTrue(hopByHop.names("Close"));
        assertFalse(HopByHop.of(new DefaultHttpHeaders()).names("close"));
    }
}
