package dev.reckoner.proxy.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The upstream's URL taken apart: where to connect, what to call it, what to put before a path. */
final class OriginTest {

    @ParameterizedTest
    @CsvSource({
        "https://api.example.com, true, api.example.com:443, api.example.com, ''",
        "https://api.example.com/, true, api.example.com:443, api.example.com, ''",
        "HTTPS://api.example.com:443, true, api.example.com:443, api.example.com, ''",
        "https://api.example.com:8443, true, api.example.com:8443, api.example.com:8443, ''",
        "http://localhost, false, localhost:80, localhost, ''",
        "http://localhost:443, false, localhost:443, localhost:443, ''",
        "http://gateway:4000/anthropic, false, gateway:4000, gateway:4000, /anthropic",
        "http://gateway:4000/a%20b/c/, false, gateway:4000, gateway:4000, /a%20b/c",
        "http://[::1]:9000, false, [::1]:9000, [::1]:9000, ''"
    })
    void url_isTakenApart(URI url, boolean tls, String address, String host, String prefix) {
        Origin origin = Origin.of(url);
        assertEquals(tls, origin.tls());
        assertEquals(address, origin.address().toString());
        assertEquals(host, origin.hostField());
        assertEquals(prefix, origin.pathPrefix());
    }
}
