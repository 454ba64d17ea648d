package dev.reckoner.bench.relay;

/** A run that can't be counted, with what was found. */
final class LoadException extends RuntimeException {

    LoadException(String message) {
        super(message);
    }
}
