package dev.reckoner.proxy.accept;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reckoner.proxy.wire.HttpFault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;

/** Our own answers to the byte, as the vendor's SDKs will read them. */
final class ErrorResponseTest {

    @Test
    void answer_hasTheVendorsForm() {
        String body =
                "{\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"Gone.\"},\"request_id\":\"id-1\"}";
        assertEquals(
                "HTTP/1.1 502 Bad Gateway\r\ncontent-type: application/json\r\nrequest-id: id-1\r\nconnection: close\r\n"
                        + "content-length: " + body.length() + "\r\n\r\n" + body,
                encode(502, "Gone.", "id-1", false));
    }

    @Test
    void answer_toHead_hasNoBody() {
        assertEquals(
                "HTTP/1.1 529 Overloaded\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: 81\r\n\r\n",
                encode(529, "Busy.", "", true));
    }

    @Test
    void message_isEscaped() {
        String answer = encode(400, "a \"b\" \\ \r\n\u0001 \u00e4 \ud83d", "", false);
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        assertEquals(
                "{\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"a \\\"b\\\" \\\\     \u00e4  \"},"
                        + "\"request_id\":null}",
                body);
        assertEquals("content-length: " + body.getBytes(UTF_8).length, answer.split("\r\n", -1)[3]);
    }

    private static String encode(int status, String message, String id, boolean headOnly) {
        ByteBuf answer = ErrorResponse.encode(
                UnpooledByteBufAllocator.DEFAULT, new HttpFault(status, "api_error", message), id, headOnly);
        try {
            return answer.toString(UTF_8);
        } finally {
            answer.release();
        }
    }
}
