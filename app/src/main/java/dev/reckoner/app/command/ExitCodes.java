package dev.reckoner.app.command;

/** Exit codes of every command. */
public final class ExitCodes {
    public static final int FINE = 0;
    public static final int FAILED = 1;
    public static final int WRONG_USE = 2;

    /** Bill and books differ. */
    public static final int VARIANCE = 3;

    private ExitCodes() {}
}
