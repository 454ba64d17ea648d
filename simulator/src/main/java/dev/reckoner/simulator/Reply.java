package dev.reckoner.simulator;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One whole answer, decided before its first byte leaves.
 *
 * @param headers all but those of framing and connection
 * @param pieces the body in the pieces that leave one by one; their bytes are not framed yet
 * @param sized whether the length is stated up front; a stream is chunked
 * @param message what was generated, null where nothing was
 * @param firstPause before the first byte
 */
record Reply(
        int status,
        HttpHeaders headers,
        List<Piece> pieces,
        boolean sized,
        boolean stream,
        @Nullable Message message,
        Fault fault,
        Duration firstPause) {

    /**
     * A part of the body.
     *
     * @param stated the counts that are stated once it has left, null where it has no usage
     * @param last whether these counts are the final ones
     * @param pause before it leaves
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Piece(byte[] bytes, @Nullable Counts stated, boolean last, Duration pause) {

        static Piece of(byte[] bytes) {
            return new Piece(bytes, null, false, Duration.ZERO);
        }

        Piece with(byte[] encoded) {
            return new Piece(encoded, stated, last, pause);
        }
    }

    static HttpHeaders headers(String contentType) {
        return new DefaultHttpHeaders().set("content-type", contentType);
    }

    static Reply plain(int status, String contentType, byte[] body, Fault fault) {
        Duration delay =
                fault.has(Fault.Kind.DELAY_MS) ? Duration.ofMillis(fault.number(Fault.Kind.DELAY_MS)) : Duration.ZERO;
        return new Reply(status, headers(contentType), List.of(Piece.of(body)), true, false, null, fault, delay);
    }
}
