package dev.reckoner.proxy.tap;

import dev.reckoner.config.Settings;
import dev.reckoner.ledger.Reading;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the usage of a response from a copy of its body as it passes: whole JSON or server-sent events, gzip and
 * deflate decoded aside. One per exchange, confined to its event loop. Never throws, never retains a buffer, never
 * moves its indices, never keeps a body.
 *
 * <p>It is the second guard in front of the response (P8): {@link Decoding} ends a reading that throws, and whatever
 * comes through there, or from a question, ends it here. What was known until then stays, with the fault.
 */
public final class ResponseTap {

    private static final Logger LOG = LoggerFactory.getLogger(ResponseTap.class);

    private static final int REDIRECTS = 300;

    private final int status;
    private final Scanner scanner;
    private final Decoding decoding;
    private @Nullable Reading broken;

    ResponseTap(int status, Scanner scanner, Decoding decoding) {
        this.status = status;
        this.scanner = scanner;
        this.decoding = decoding;
    }

    /** A tap for the body that follows this response head. */
    public static ResponseTap of(int status, HttpHeaders headers, Settings.Metering limits) {
        Scanner scanner = scanner(status, headers.get(HttpHeaderNames.CONTENT_TYPE), limits);
        Decoding decoding = new Decoding(ContentCoding.of(headers), scanner, limits.decodedBytesMax());
        return new ResponseTap(status, scanner, decoding);
    }

    /** A tap for a body that shows a batch, or a page of them. */
    public static ResponseTap ofBatches(
            int status, HttpHeaders headers, Settings.Metering limits, BatchListener listener) {
        Scanner scanner = status < REDIRECTS ? new BatchScanner(listener, limits) : new NoScanner();
        return new ResponseTap(
                status, scanner, new Decoding(ContentCoding.of(headers), scanner, limits.decodedBytesMax()));
    }

    /**
     * A tap for the results of a batch.
     *
     * @param bytesMax how much of them is read, decoded
     */
    public static ResponseTap ofResults(
            int status, HttpHeaders headers, Settings.Metering limits, long bytesMax, BatchListener listener) {
        Scanner scanner = status < REDIRECTS ? new ResultScanner(listener, limits) : new NoScanner();
        return new ResponseTap(status, scanner, new Decoding(ContentCoding.of(headers), scanner, bytesMax));
    }

    /** Sees the next {@code length} bytes of the body, without transfer coding, at the absolute {@code index}. */
    public void body(ByteBuf buffer, int index, int length) {
        if (broken == null) {
            try {
                decoding.body(buffer, index, length);
            } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
                broke(e);
            }
        }
    }

    /** Whether the body is a stream of events. */
    public boolean stream() {
        return scanner instanceof EventScanner;
    }

    /** Whether a stream's message_start has passed, and with it the usage it states. */
    public boolean started() {
        return scanner.started();
    }

    /** Whether a stream's message_stop has passed. */
    public boolean stopped() {
        return scanner.stopped();
    }

    /** What is known so far, for a note or for an exchange that ended early. May be asked any number of times. */
    public Reading reading() {
        if (broken == null) {
            try {
                return known();
            } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
                return broke(e);
            }
        }
        return broken;
    }

    /** What is known now that the body is whole. Bytes after this are passed over. */
    public Reading end() {
        if (broken == null) {
            try {
                decoding.end();
            } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
                broke(e);
            }
        }
        return reading();
    }

    /** Frees the decoder of a compressed body at once instead of at the next collection; what is known stays. */
    public void close() {
        decoding.close();
    }

    private Reading known() {
        MessageFacts facts = scanner.facts();
        String fault = decoding.fault();
        // An error has no usage to miss, and a body that breaks behind its final usage was read well enough.
        if (fault != null && status < REDIRECTS && !facts.usageFinal()) {
            facts.fault(fault);
        }
        return facts.reading();
    }

    /** Nothing is read any more; what is known so far stays, unless asking for it fails too. */
    private Reading broke(Throwable bug) {
        // Without the message: it may quote the body.
        LOG.debug("A response is read no further: {} at {}", bug.getClass().getName(), List.of(bug.getStackTrace()));
        Reading last = Reading.NOTHING;
        try {
            last = known();
            decoding.close();
        } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError again) {
            LOG.debug("What was read of it is lost: {}", again.getClass().getName());
        }
        Reading kept = last.usageFinal() ? last : last.withFault(Decoding.ofOurs(bug));
        broken = kept;
        return kept;
    }

    private static Scanner scanner(int status, @Nullable String contentType, Settings.Metering limits) {
        String type = contentType == null ? "application/json" : mediaType(contentType);
        if (type.equals("text/event-stream")) {
            return new EventScanner(limits);
        }
        return type.equals("application/json") || type.endsWith("+json")
                ? new BodyScanner(status, limits)
                : new NoScanner();
    }

    private static String mediaType(String contentType) {
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return type.strip().toLowerCase(Locale.ROOT);
    }
}
