package dev.reckoner.proxy.accept;

/** How a client's connection ends once what was written is flushed. */
public enum Ending {
    /** Close: the request was read to its end. */
    CLOSE,
    /**
     * Send no more, discard what still comes for a while, then close: closing with unread bytes would reset the
     * connection and take the answer with it (RFC 9112 §9.6).
     */
    LINGER,
    /** Reset: the response is broken, and a plain close would look like its proper end. */
    RESET
}
