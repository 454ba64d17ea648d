package dev.reckoner.config;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with what the operator said: where it stands, what was found, what was expected.
 *
 * @param place file:line or file:line:column, the name of an environment variable, or a flag
 * @param key the setting or the column, "" where the place itself is what is wrong
 * @param found the value as it was written, secrets masked; null where nothing was
 * @param expected what would have been right, as a phrase that follows "expected"
 * @param suggestion the known name that comes nearest, null where none is near
 */
public record Problem(
        String place,
        String key,
        @Nullable String found,
        String expected,
        @Nullable String suggestion) {

    private static final int FOUND_CHARS_MAX = 80;

    public Problem {
        found = found == null ? null : Masking.masked(found);
    }

    Problem(String place, String key, @Nullable String found, String expected) {
        this(place, key, found, expected, null);
    }

    /** One line: {@code file:line:column: key: found "…", expected … (did you mean …?)}. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(place);
        if (!key.isEmpty()) {
            line.append(": ").append(key);
        }
        line.append(": ").append(found == null ? "nothing found" : "found \"" + printable(found) + '"');
        line.append(", expected ").append(expected);
        if (suggestion != null) {
            line.append(" (did you mean \"").append(suggestion).append("\"?)");
        }
        return line.toString();
    }

    /** A file's bytes may end up on a terminal: nothing that moves its cursor gets there. */
    private static String printable(String value) {
        String shown = value.length() > FOUND_CHARS_MAX ? value.substring(0, FOUND_CHARS_MAX) + "…" : value;
        return shown.codePoints()
                .map(c -> Character.isISOControl(c) ? '�' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
