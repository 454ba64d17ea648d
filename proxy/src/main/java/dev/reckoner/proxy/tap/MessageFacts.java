package dev.reckoner.proxy.tap;

import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.usage.UsageReader;
import org.jspecify.annotations.Nullable;

/** What is known of a message so far; becomes a reading at any time. */
final class MessageFacts {

    private final UsageReader usage;
    private @Nullable String messageId;
    private @Nullable String model;
    private @Nullable String stopReason;
    private @Nullable String errorType;
    private @Nullable Boolean contentEmpty;
    private @Nullable String fault;
    private boolean started;
    private boolean stopped;
    private boolean restated;
    private boolean usageFinal;
    private long outputTextBytes;

    MessageFacts(int usageBytesMax) {
        usage = new UsageReader(usageBytesMax);
    }

    /** A message begins; one that begins inside another replaces it (api-facts §1.3). */
    void start(@Nullable String id, @Nullable String servedModel, @Nullable Captured startUsage) {
        if (started) {
            restart();
        }
        started = true;
        messageId = id;
        model = servedModel;
        read(startUsage);
    }

    /**
     * The usage so far was stated again. A stream may state it several times; it is the final one once the message
     * has a stop reason, or has stopped without one (api-facts §1.2, §1.3).
     */
    void delta(@Nullable String reason, @Nullable Captured deltaUsage) {
        if (reason != null) {
            stopReason = reason;
        }
        if (stated(deltaUsage)) {
            restated = read(deltaUsage);
            usageFinal = restated && stopReason != null;
        }
        if (contentEmpty == null) {
            contentEmpty = true;
        }
    }

    /** The whole message, as a body of its own. */
    void whole(@Nullable String id, @Nullable String servedModel, @Nullable String reason) {
        messageId = id;
        model = servedModel;
        stopReason = reason;
    }

    /** The usage of a body of its own; final where the body is whole. */
    void wholeUsage(@Nullable Captured bodyUsage, boolean bodyWhole) {
        usageFinal = read(bodyUsage) && bodyWhole;
    }

    void stop() {
        stopped = true;
        usageFinal = restated;
        if (started && contentEmpty == null) {
            contentEmpty = true;
        }
    }

    /** A content block begins, or a body shows whether it has any. */
    void contentEmpty(@Nullable Boolean empty) {
        contentEmpty = empty;
    }

    /** Another model took over; the last one served (api-facts §1.3). */
    void fallback(@Nullable String servedModel) {
        model = servedModel;
        if (servedModel == null) {
            fault("content_block.to.model: found no model, expected the one that took over");
        }
    }

    void error(String type) {
        errorType = type;
    }

    void output(long textBytes) {
        outputTextBytes += textBytes;
    }

    /** Remembers why something could not be read; the first reason stays. */
    void fault(String reason) {
        if (fault == null) {
            fault = reason;
        }
    }

    boolean started() {
        return started;
    }

    boolean stopped() {
        return stopped;
    }

    boolean usageFinal() {
        return usageFinal;
    }

    boolean failed() {
        return errorType != null;
    }

    /** Whether any usage could be read. */
    boolean used() {
        return usage.usage() != null;
    }

    Reading reading() {
        return new Reading(
                messageId,
                model,
                usage.usage(),
                usageFinal,
                stopReason,
                contentEmpty,
                errorType,
                outputTextBytes,
                usage.raw(),
                fault != null ? fault : usage.fault());
    }

    private void restart() {
        usage.restart();
        stopReason = null;
        contentEmpty = null;
        fault = null;
        stopped = false;
        restated = false;
        usageFinal = false;
        outputTextBytes = 0;
    }

    private boolean read(@Nullable Captured json) {
        return json != null && stated(json) && usage.overwrite(json.bytes(), 0, json.length());
    }

    private static boolean stated(@Nullable Captured json) {
        return json != null && !JsonText.isNull(json.bytes(), json.length());
    }
}
