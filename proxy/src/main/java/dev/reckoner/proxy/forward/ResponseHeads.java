package dev.reckoner.proxy.forward;

import dev.reckoner.proxy.wire.HeadDecoder;
import dev.reckoner.proxy.wire.HeadGrammar;
import dev.reckoner.proxy.wire.HeadLimits;
import dev.reckoner.proxy.wire.HopByHop;
import dev.reckoner.proxy.wire.HttpFault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Parses one whole response head at a time, as strictly as a request's: what two readers could understand differently
 * is refused, because the next response on the connection would go to the wrong client (RFC 9112 §6.3).
 *
 * <p>One per upstream connection, confined to its event loop.
 */
final class ResponseHeads {

    private static final int LENGTH_DIGITS_MAX = 18;
    private static final byte[] VERSION = "HTTP/1.".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION_LENGTH = "HTTP/1.1".length();
    private static final int STATUS_END = VERSION_LENGTH + 4;

    private final HeadDecoder<HttpResponse> decoder;

    ResponseHeads(HeadLimits limits) {
        decoder = HeadDecoder.ofResponses(limits);
    }

    /**
     * Parses a head. The buffer stays the caller's.
     *
     * @param toHead whether the request was HEAD, whose response has no body whatever its head says
     * @throws HttpFault where the head is not valid
     */
    ResponseHead parse(ByteBuf head, boolean toHead) {
        byte[] bytes = ByteBufUtil.getBytes(head);
        int status = status(bytes);
        int reasonEnd = reasonEnd(bytes);
        HeadGrammar.checkFields(bytes, reasonEnd + 2);
        HttpHeaders headers = decode(head).headers();
        boolean current = bytes[VERSION_LENGTH - 1] == '1';
        long length = length(status, toHead, headers, current);
        return new ResponseHead(
                status,
                new String(bytes, STATUS_END, reasonEnd - STATUS_END, StandardCharsets.ISO_8859_1),
                headers,
                length,
                current
                        && length != ResponseHead.UNTIL_CLOSE
                        && !HopByHop.of(headers).names("close"));
    }

    private static int status(byte[] head) {
        boolean version = head.length > STATUS_END
                && Arrays.equals(head, 0, VERSION.length, VERSION, 0, VERSION.length)
                && (head[VERSION.length] == '1' || head[VERSION.length] == '0')
                && head[VERSION_LENGTH] == ' ';
        if (!version) {
            throw HttpFault.malformed("the status line does not begin with HTTP/1.1");
        }
        int status = statusNumber(head);
        if (status < 100 || status == 101 || status > 599 || (head[STATUS_END] != ' ' && head[STATUS_END] != '\r')) {
            throw HttpFault.malformed("the status is not one this proxy can pass on");
        }
        return status;
    }

    private static int statusNumber(byte[] head) {
        int status = 0;
        for (int i = VERSION_LENGTH + 1; i < STATUS_END; i++) {
            if (head[i] < '0' || head[i] > '9') {
                throw HttpFault.malformed("the status is not a number of three digits");
            }
            status = status * 10 + head[i] - '0';
        }
        return status;
    }

    private static int reasonEnd(byte[] head) {
        int i = STATUS_END;
        while ((head[i] >= ' ' && head[i] != 0x7f) || head[i] < 0 || head[i] == '\t') {
            i++;
        }
        if (head[i] != '\r' || head[i + 1] != '\n') {
            throw HttpFault.malformed("the status line holds a control character");
        }
        return i;
    }

    private static long length(int status, boolean toHead, HttpHeaders headers, boolean current) {
        List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        List<String> lengths = headers.getAll(HttpHeaderNames.CONTENT_LENGTH);
        if (!codings.isEmpty()) {
            expectChunkedAlone(codings, lengths, current);
        }
        long stated = lengths.isEmpty() ? ResponseHead.UNTIL_CLOSE : length(lengths);
        if (toHead || status < 200 || status == 204 || status == 304) {
            return 0;
        }
        return codings.isEmpty() ? stated : ResponseHead.CHUNKED;
    }

    private static void expectChunkedAlone(List<String> codings, List<String> lengths, boolean current) {
        if (!lengths.isEmpty()) {
            throw HttpFault.malformed("the head has both Content-Length and Transfer-Encoding");
        }
        if (!current || codings.size() != 1 || !"chunked".equalsIgnoreCase(codings.get(0))) {
            throw HttpFault.malformed("the Transfer-Encoding is not chunked alone");
        }
    }

    private static long length(List<String> lengths) {
        String length = lengths.get(0);
        boolean digits = !length.isEmpty() && length.length() <= LENGTH_DIGITS_MAX;
        for (int i = 0; i < length.length(); i++) {
            digits &= length.charAt(i) >= '0' && length.charAt(i) <= '9';
        }
        if (!digits || lengths.size() != 1) {
            throw HttpFault.malformed("the Content-Length is not one decimal number");
        }
        return Long.parseLong(length);
    }

    private HttpResponse decode(ByteBuf head) {
        HttpResponse response = decoder.decode(head);
        if (response == null) {
            throw HttpFault.malformed("the head is not valid HTTP/1.1");
        }
        return response;
    }
}
