package dev.reckoner.proxy.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is left of Accept-Encoding: only what a copy can be read of, as it was written. */
final class AcceptEncodingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip, deflate | gzip, deflate",
                "gzip,deflate | gzip,deflate",
                "gzip, deflate, br | gzip, deflate",
                "br, gzip | gzip",
                "br;q=1.0, gzip;q=0.8, *;q=0.1 | gzip;q=0.8",
                "GZip ; q=0.5, zstd, Identity;q=0 | GZip ; q=0.5, Identity;q=0",
                "br | identity",
                "* | identity",
                "identity | identity",
                "'' | identity"
            })
    void field_isCutDown(String came, String goes) {
        assertEquals(List.of(goes), AcceptEncoding.readable(fields(came)));
    }

    @Test
    void absent_staysAbsent() {
        assertEquals(List.of(), AcceptEncoding.readable(fields()));
    }

    @Test
    void severalFields_areCutOneByOne() {
        assertEquals(List.of("gzip", ""), AcceptEncoding.readable(fields("gzip", "br")));
        assertEquals(List.of("", "identity"), AcceptEncoding.readable(fields("br", "zstd")));
    }

    private static HttpHeaders fields(String... values) {
        HttpHeaders headers = new DefaultHttpHeaders();
        for (String value : values) {
            headers.add("Accept-Encoding", value);
        }
        return headers;
    }
}
