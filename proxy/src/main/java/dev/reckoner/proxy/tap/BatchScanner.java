package dev.reckoner.proxy.tap;

import dev.reckoner.config.Settings;
import dev.reckoner.ledger.BatchState;
import dev.reckoner.proxy.tap.JsonShape.Take;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Reads how batches stand from a whole JSON body: one batch, or a page of them (api-facts §2.1). */
final class BatchScanner implements Scanner {

    private static final int TYPE = 0;
    private static final int ID = 1;
    private static final int STATUS = 2;
    private static final int CREATED_AT = 3;
    private static final int ENDED_AT = 4;
    private static final int EXPIRES_AT = 5;
    private static final int PROCESSING = 6;
    private static final int SUCCEEDED = 7;
    private static final int ERRORED = 8;
    private static final int CANCELED = 9;
    private static final int EXPIRED = 10;
    private static final int PAGE = 11;
    private static final String COUNTS = "request_counts";
    private static final String BATCH = "message_batch";
    private static final JsonShape SHAPE = new JsonShape(12)
            .want(TYPE, Take.TEXT, "type")
            .want(ID, Take.TEXT, "id")
            .want(STATUS, Take.TEXT, "processing_status")
            .want(CREATED_AT, Take.TEXT, "created_at")
            .want(ENDED_AT, Take.TEXT, "ended_at")
            .want(EXPIRES_AT, Take.TEXT, "expires_at")
            .want(PROCESSING, Take.TEXT, COUNTS, "processing")
            .want(SUCCEEDED, Take.TEXT, COUNTS, "succeeded")
            .want(ERRORED, Take.TEXT, COUNTS, "errored")
            .want(CANCELED, Take.TEXT, COUNTS, "canceled")
            .want(EXPIRED, Take.TEXT, COUNTS, "expired")
            .want(PAGE, Take.RAW, "data");

    private final BatchListener listener;
    private final Settings.Metering limits;
    private final JsonSkimmer json;
    private @Nullable String fault;

    BatchScanner(BatchListener listener, Settings.Metering limits) {
        this.listener = listener;
        this.limits = limits;
        this.json = new JsonSkimmer(SHAPE, limits.eventBytesMax());
    }

    @Override
    public void bytes(byte[] bytes, int offset, int length) {
        json.bytes(bytes, offset, length);
    }

    @Override
    public void end() {
        if (!json.whole()) {
            fault = "batch: found malformed or incomplete JSON, expected one JSON object";
            return;
        }
        if (json.over(PAGE)) {
            fault = "data: found more than " + limits.eventBytesMax() + " bytes, expected at most so many";
            return;
        }
        tell(json);
        Captured page = json.raw(PAGE);
        if (page != null) {
            JsonSkimmer one = new JsonSkimmer(SHAPE, limits.eventBytesMax());
            JsonElements.each(page.bytes(), page.length(), (bytes, from, length) -> {
                one.reset();
                one.bytes(bytes, from, length);
                tell(one);
            });
        }
    }

    @Override
    public MessageFacts facts() {
        MessageFacts facts = new MessageFacts(limits.usageBytesMax());
        if (fault != null) {
            facts.fault(fault);
        }
        return facts;
    }

    private void tell(JsonSkimmer batch) {
        String id = batch.text(ID);
        if (id == null || !batch.whole() || !BATCH.equals(batch.text(TYPE))) {
            return;
        }
        listener.batch(
                id,
                new BatchState(
                        batch.text(STATUS),
                        instant(batch.text(CREATED_AT)),
                        instant(batch.text(ENDED_AT)),
                        instant(batch.text(EXPIRES_AT)),
                        counts(batch)));
    }

    private static BatchState.@Nullable Counts counts(JsonSkimmer batch) {
        Long processing = batch.integer(PROCESSING);
        Long succeeded = batch.integer(SUCCEEDED);
        Long errored = batch.integer(ERRORED);
        Long canceled = batch.integer(CANCELED);
        Long expired = batch.integer(EXPIRED);
        if (processing == null || succeeded == null || errored == null || canceled == null || expired == null) {
            return null;
        }
        return new BatchState.Counts(processing, succeeded, errored, canceled, expired);
    }

    /** RFC 3339, with Z or an offset; null for anything else. */
    private static @Nullable Instant instant(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
