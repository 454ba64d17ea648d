package dev.reckoner.simulator;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** Undoes the content-encoding of a request body, with the vendor's refusals (api-facts §2.2). */
final class BodyDecoder {
    private BodyDecoder() {}

    static byte[] decode(Ask ask, int bytesMax) {
        String coding = ask.headers().get("content-encoding", "identity").toLowerCase(Locale.ROOT);
        if (coding.equals("identity") || coding.isBlank()) {
            return ask.body();
        }
        if (!coding.equals("gzip") && !coding.equals("deflate")) {
            throw new Problem(
                    400,
                    "invalid_request_error",
                    "Request body encoding is not supported",
                    "request_body_encoding_unsupported");
        }
        try (InputStream in = open(coding, new ByteArrayInputStream(ask.body()))) {
            byte[] plain = in.readNBytes(bytesMax + 1);
            if (plain.length > bytesMax) {
                throw new Problem(
                        413,
                        "request_too_large",
                        "Request body is too large after decoding",
                        "request_body_too_large_after_decoding");
            }
            return plain;
        } catch (IOException e) {
            throw new Problem(
                    400,
                    "invalid_request_error",
                    "Request body does not match its encoding",
                    "request_body_encoding_invalid");
        }
    }

    private static InputStream open(String coding, InputStream in) throws IOException {
        return coding.equals("gzip") ? new GZIPInputStream(in) : new InflaterInputStream(in);
    }
}
