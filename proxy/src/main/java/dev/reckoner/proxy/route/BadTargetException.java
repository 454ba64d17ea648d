package dev.reckoner.proxy.route;

/**
 * A request target whose attribution prefix can't be understood, to be answered with 400. Quiet: hostile input must not
 * buy stack traces. The message is fit for the client and repeats nothing of the target.
 */
public final class BadTargetException extends RuntimeException {

    BadTargetException(String message) {
        super(message, null, false, false);
    }
}
