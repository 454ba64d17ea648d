package dev.reckoner.ledger.rating;

import dev.reckoner.config.RatingRules;
import dev.reckoner.ledger.Asked;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.Charge;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.Iteration;
import dev.reckoner.ledger.KeyRef;
import dev.reckoner.ledger.Opening;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.Route;
import dev.reckoner.ledger.TokenCounts;
import dev.reckoner.ledger.Usage;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Builds the closing facts of a test exchange: a complete message of claude-opus-5 unless told otherwise. */
final class Facts {
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private static final ExchangeId ID = new ExchangeId(new UUID(0x0193_0000_0000_7000L, 0x8000_0000_0000_0001L));

    private Route route = Route.MESSAGES;
    private KeyRef.Kind key = KeyRef.Kind.API_KEY;
    private @Nullable String asked = "claude-opus-5";
    private @Nullable String betas;
    private @Nullable String askedSpeed = "fast";
    private @Nullable String askedGeo = "us";
    private @Nullable String billTo;
    private @Nullable Long textBytes;
    private @Nullable String served = "claude-opus-5";
    private @Nullable TokenCounts tokens;
    private @Nullable Long searches;
    private @Nullable Long fetches;
    private @Nullable Long executions;
    private @Nullable String tier = "standard";
    private @Nullable String geo = "global";
    private @Nullable String speed = "standard";
    private List<Iteration> iterations = List.of();
    private boolean usageFinal = true;
    private String stopReason = "end_turn";
    private @Nullable Boolean contentEmpty = false;
    private long outputTextBytes;
    private @Nullable String fault;
    private Outcome outcome = Outcome.OK_UPSTREAM_COMPLETE;
    private int status = 200;
    private @Nullable String requestId = "req_1";
    private long bytesIn = 100;

    static Facts of(long input, long output) {
        return new Facts().tokens(new TokenCounts(input, output, 0L, 0L, 0L, 0L));
    }

    static Facts cached(long input, long fiveMinutes, long oneHour, long read, long output) {
        return new Facts().tokens(counts(input, fiveMinutes, oneHour, read, output));
    }

    static Facts withoutUsage(Outcome outcome) {
        Facts facts = new Facts();
        facts.outcome = outcome;
        return facts;
    }

    static TokenCounts counts(long input, long fiveMinutes, long oneHour, long read, long output) {
        return new TokenCounts(input, output, fiveMinutes + oneHour, read, fiveMinutes, oneHour);
    }

    static Iteration iteration(String type, @Nullable String model, long input, long read, long output) {
        return new Iteration(type, model, new TokenCounts(input, output, 0L, read, null, null));
    }

    Facts tokens(TokenCounts value) {
        tokens = value;
        return this;
    }

    Facts route(Route value) {
        route = value;
        return this;
    }

    Facts key(KeyRef.Kind value) {
        key = value;
        return this;
    }

    Facts asked(@Nullable String value) {
        asked = value;
        return this;
    }

    Facts betas(String value) {
        betas = value;
        return this;
    }

    Facts askedTerms(@Nullable String speed, @Nullable String geo) {
        askedSpeed = speed;
        askedGeo = geo;
        return this;
    }

    Facts billTo(String value) {
        billTo = value;
        return this;
    }

    Facts textBytes(long value) {
        textBytes = value;
        return this;
    }

    Facts model(@Nullable String value) {
        served = value;
        return this;
    }

    Facts searches(long value) {
        searches = value;
        return this;
    }

    Facts fetches(long value) {
        fetches = value;
        return this;
    }

    Facts executions(long value) {
        executions = value;
        return this;
    }

    Facts tier(@Nullable String value) {
        tier = value;
        return this;
    }

    Facts geo(@Nullable String value) {
        geo = value;
        return this;
    }

    Facts speed(@Nullable String value) {
        speed = value;
        return this;
    }

    Facts iterations(Iteration... values) {
        iterations = List.of(values);
        return this;
    }

    Facts cut(Outcome value, long bytes) {
        outcome = value;
        outputTextBytes = bytes;
        usageFinal = false;
        return this;
    }

    Facts outcome(Outcome value) {
        outcome = value;
        return this;
    }

    Facts refusal(@Nullable Boolean empty) {
        stopReason = "refusal";
        contentEmpty = empty;
        return this;
    }

    Facts fault(String value) {
        fault = value;
        return this;
    }

    Facts status(int value, @Nullable String id) {
        status = value;
        requestId = id;
        return this;
    }

    Facts bytesIn(long value) {
        bytesIn = value;
        return this;
    }

    Closing closing() {
        Usage usage = tokens == null
                ? null
                : new Usage(tokens, null, searches, fetches, executions, tier, geo, speed, iterations);
        Reading reading = new Reading(
                "msg_1", served, usage, usageFinal, stopReason, contentEmpty, null, outputTextBytes, List.of(), fault);
        Attribution attribution = new Attribution(
                null, null, null, null, List.of(), new KeyRef("00", "sk-ant-api03-abc...wxyz", key), null);
        Asked request = new Asked(asked, true, 1000L, "auto", askedSpeed, askedGeo, betas, billTo, textBytes);
        Opening opening = new Opening(ID, NOW, route, "POST", "/v1/messages", attribution, request, null);
        return new Closing(opening, NOW, NOW, status, outcome, null, requestId, null, null, bytesIn, 10, reading, null);
    }

    Charge rated() {
        return ratedAt(NOW);
    }

    Charge ratedBy(RatingRules rules) {
        return new Rater(new TestRates(), rules).rate(closing(), NOW);
    }

    Charge ratedAt(Instant at) {
        return new Rater(new TestRates()).rate(closing(), at);
    }
}
