package dev.reckoner.proxy.accept;

import dev.reckoner.proxy.wire.HeadWriter;
import dev.reckoner.proxy.wire.HttpFault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;

/**
 * Our own answers, in the vendor's error form (api-facts §2.4), so that the vendor's SDKs read them as their own. Always
 * the last on their connection. Stateless, any thread.
 */
public final class ErrorResponse {

    /** Status 529, which only the vendor uses. */
    private static final HttpResponseStatus OVERLOADED = new HttpResponseStatus(529, "Overloaded");

    private ErrorResponse() {}

    /**
     * Encodes an answer.
     *
     * @param requestId our exchange id, which finds the entry; empty where there is no exchange
     * @param headOnly whether the request was HEAD, whose answer has no body
     * @return the whole response, owned by the caller
     */
    public static ByteBuf encode(ByteBufAllocator allocator, HttpFault answer, String requestId, boolean headOnly) {
        int status = answer.status();
        byte[] body = body(answer.type(), answer.message(), requestId).getBytes(StandardCharsets.UTF_8);
        ByteBuf out = allocator.ioBuffer(256 + body.length);
        HeadWriter.text(out, "HTTP/1.1 " + (status == 529 ? OVERLOADED : HttpResponseStatus.valueOf(status)));
        HeadWriter.lineEnd(out);
        HeadWriter.field(out, "content-type", "application/json");
        if (!requestId.isEmpty()) {
            HeadWriter.field(out, "request-id", requestId);
        }
        answer.fields().forEach((name, value) -> HeadWriter.field(out, name, value));
        HeadWriter.field(out, "connection", "close");
        HeadWriter.field(out, "content-length", Integer.toString(body.length));
        HeadWriter.lineEnd(out);
        return headOnly ? out : out.writeBytes(body);
    }

    private static String body(String type, String message, String requestId) {
        StringBuilder json = new StringBuilder(128 + message.length());
        json.append("{\"type\":\"error\",\"error\":{\"type\":\"").append(type).append("\",\"message\":\"");
        escape(message, json);
        json.append("\"},\"request_id\":");
        if (requestId.isEmpty()) {
            json.append("null");
        } else {
            json.append('"').append(requestId).append('"');
        }
        return json.append('}').toString();
    }

    private static void escape(String text, StringBuilder json) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || c == 0x7f || Character.isSurrogate(c)) {
                json.append(' ');
            } else {
                json.append(c);
            }
        }
    }
}
