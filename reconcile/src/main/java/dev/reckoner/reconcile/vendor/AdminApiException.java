package dev.reckoner.reconcile.vendor;

/** The Admin API can't be asked, or answered something that can't be used. The message says what to do. */
public final class AdminApiException extends RuntimeException {

    public AdminApiException(String message) {
        super(message);
    }

    public AdminApiException(String message, Throwable cause) {
        super(message, cause);
    }
}
