package dev.reckoner.proxy.tap;

import dev.reckoner.config.Settings;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.proxy.tap.JsonShape.Take;
import org.jspecify.annotations.Nullable;

/**
 * Reads a batch's results line by line as they pass (JSONL, api-facts §2.1) and tells of each line as it ends. A line
 * is never kept: what is wanted of it is taken as it goes by, so that neither the length of a line nor that of the
 * whole matters to the memory it takes.
 *
 * <p>A line feed always ends a line: inside a JSON string it would be an escape. What can't be read of a line that has
 * a custom_id is told as a fault of that line; a line without one is a fault of the download.
 */
final class ResultScanner implements Scanner {

    private static final int CUSTOM_ID = 0;
    private static final int TYPE = 1;
    private static final int MESSAGE_ID = 2;
    private static final int MODEL = 3;
    private static final int USAGE = 4;
    private static final int STOP_REASON = 5;
    private static final int CONTENT = 6;
    private static final int ERROR_KIND = 7;
    private static final int ERROR_TYPE = 8;
    private static final JsonShape SHAPE = new JsonShape(9)
            .want(CUSTOM_ID, Take.TEXT, "custom_id")
            .want(TYPE, Take.TEXT, "result", "type")
            .want(MESSAGE_ID, Take.TEXT, "result", "message", "id")
            .want(MODEL, Take.TEXT, "result", "message", "model")
            .want(USAGE, Take.RAW, "result", "message", "usage")
            .want(STOP_REASON, Take.TEXT, "result", "message", "stop_reason")
            .want(CONTENT, Take.EMPTINESS, "result", "message", "content")
            .want(ERROR_KIND, Take.TEXT, "result", "error", "type")
            .want(ERROR_TYPE, Take.TEXT, "result", "error", "error", "type");

    private final BatchListener listener;
    private final Settings.Metering limits;
    private final JsonSkimmer json;
    private boolean anything;
    private long lines;
    private @Nullable String fault;

    ResultScanner(BatchListener listener, Settings.Metering limits) {
        this.listener = listener;
        this.limits = limits;
        this.json = new JsonSkimmer(SHAPE, limits.eventBytesMax());
    }

    @Override
    public void bytes(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int at = offset;
        while (at < end) {
            int lineFeed = Scan.find(bytes, at, end, (byte) '\n');
            anything = anything || solid(bytes, at, lineFeed);
            json.bytes(bytes, at, lineFeed - at);
            if (lineFeed < end) {
                line();
            }
            at = lineFeed + 1;
        }
    }

    @Override
    public void end() {
        line();
    }

    @Override
    public MessageFacts facts() {
        MessageFacts facts = new MessageFacts(limits.usageBytesMax());
        if (fault != null) {
            facts.fault(fault);
        }
        return facts;
    }

    /** A line has ended; empty ones are none. */
    private void line() {
        if (!anything) {
            return;
        }
        lines++;
        String customId = json.text(CUSTOM_ID);
        if (customId != null) {
            listener.item(read(customId));
        } else if (fault == null) {
            fault = "line " + lines + ": found no custom_id, expected one";
        }
        anything = false;
        json.reset();
    }

    private ResultLine read(String customId) {
        MessageFacts facts = new MessageFacts(limits.usageBytesMax());
        String type = json.text(TYPE);
        Outcome outcome = outcome(type == null ? "" : type);
        if (!json.whole()) {
            facts.fault("line: found malformed or incomplete JSON, expected one JSON object");
        } else if (outcome == null) {
            facts.fault("result.type: found " + type + ", expected succeeded, errored, canceled or expired");
        }
        if (outcome == Outcome.OK_UPSTREAM_COMPLETE) {
            message(facts);
        } else if (outcome == Outcome.FAILED_UPSTREAM_ITEM_ERRORED) {
            String error = json.text(ERROR_TYPE);
            String kind = error == null ? json.text(ERROR_KIND) : error;
            facts.error(kind == null ? "unspecified" : kind);
        }
        return new ResultLine(customId, outcome == null ? Outcome.OK_UPSTREAM_COMPLETE : outcome, facts.reading());
    }

    private void message(MessageFacts facts) {
        facts.whole(json.text(MESSAGE_ID), json.text(MODEL), json.text(STOP_REASON));
        facts.contentEmpty(json.empty(CONTENT));
        facts.wholeUsage(json.raw(USAGE), json.whole());
        if (json.over(USAGE)) {
            facts.fault("usage: found more than " + limits.eventBytesMax() + " bytes, expected at most so many");
        } else if (!facts.used()) {
            facts.fault("usage: found none, expected it in the message");
        }
    }

    private static @Nullable Outcome outcome(String type) {
        return switch (type) {
            case "succeeded" -> Outcome.OK_UPSTREAM_COMPLETE;
            case "errored" -> Outcome.FAILED_UPSTREAM_ITEM_ERRORED;
            case "canceled" -> Outcome.FAILED_UPSTREAM_ITEM_CANCELED;
            case "expired" -> Outcome.FAILED_UPSTREAM_ITEM_EXPIRED;
            default -> null;
        };
    }

    private static boolean solid(byte[] bytes, int from, int end) {
        for (int at = from; at < end; at++) {
            if (bytes[at] > ' ' || bytes[at] < 0) {
                return true;
            }
        }
        return false;
    }
}
