package dev.reckoner.ledger;

import java.time.Instant;
import java.util.List;

/** Openings and closings for tests of the ledger as a whole. */
final class Exchanges {
    static final Instant START = Instant.parse("2026-11-21T23:59:59.900Z");
    static final Instant END = Instant.parse("2026-11-22T00:00:01.100Z");
    static final String MODEL = "claude-sonnet-4-5-20250929";

    private Exchanges() {}

    static Opening opening(ExchangeId id) {
        return new Opening(id, START, Route.MESSAGES, "POST", "/v1/messages", Attribution.NONE, Asked.NOTHING, null);
    }

    static Closing complete(ExchangeId id) {
        return closing(id, Outcome.OK_UPSTREAM_COMPLETE, reading(true));
    }

    static Closing closing(ExchangeId id, Outcome outcome, Reading reading) {
        return new Closing(
                opening(id),
                END,
                START.plusMillis(300),
                200,
                outcome,
                null,
                "req_" + id,
                null,
                null,
                10,
                20,
                reading,
                null);
    }

    /** 1,000 tokens in, 100 out; the output only where the usage is final. */
    static Reading reading(boolean usageFinal) {
        TokenCounts tokens = new TokenCounts(1_000L, usageFinal ? 100L : 1L, 0L, 0L, null, null);
        return new Reading(
                "msg_1",
                MODEL,
                usage(tokens),
                usageFinal,
                usageFinal ? "end_turn" : null,
                false,
                null,
                400,
                List.of(),
                null);
    }

    static Usage usage(TokenCounts tokens) {
        return new Usage(tokens, null, null, null, null, "standard", "global", null, List.of());
    }
}
