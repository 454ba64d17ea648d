package dev.reckoner.reconcile.statement;

import dev.reckoner.reconcile.chargeback.Owed;

/** What the rows of a chargeback are called. */
public final class OwedWords {

    private OwedWords() {}

    /** Whose row it is. */
    public static String owner(Owed row) {
        return switch (row.kind()) {
            case OWNER -> row.owner();
            case NOT_STATED -> "(not stated)";
            case OUTSIDE -> "(outside the proxy)";
            case TOOLS_AND_TIME -> "(tools and time)";
            case NOT_ATTRIBUTABLE -> "(not attributable)";
        };
    }
}
