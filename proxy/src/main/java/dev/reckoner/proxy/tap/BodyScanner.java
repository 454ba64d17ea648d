package dev.reckoner.proxy.tap;

import dev.reckoner.config.Settings;
import dev.reckoner.proxy.tap.JsonShape.Take;

/** Reads a message, or an error, from a whole JSON body (api-facts §1.1, §2.4). */
final class BodyScanner implements Scanner {

    private static final int TYPE = 0;
    private static final int ID = 1;
    private static final int MODEL = 2;
    private static final int USAGE = 3;
    private static final int STOP_REASON = 4;
    private static final int CONTENT = 5;
    private static final int ERROR_TYPE = 6;
    private static final JsonShape SHAPE = new JsonShape(7)
            .want(TYPE, Take.TEXT, "type")
            .want(ID, Take.TEXT, "id")
            .want(MODEL, Take.TEXT, "model")
            .want(USAGE, Take.RAW, "usage")
            .want(STOP_REASON, Take.TEXT, "stop_reason")
            .want(CONTENT, Take.EMPTINESS, "content")
            .want(ERROR_TYPE, Take.TEXT, "error", "type");

    private final int status;
    private final Settings.Metering limits;
    private final JsonSkimmer json;
    private boolean ended;

    BodyScanner(int status, Settings.Metering limits) {
        this.status = status;
        this.limits = limits;
        this.json = new JsonSkimmer(SHAPE, limits.eventBytesMax());
    }

    @Override
    public void bytes(byte[] bytes, int offset, int length) {
        json.bytes(bytes, offset, length);
    }

    @Override
    public void end() {
        ended = true;
    }

    @Override
    public MessageFacts facts() {
        MessageFacts facts = new MessageFacts(limits.usageBytesMax());
        String errorType = json.text(ERROR_TYPE);
        if (errorType != null) {
            facts.error(errorType);
            return facts;
        }
        if (status >= 300) {
            return facts;
        }
        facts.whole(json.text(ID), json.text(MODEL), json.text(STOP_REASON));
        facts.contentEmpty(json.empty(CONTENT));
        facts.wholeUsage(json.raw(USAGE), json.whole());
        faults(facts);
        return facts;
    }

    private void faults(MessageFacts facts) {
        if (json.over(USAGE)) {
            facts.fault("usage: found more than " + limits.eventBytesMax() + " bytes, expected at most so many");
        } else if (ended && !json.whole()) {
            facts.fault("body: found malformed or incomplete JSON, expected one JSON object");
        } else if (ended && !facts.used() && "message".equals(json.text(TYPE))) {
            facts.fault("usage: found none, expected it in the message");
        }
    }
}
