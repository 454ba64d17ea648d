package dev.reckoner.reconcile.vendor;

import java.util.Set;

/** The Admin API can't be asked, or answered something that can't be used. The message says what to do. */
public final class AdminApiException extends RuntimeException {

    private static final Set<Integer> NOT_OFFERED = Set.of(403, 404);
    private static final int NOT_UNDERSTOOD = 400;

    /** The status that was answered with, 0 where that isn't what failed. */
    private final int status;

    public AdminApiException(String message) {
        this(message, 0);
    }

    public AdminApiException(String message, Throwable cause) {
        super(message, cause);
        status = 0;
    }

    AdminApiException(String message, int status) {
        super(message);
        this.status = status;
    }

    /** Whether the key may not ask this, or the vendor doesn't offer it to this organisation. */
    boolean notOffered() {
        return NOT_OFFERED.contains(status);
    }

    /** Whether the vendor refuses what was asked, such as days that lie too far back. */
    boolean notUnderstood() {
        return status == NOT_UNDERSTOOD;
    }
}
