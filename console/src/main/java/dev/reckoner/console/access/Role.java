package dev.reckoner.console.access;

import java.util.Locale;

/** What a caller may do. */
public enum Role {
    /** Look at everything, change nothing. */
    READER,
    /** Change things too. */
    ADMIN;

    /** As it is written in settings and answers. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
