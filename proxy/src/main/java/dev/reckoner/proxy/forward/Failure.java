package dev.reckoner.proxy.forward;

import dev.reckoner.config.HostPort;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.proxy.wire.HttpFault;
import java.time.Duration;

/**
 * A way for an exchange to fail: what is booked, and what the client is told where it can still be told something.
 *
 * @param detail a few words for the books, without anything private
 * @param answer status, type and sentence in the vendor's error form
 */
record Failure(Outcome outcome, String detail, HttpFault answer) {

    private static final String API_ERROR = "api_error";
    private static final String TIMEOUT_ERROR = "timeout_error";
    private static final String OVERLOADED_ERROR = "overloaded_error";

    /** The request is broken, too large or too slow. */
    static Failure ofRequest(HttpFault fault) {
        return new Failure(Outcome.FAILED_DOWNSTREAM_MALFORMED, fault.message(), fault);
    }

    /** The client sent nothing, or took nothing, for too long. */
    static Failure silentClient(Duration silence) {
        String detail = "the client moved no byte for " + silence.toMillis() + " ms";
        return new Failure(
                Outcome.FAILED_DOWNSTREAM_TIMEOUT,
                detail,
                new HttpFault(408, "invalid_request_error", "The request body was not whole, and " + detail + "."));
    }

    /** The client is gone; nobody reads the answer. */
    static Failure goneClient() {
        String detail = "the client closed its connection";
        return new Failure(Outcome.FAILED_DOWNSTREAM_ABORTED, detail, new HttpFault(499, API_ERROR, detail));
    }

    /** The same, with what happened after it. */
    Failure then(String what) {
        return new Failure(outcome, detail + "; " + what, answer);
    }

    /** No connection to the upstream. */
    static Failure notConnected(HostPort upstream, Outcome outcome, String detail) {
        String what = outcome == Outcome.FAILED_UPSTREAM_TLS ? "The TLS handshake with" : "Connecting to";
        return new Failure(
                outcome,
                detail,
                new HttpFault(502, API_ERROR, what + " the upstream " + upstream + " failed: " + detail + "."));
    }

    /** The upstream ended before its response did. */
    static Failure shortResponse(HostPort upstream, String how) {
        return new Failure(
                Outcome.FAILED_UPSTREAM_SHORT,
                how,
                new HttpFault(
                        502,
                        API_ERROR,
                        "The upstream " + upstream + " ended the connection before its response was whole: " + how
                                + "."));
    }

    /** The upstream's response is not valid HTTP/1.1. */
    static Failure malformedResponse(HostPort upstream, HttpFault fault) {
        return new Failure(
                Outcome.FAILED_UPSTREAM_MALFORMED,
                fault.message(),
                new HttpFault(
                        502,
                        API_ERROR,
                        "The upstream " + upstream + " sent a response that is not valid HTTP/1.1: " + fault.message()
                                + "."));
    }

    /** The upstream was silent for too long. */
    static Failure silentUpstream(HostPort upstream, Duration silence) {
        String detail = "no byte for " + silence.toMillis() + " ms";
        return new Failure(
                Outcome.FAILED_UPSTREAM_TIMEOUT,
                detail,
                new HttpFault(504, TIMEOUT_ERROR, "The upstream " + upstream + " sent " + detail + "."));
    }

    /** The books can't take the exchange. */
    static Failure notBookable() {
        return new Failure(
                Outcome.FAILED_LOCAL_JOURNAL,
                "the journal can't be written",
                new HttpFault(
                        529,
                        OVERLOADED_ERROR,
                        "Reckoner can't write its journal at the moment and is set to refuse what it can't book."));
    }

    /** A limit of ours says no, or a key of ours that doesn't hold. */
    static Failure refused(HttpFault answer) {
        return new Failure(Outcome.FAILED_LOCAL_REFUSED, answer.message(), answer);
    }

    /** More request bodies wait for their admission than there is room for. */
    static Failure noRoom() {
        return new Failure(
                Outcome.FAILED_LOCAL_REFUSED,
                "no room to hold the request's body until it is admitted",
                new HttpFault(529, OVERLOADED_ERROR, "Reckoner holds as many request bodies as it has room for."));
    }

    /** A shutdown's drain time has passed. */
    static Failure shutdown() {
        return new Failure(
                Outcome.FAILED_LOCAL_SHUTDOWN,
                "in flight when the drain time had passed",
                new HttpFault(503, OVERLOADED_ERROR, "Reckoner is shutting down."));
    }
}
