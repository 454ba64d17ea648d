package dev.reckoner.ledger.rating;

import static dev.reckoner.ledger.rating.RaterTest.assertAmount;
import static dev.reckoner.ledger.rating.RaterTest.assertNotBilled;
import static dev.reckoner.ledger.rating.RaterTest.assertPending;
import static dev.reckoner.ledger.rating.RaterTest.quantity;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.Charge;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.RatingStatus;
import dev.reckoner.ledger.TokenType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What each way to end costs (api-facts §2.5). */
class RaterEndingsTest {

    @ParameterizedTest
    @CsvSource({
        "FAILED_UPSTREAM_STATUS, NOT_BILLED, upstream_error",
        "FAILED_UPSTREAM_ERROR_EVENT, NOT_BILLED, upstream_error",
        "FAILED_UPSTREAM_UNREACHABLE, NOT_BILLED, not_served",
        "FAILED_UPSTREAM_TLS, NOT_BILLED, not_served",
        "FAILED_LOCAL_REFUSED, NOT_BILLED, not_served",
        "FAILED_DOWNSTREAM_MALFORMED, NOT_BILLED, not_served",
        "FAILED_DOWNSTREAM_TIMEOUT, PENDING, no_usage_seen",
        "OK_UPSTREAM_COMPLETE, PENDING, no_usage_seen",
        "FAILED_UPSTREAM_SHORT, PENDING, no_usage_seen",
        "FAILED_UPSTREAM_TIMEOUT, PENDING, no_usage_seen",
        "FAILED_UPSTREAM_MALFORMED, PENDING, no_usage_seen",
        "FAILED_DOWNSTREAM_ABORTED, PENDING, no_usage_seen",
        "FAILED_LOCAL_JOURNAL, PENDING, no_usage_seen",
        "FAILED_LOCAL_SHUTDOWN, PENDING, no_usage_seen",
        "FAILED_LOCAL_INTERRUPTED, PENDING, no_usage_seen",
    })
    void ending_withoutUsage_decided(Outcome outcome, RatingStatus status, String reason) {
        Charge charge = Facts.withoutUsage(outcome).rated();
        assertEquals(status, charge.status());
        assertEquals(reason, charge.reason());
        assertTrue(charge.lines().isEmpty());
        assertFalse(charge.estimated());
    }

    @Test
    void abort_beforeAnyBodyWasSent_notServed() {
        assertNotBilled(
                "not_served",
                Facts.withoutUsage(Outcome.FAILED_DOWNSTREAM_ABORTED).bytesIn(0).rated());
    }

    @Test
    void interrupted_nothingKnown_pendingEvenWithoutBytes() {
        assertPending(
                "no_usage_seen",
                Facts.withoutUsage(Outcome.FAILED_LOCAL_INTERRUPTED).bytesIn(0).rated());
    }

    @Test
    void short_insideErrorBody_upstreamError() {
        assertNotBilled(
                "upstream_error",
                Facts.withoutUsage(Outcome.FAILED_UPSTREAM_SHORT)
                        .status(529, "req_1")
                        .rated());
        assertPending(
                "no_usage_seen",
                Facts.withoutUsage(Outcome.FAILED_UPSTREAM_SHORT)
                        .status(502, null)
                        .rated());
    }

    @Test
    void fault_withoutUsage_pendingWithReason() {
        Charge charge = Facts.withoutUsage(Outcome.OK_UPSTREAM_COMPLETE)
                .fault("decoded copy above 16777216 bytes")
                .rated();
        assertPending("usage_unreadable: decoded copy above 16777216 bytes", charge);
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {
                "FAILED_UPSTREAM_ERROR_EVENT",
                "FAILED_UPSTREAM_SHORT",
                "FAILED_UPSTREAM_TIMEOUT",
                "FAILED_DOWNSTREAM_ABORTED",
                "FAILED_LOCAL_SHUTDOWN",
                "FAILED_LOCAL_INTERRUPTED"
            })
    void cut_afterOutput_inputExactOutputEstimated(Outcome outcome) {
        Charge charge = Facts.cached(1_000, 0, 0, 500, 3).cut(outcome, 401).rated();
        assertEquals(1_000, quantity(charge, TokenType.INPUT));
        assertEquals(500, quantity(charge, TokenType.CACHE_READ));
        assertEquals(134, quantity(charge, TokenType.OUTPUT));
        // 1,000×5 + 500×0.5 + 134×25 millionths
        assertAmount("0.0086", charge);
        assertEquals(RatingStatus.RATED, charge.status());
        assertTrue(charge.estimated());
        assertEquals("bytes_per_token_v2", charge.estimateMethod());
    }

    @ParameterizedTest
    @CsvSource({"0, 88", "264, 88", "265, 89", "1, 88"})
    void estimate_neverBelowPlaceholder(long bytes, long tokens) {
        Charge charge =
                Facts.of(1, 88).cut(Outcome.FAILED_DOWNSTREAM_ABORTED, bytes).rated();
        assertEquals(tokens, quantity(charge, TokenType.OUTPUT));
    }

    @Test
    void errorEvent_beforeOutput_notBilled() {
        assertNotBilled(
                "upstream_error",
                Facts.of(1_000, 1).cut(Outcome.FAILED_UPSTREAM_ERROR_EVENT, 0).rated());
    }

    @Test
    void abort_afterFinalUsage_exact() {
        Charge charge =
                Facts.of(1_000, 10).outcome(Outcome.FAILED_DOWNSTREAM_ABORTED).rated();
        assertAmount("0.00525", charge);
        assertFalse(charge.estimated());
        assertNull(charge.estimateMethod());
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {
                "FAILED_DOWNSTREAM_ABORTED",
                "FAILED_DOWNSTREAM_TIMEOUT",
                "FAILED_UPSTREAM_TIMEOUT",
                "FAILED_LOCAL_SHUTDOWN",
                "FAILED_LOCAL_INTERRUPTED"
            })
    void cut_beforeAnyUsage_inputEstimatedFromTheRequest(Outcome outcome) {
        Charge charge = Facts.withoutUsage(outcome)
                .askedTerms(null, null)
                .textBytes(3_001)
                .rated();
        assertEquals(1_001, quantity(charge, TokenType.INPUT));
        assertEquals(1, charge.lines().size());
        assertAmount("0.005005", charge);
        assertEquals(RatingStatus.RATED, charge.status());
        assertTrue(charge.estimated());
        assertEquals("request_text_v1", charge.estimateMethod());
    }

    @Test
    void cut_beforeAnyUsage_pricedByTheTermsAskedFor() {
        Facts facts = Facts.withoutUsage(Outcome.FAILED_DOWNSTREAM_ABORTED)
                .model(null)
                .textBytes(3_000);
        Charge charge = facts.askedTerms("fast", "us").rated();
        // 1,000 × 10 × 1.1 millionths
        assertAmount("0.011", charge);
        assertEquals("model_from_request", charge.reason());
        assertPending("unknown_speed: warp", facts.askedTerms("warp", null).rated());
        assertPending(
                "unknown_model: claude-new",
                facts.askedTerms(null, null).asked("claude-new").rated());
        assertPending("model_not_stated", facts.asked(null).rated());
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {
                "FAILED_UPSTREAM_SHORT",
                "FAILED_UPSTREAM_MALFORMED",
                "OK_UPSTREAM_COMPLETE",
                "FAILED_LOCAL_JOURNAL"
            })
    void cut_byTheUpstreamBeforeAnyUsage_pending(Outcome outcome) {
        assertPending(
                "no_usage_seen", Facts.withoutUsage(outcome).textBytes(3_000).rated());
    }

    @Test
    void cut_whereNothingWasServed_isNotEstimated() {
        Facts aborted = Facts.withoutUsage(Outcome.FAILED_DOWNSTREAM_ABORTED).textBytes(3_000);
        assertNotBilled("not_served", aborted.bytesIn(0).rated());
        assertNotBilled(
                "upstream_error", aborted.bytesIn(10).status(529, "req_1").rated());
        Facts silent = Facts.withoutUsage(Outcome.FAILED_DOWNSTREAM_TIMEOUT).textBytes(3_000);
        assertNotBilled("not_served", silent.status(408, null).rated());
    }

    @Test
    void billTo_anotherOrganisation_isNotOurs() {
        Charge charge = Facts.of(1_000, 10).billTo("user_profile").rated();
        assertNotBilled("billed_to_user_profile", charge);
        assertEquals(1_000, quantity(charge, TokenType.INPUT));
        assertAmount("0", charge);
        Facts aborted = Facts.withoutUsage(Outcome.FAILED_DOWNSTREAM_ABORTED).billTo("user_profile");
        assertNotBilled("billed_to_user_profile", aborted.rated());
        assertNotBilled("billed_to_user_profile", aborted.textBytes(300).rated());
    }

    @Test
    void billTo_ourselvesOrUnknown_decided() {
        assertAmount("0.00525", Facts.of(1_000, 10).billTo("self").rated());
        assertPending(
                "unknown_bill_to: moon", Facts.of(1_000, 10).billTo("moon").rated());
    }
}
