package dev.reckoner.app.command;

/** A command can't do what was asked; the message is a sentence for the person who asked, exit code 1. */
public final class CommandFailure extends RuntimeException {

    public CommandFailure(String message) {
        super(message);
    }

    public CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
