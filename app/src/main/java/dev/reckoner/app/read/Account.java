package dev.reckoner.app.read;

/** Who runs a command, for the record of changes. */
public final class Account {

    private Account() {}

    /** The account on this machine, in words. */
    public static String name() {
        return "command line of " + System.getProperty("user.name", "somebody");
    }
}
