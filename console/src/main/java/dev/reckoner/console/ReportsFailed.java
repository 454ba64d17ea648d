package dev.reckoner.console;

/** Thrown where the books can't be read through a running server; the message says what was asked and what came. */
public final class ReportsFailed extends RuntimeException {

    ReportsFailed(String message) {
        super(message);
    }

    ReportsFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
