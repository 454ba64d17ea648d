package dev.reckoner.ledger;

/** How an exchange ended: one vocabulary for books, logs and metrics. */
public enum Outcome {
    /** The upstream's response was whole, status below 400. */
    OK_UPSTREAM_COMPLETE,
    /** The upstream's response was whole, status 400 or above. */
    FAILED_UPSTREAM_STATUS,
    /** The item of a batch could not be served; the vendor's error says why. */
    FAILED_UPSTREAM_ITEM_ERRORED,
    /** The batch was canceled before the item's turn. */
    FAILED_UPSTREAM_ITEM_CANCELED,
    /** The batch ran out of time before the item's turn. */
    FAILED_UPSTREAM_ITEM_EXPIRED,
    /** A stream with status 200 ended with an {@code error} event. */
    FAILED_UPSTREAM_ERROR_EVENT,
    /** Name not resolved, connection refused or not made in time. */
    FAILED_UPSTREAM_UNREACHABLE,
    /** The TLS handshake failed: certificate, host name, protocol. */
    FAILED_UPSTREAM_TLS,
    /** The upstream reset or closed the connection before its response was whole. */
    FAILED_UPSTREAM_SHORT,
    /** The upstream was silent for longer than allowed. */
    FAILED_UPSTREAM_TIMEOUT,
    /** The upstream's response head or framing was not valid HTTP/1.1. */
    FAILED_UPSTREAM_MALFORMED,
    /** The client went away before the response was whole. */
    FAILED_DOWNSTREAM_ABORTED,
    /** The request was not valid HTTP/1.1 or over a limit. */
    FAILED_DOWNSTREAM_MALFORMED,
    /** The client was silent inside its request, or took nothing of its response, for longer than allowed. */
    FAILED_DOWNSTREAM_TIMEOUT,
    /** Refused by a limit of ours, or because a key of ours doesn't hold. */
    FAILED_LOCAL_REFUSED,
    /** Refused because the journal could not be written. */
    FAILED_LOCAL_JOURNAL,
    /** Still in flight when the drain time of a shutdown had passed. */
    FAILED_LOCAL_SHUTDOWN,
    /** In flight when the process died; closed at the next start with what was known. */
    FAILED_LOCAL_INTERRUPTED;

    /** Whether the response was whole. */
    public boolean ok() {
        return this == OK_UPSTREAM_COMPLETE;
    }
}
