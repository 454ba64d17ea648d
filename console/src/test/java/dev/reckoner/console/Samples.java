package dev.reckoner.console;

import dev.reckoner.ledger.Asked;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.Charge;
import dev.reckoner.ledger.Closing;
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
import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.ledger.TokenCounts;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.ledger.Usage;
import dev.reckoner.ledger.keys.ClientTrust;
import dev.reckoner.ledger.keys.KeyDraft;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** An entry with every component set, and one with every optional component absent. */
final class Samples {

    private static final Instant START = Instant.parse("2026-11-20T23:59:59.999999999Z");

    static final StoredEntry FULL = new StoredEntry(77, 2, full());
    static final StoredEntry BARE = new StoredEntry(78, 0, bare());

    private Samples() {}

    private static Entry full() {
        Attribution attribution = new Attribution(
                new Attribution.Part("ada", Attribution.Source.PATH),
                new Attribution.Part("core", Attribution.Source.HEADER),
                new Attribution.Part("engine", Attribution.Source.KEY),
                new Attribution.Part("s-1", Attribution.Source.BODY),
                List.of("env=prod", "night"),
                new KeyRef("0123456789abcdef0123456789abcdef", "sk-ant-api03-R2D...igAA", KeyRef.Kind.API_KEY),
                null);
        Opening opening = new Opening(
                ExchangeId.parse("019aa000-0000-7000-8000-0000000000ff"),
                START,
                Route.MESSAGES,
                "POST",
                "/v1/messages",
                attribution,
                new Asked("claude-opus-4-6", true, 1024L, "auto", "fast", "us", "a,b", "self", 50L),
                null);
        Closing closing = new Closing(
                opening,
                START.plusSeconds(3),
                START.plusMillis(5),
                200,
                Outcome.FAILED_UPSTREAM_ERROR_EVENT,
                "the stream ended with an error event",
                "req_01",
                "org",
                "wrkspc_01",
                11,
                12,
                reading(),
                null);
        Line line = new Line(
                1,
                "claude-opus-4-6",
                TokenType.CACHE_WRITE_1H,
                1_000_001,
                new BigDecimal("10.00"),
                new BigDecimal("1.1"),
                new BigDecimal("0.0000000001"),
                "standard",
                "fast",
                "us",
                "0-200k",
                "v1");
        Charge charge = new Charge(List.of(line), RatingStatus.AMBIGUOUS, "two tiers fit", true, "bytes");
        return new Entry(closing, charge, START.plusSeconds(3));
    }

    private static Reading reading() {
        TokenCounts tokens = new TokenCounts(1L, 2L, 3L, 4L, 5L, 6L);
        Usage usage = new Usage(
                tokens,
                7L,
                8L,
                9L,
                10L,
                "standard",
                "us",
                "fast",
                List.of(new Iteration("message", "m", tokens), new Iteration("compaction", null, TokenCounts.NONE)));
        return new Reading(
                "msg_01",
                "claude-opus-4-6",
                usage,
                true,
                "end_turn",
                false,
                "overloaded_error",
                123,
                List.of("{\"input_tokens\":1}", "{\"output_tokens\":2}"),
                "usage: found \"x\", expected a number");
    }

    private static Entry bare() {
        Opening opening = new Opening(
                ExchangeId.parse("019aa000-0000-7000-8000-000000000100"),
                START,
                Route.PASSED,
                "GET",
                "/v1/models",
                Attribution.NONE,
                Asked.NOTHING,
                null);
        Closing closing = new Closing(
                opening,
                START,
                null,
                0,
                Outcome.FAILED_DOWNSTREAM_ABORTED,
                null,
                null,
                null,
                null,
                0,
                0,
                Reading.NOTHING,
                null);
        Line line =
                new Line(0, "new-model", TokenType.INPUT, 5, null, BigDecimal.ONE, null, null, null, null, null, null);
        return new Entry(closing, new Charge(List.of(line), RatingStatus.PENDING, "no rate", false, null), START);
    }

    static KeyDraft keyDraft() {
        return new KeyDraft(
                "laptop \"ü\"",
                "ada",
                null,
                "search",
                List.of("env=prod", "night"),
                List.of("claude-haiku-4-5"),
                "research",
                ClientTrust.USERS,
                Instant.parse("2026-12-31T00:00:00.000000001Z"),
                "50/day Europe/Berlin");
    }
}
