package dev.reckoner.proxy.tap;

import dev.reckoner.proxy.tap.JsonShape.Take;
import org.jspecify.annotations.Nullable;

/** Reads the few events of a stream that are looked into (api-facts §1.3: which event carries what). */
final class EventReader {

    private static final int TYPE = 0;
    private static final int ID = 1;
    private static final int MODEL = 2;
    private static final int START_USAGE = 3;
    private static final int STOP_REASON = 4;
    private static final int DELTA_USAGE = 5;
    private static final int ERROR_TYPE = 6;
    private static final int BLOCK_TYPE = 7;
    private static final int FALLBACK_MODEL = 8;
    private static final JsonShape SHAPE = new JsonShape(9)
            .want(TYPE, Take.TEXT, "type")
            .want(ID, Take.TEXT, "message", "id")
            .want(MODEL, Take.TEXT, "message", "model")
            .want(START_USAGE, Take.RAW, "message", "usage")
            .want(STOP_REASON, Take.TEXT, "delta", "stop_reason")
            .want(DELTA_USAGE, Take.RAW, "usage")
            .want(ERROR_TYPE, Take.TEXT, "error", "type")
            .want(BLOCK_TYPE, Take.TEXT, "content_block", "type")
            .want(FALLBACK_MODEL, Take.TEXT, "content_block", "to", "model");

    private final MessageFacts facts;
    private final int eventBytesMax;
    private final JsonSkimmer json;

    EventReader(MessageFacts facts, int eventBytesMax) {
        this.facts = facts;
        this.eventBytesMax = eventBytesMax;
        this.json = new JsonSkimmer(SHAPE, eventBytesMax);
    }

    /**
     * Reads one event.
     *
     * @param kind what its first bytes said
     * @param name what its name said
     */
    void read(Captured data, EventKind kind, EventKind name) {
        json.reset();
        json.bytes(data.bytes(), 0, data.length());
        if (!json.whole()) {
            malformed(kind);
            return;
        }
        String type = json.text(TYPE);
        EventKind read = type == null ? name : EventKind.of(type);
        switch (read) {
            case MESSAGE_START -> facts.start(json.text(ID), json.text(MODEL), json.raw(START_USAGE));
            case MESSAGE_DELTA -> facts.delta(json.text(STOP_REASON), json.raw(DELTA_USAGE));
            case MESSAGE_STOP -> facts.stop();
            case ERROR -> facts.error(errorType(json.text(ERROR_TYPE)));
            case CONTENT_BLOCK_START -> blockStart();
            case CONTENT_BLOCK_DELTA -> facts.output(new DeltaText().count(line(data), 0));
            default -> {}
        }
    }

    /** An event that matters was larger than allowed. */
    void tooLong(EventKind kind) {
        fault(kind, "more than " + eventBytesMax + " bytes", "at most so many");
    }

    private void malformed(EventKind kind) {
        if (kind == EventKind.ERROR) {
            facts.error(errorType(null));
        }
        fault(kind, "malformed JSON", "one JSON object");
    }

    private void fault(EventKind kind, String found, String expected) {
        switch (kind) {
            case MESSAGE_START, MESSAGE_DELTA, CONTENT_BLOCK_START ->
                facts.fault(kind.wireName() + ": found " + found + ", expected " + expected);
            default -> {}
        }
    }

    private void blockStart() {
        facts.contentEmpty(false);
        if ("fallback".equals(json.text(BLOCK_TYPE))) {
            facts.fallback(json.text(FALLBACK_MODEL));
        }
    }

    private static SseLine line(Captured data) {
        SseLine line = new SseLine();
        line.bytes = data.bytes();
        line.kept = data.length();
        line.length = data.length();
        line.present = data.length();
        return line;
    }

    private static String errorType(@Nullable String type) {
        return type == null ? "unspecified" : type;
    }
}
