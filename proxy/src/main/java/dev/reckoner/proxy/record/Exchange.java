package dev.reckoner.proxy.record;

import dev.reckoner.ledger.Books;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.Opening;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.Reading;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.concurrent.EventExecutor;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The facts of one exchange on their way to the books: one opening, any number of notes, one entry (P2, P3). A failure
 * of the books is logged and otherwise counts as done (P8). Event loop only.
 */
public final class Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final ExchangeId id;
    private final Books books;
    private final EventExecutor loop;
    private final Shared shared;
    private final Supplier<Opening> opening;

    private @Nullable Landing opened;
    private boolean finished;
    private int status;
    private @Nullable Instant firstByteAt;
    private @Nullable String requestId;
    private @Nullable String organizationId;
    private @Nullable String workspaceId;
    private @Nullable String rateLimits;
    private long bytesIn;
    private long bytesOut;

    /**
     * An exchange that nothing is booked of yet.
     *
     * @param opening the opening as far as known, asked again for every frame
     */
    Exchange(ExchangeId id, Books books, EventExecutor loop, Shared shared, Supplier<Opening> opening) {
        this.id = id;
        this.books = books;
        this.loop = loop;
        this.shared = shared;
        this.opening = opening;
    }

    /** Our own id. */
    public ExchangeId id() {
        return id;
    }

    /** Books the opening, at the first call. */
    public void open() {
        if (opened == null) {
            Landing landing = new Landing(loop, shared.warnings());
            opened = landing;
            hand(landing, done -> books.open(opening.get(), done));
        }
    }

    /** Goes on once the opening is on disk; books it before where that has not happened. */
    public void whenOpened(Runnable then) {
        open();
        Landing landing = opened;
        if (landing != null) {
            landing.then(then);
        }
    }

    /** Notes what is known so far; nobody waits. */
    public void note(Reading reading) {
        hand(Books.Done.NOTHING, done -> books.note(closing(Outcome.FAILED_LOCAL_INTERRUPTED, null, reading), done));
    }

    /** Notes what is known so far and goes on once it is on disk. */
    public void note(Reading reading, Runnable then) {
        Landing landing = new Landing(loop, shared.warnings());
        hand(landing, done -> books.note(closing(Outcome.FAILED_LOCAL_INTERRUPTED, null, reading), done));
        landing.then(then);
    }

    /** Books the terminal event and goes on once the entry is on disk. Only the first call does anything. */
    public void finish(Outcome outcome, @Nullable String detail, Reading reading, Runnable then) {
        if (finished) {
            return;
        }
        open();
        finished = true;
        shared.finished().increment();
        LOG.debug("Exchange {}: {} status {} {}", id, outcome, status, detail == null ? "" : detail);
        Landing landing = new Landing(loop, shared.warnings());
        hand(landing, done -> books.close(closing(outcome, detail, reading), done));
        landing.then(then);
    }

    /** The opening as far as known. */
    public Opening opening() {
        return opening.get();
    }

    /** Books the entry of something else that this exchange brought. */
    void book(Closing closing, Books.Done done) {
        hand(done, landed -> books.close(closing, landed));
    }

    /** Whether it is booked at all. */
    public boolean booked() {
        return books != Books.NONE;
    }

    /** Runs something on the exchange's event loop, soon. */
    void onLoop(Runnable action) {
        try {
            loop.execute(action);
        } catch (RejectedExecutionException e) {
            LOG.debug("Exchange {}: its event loop has ended", id, e);
        }
    }

    /** The instant, by the clock of the books. */
    public Instant now() {
        return shared.clock().instant();
    }

    int status() {
        return status;
    }

    @Nullable
    String organizationId() {
        return organizationId;
    }

    @Nullable
    String workspaceId() {
        return workspaceId;
    }

    /** The final status and what the vendor's response head says about itself. */
    public void responded(int status, HttpHeaders headers) {
        this.status = status;
        requestId = headers.get("request-id");
        organizationId = headers.get("anthropic-organization-id");
        workspaceId = headers.get("anthropic-workspace-id");
        rateLimits = RateLimitHeaders.of(status, headers);
    }

    /** The status of an answer of our own. */
    public void answered(int status) {
        this.status = status;
    }

    /** A response byte was passed on. */
    public void byteOut() {
        if (firstByteAt == null) {
            firstByteAt = shared.clock().instant();
        }
    }

    /** Bytes of the request body passed upstream so far. */
    public void bytesIn(long bytes) {
        bytesIn = bytes;
    }

    /** Bytes of the response body passed to the client so far. */
    public void bytesOut(long bytes) {
        bytesOut = bytes;
    }

    private Closing closing(Outcome outcome, @Nullable String detail, Reading reading) {
        return new Closing(
                opening.get(),
                shared.clock().instant(),
                firstByteAt,
                status,
                outcome,
                detail,
                requestId,
                organizationId,
                workspaceId,
                bytesIn,
                bytesOut,
                reading,
                rateLimits);
    }

    /** P8: whatever the books do wrong, the exchange goes on. */
    private void hand(Books.Done done, Consumer<Books.Done> frame) {
        try {
            frame.accept(done);
        } catch (RuntimeException e) {
            if (shared.warnings().now()) {
                LOG.warn("Exchange {}: the books threw", id, e);
            }
            done.done(e);
        }
    }
}
