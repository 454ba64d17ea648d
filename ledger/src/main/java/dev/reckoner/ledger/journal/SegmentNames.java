package dev.reckoner.ledger.journal;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names of the journal's files: one for each segment, another for a damaged one that was set aside. */
final class SegmentNames {
    private static final String SET_ASIDE = ".damaged";
    private static final Pattern NAME = Pattern.compile("journal-(\\d{19,20})\\.log");

    private SegmentNames() {}

    static String name(long segment) {
        return String.format(Locale.ROOT, "journal-%020d.log", segment);
    }

    static String setAsideName(long segment) {
        return name(segment) + SET_ASIDE;
    }

    static boolean setAside(String name) {
        return name.startsWith("journal-") && name.endsWith(SET_ASIDE);
    }

    /** The number in a segment's name, null where the name is another. */
    static @Nullable Long number(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return null;
        }
        try {
            return Long.valueOf(matcher.group(1));
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
