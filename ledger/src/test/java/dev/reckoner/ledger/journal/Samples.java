package dev.reckoner.ledger.journal;

import dev.reckoner.ledger.Asked;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.BatchItem;
import dev.reckoner.ledger.BatchRecord;
import dev.reckoner.ledger.BatchState;
import dev.reckoner.ledger.Charge;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Correction;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.Iteration;
import dev.reckoner.ledger.KeyRef;
import dev.reckoner.ledger.Line;
import dev.reckoner.ledger.Opening;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.RatingStatus;
import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.Route;
import dev.reckoner.ledger.TokenCounts;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.ledger.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Frames for tests: a full one with every field set, and small ones by number. */
final class Samples {
    static final Instant START = Instant.parse("2026-11-21T12:00:00.123456789Z");

    private Samples() {}

    static ExchangeId id(long number) {
        return new ExchangeId(new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0000L | number));
    }

    static Opening opening(long number) {
        return new Opening(
                id(number), START, Route.MESSAGES, "POST", "/v1/messages", Attribution.NONE, Asked.NOTHING, null);
    }

    static Frame.Opened opened(long number) {
        return new Frame.Opened(opening(number));
    }

    static Frame.Noted noted(long number) {
        return new Frame.Noted(closing(number, Outcome.OK_UPSTREAM_COMPLETE));
    }

    static Frame.Closed closed(long number) {
        return new Frame.Closed(entry(closing(number, Outcome.OK_UPSTREAM_COMPLETE)));
    }

    static Closing closing(long number, Outcome outcome) {
        return new Closing(
                opening(number),
                START.plusSeconds(2),
                START.plusSeconds(1),
                200,
                outcome,
                null,
                "req_" + number,
                null,
                null,
                17,
                4711,
                Reading.NOTHING,
                null);
    }

    static Entry entry(Closing closing) {
        return new Entry(
                closing,
                new Charge(List.of(), RatingStatus.NOT_BILLED, "nothing was read", false, null),
                closing.endedAt());
    }

    static Opening fullOpening() {
        Attribution attribution = new Attribution(
                part("alice", Attribution.Source.PATH),
                part("payments", Attribution.Source.HEADER),
                part("checkout", Attribution.Source.KEY),
                part("s-1", Attribution.Source.BODY),
                List.of("env=prod", "nightly"),
                new KeyRef("00112233445566778899aabbccddeeff", "sk-ant-api03-R2D...igAA", KeyRef.Kind.API_KEY),
                "key_1");
        Asked asked = new Asked("claude-a", true, 1024L, "auto", "fast", "us", "beta-1,beta-2", "self", 321L);
        BatchItem item = new BatchItem("msgbatch_1", "first");
        return new Opening(id(1), START, Route.BATCH_ITEM, "GET", "/v1/x", attribution, asked, item);
    }

    static Closing fullClosing() {
        TokenCounts tokens = new TokenCounts(1L, Long.MAX_VALUE, 3L, 4L, 5L, 6L);
        Usage usage = new Usage(
                tokens,
                7L,
                8L,
                9L,
                10L,
                "standard",
                "global",
                "fast",
                List.of(new Iteration("message", "claude-b", tokens), new Iteration("new", null, TokenCounts.NONE)));
        Reading reading = new Reading(
                "msg_1",
                "claude-b",
                usage,
                true,
                "end_turn",
                false,
                "overloaded_error",
                99,
                List.of("{\"input_tokens\":1}", "\u0000\u0001\"\\ü€😀"),
                "a fault");
        return new Closing(
                fullOpening(),
                Instant.parse("2026-11-21T12:00:00.000000001Z"),
                Instant.MAX,
                529,
                Outcome.FAILED_UPSTREAM_ERROR_EVENT,
                "detail",
                "req_1",
                "org",
                "wrkspc",
                Long.MAX_VALUE,
                0,
                reading,
                "{\"retry_after\":7}");
    }

    static Entry fullEntry() {
        Line line = new Line(
                1,
                "claude-b",
                TokenType.CACHE_WRITE_1H,
                123,
                new BigDecimal("30.00"),
                new BigDecimal("1.10"),
                new BigDecimal("0.000000000000000000123"),
                "standard",
                "fast",
                "us",
                "0-200k",
                "r-7");
        Line pending = new Line(0, "m", TokenType.INPUT, 1, null, BigDecimal.ONE, null, null, null, null, null, null);
        Charge charge = new Charge(List.of(line, pending), RatingStatus.AMBIGUOUS, "a reason", true, "bytes/4");
        return new Entry(fullClosing(), charge, Instant.parse("2026-11-21T11:59:59.999999999Z"));
    }

    static Frame corrected() {
        return new Frame.Corrected(
                new Correction(fullEntry(), 3, Instant.parse("2026-12-01T00:00:00.5Z"), "rerated", "a reason"));
    }

    static Frame.Batched batched(String batchId, long revision) {
        return new Frame.Batched(
                new BatchRecord(batchId, revision, null, Attribution.NONE, null, BatchState.UNKNOWN, START, null));
    }

    static Frame.Batched fullBatch() {
        BatchState state = new BatchState(
                "ended",
                START,
                START.plusSeconds(60),
                START.plusSeconds(86_400),
                new BatchState.Counts(1, Long.MAX_VALUE, 3, 4, 5));
        return new Frame.Batched(new BatchRecord(
                "msgbatch_1", 7, id(1), fullOpening().attribution(), "wrkspc", state, START, START.plusNanos(1)));
    }

    private static Attribution.Part part(String value, Attribution.Source source) {
        return new Attribution.Part(value, source);
    }
}
