package dev.reckoner.config;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the known name that a mistyped one probably meant. */
final class Nearest {

    private static final int NAME_CHARS_MAX = 100;

    private Nearest() {}

    /** The nearest of the known names, null where none is within a third of the name's length in edits. */
    static @Nullable String to(String name, Collection<String> known) {
        if (name.isEmpty() || name.length() > NAME_CHARS_MAX) {
            return null;
        }
        String plain = plain(name);
        String nearest = null;
        int least = Math.max(2, name.length() / 3) + 1;
        for (String candidate : known) {
            int edits = edits(plain, plain(candidate));
            if (edits < least) {
                least = edits;
                nearest = candidate;
            }
        }
        return nearest;
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /** Levenshtein distance, one row at a time. */
    private static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
