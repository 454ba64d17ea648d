package dev.reckoner.ledger;

/** The books can't be opened or used as they are; the message says what was found and what to do. */
public final class LedgerException extends RuntimeException {

    public LedgerException(String message) {
        super(message);
    }

    public LedgerException(String message, Throwable cause) {
        super(message, cause);
    }
}
