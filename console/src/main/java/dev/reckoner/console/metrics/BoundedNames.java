package dev.reckoner.console.metrics;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values that one label may have: names from the network, of which only so many get through, the first that come. One
 * thread's own.
 */
public final class BoundedNames {

    /** What stands for every name beyond the bound. */
    public static final String OTHER = "other";

    /** What stands where nobody said; reports call it so too. */
    static final String NOT_STATED = "(not stated)";

    /** A longer one is no name that anybody gave on purpose. */
    private static final int CHARS_MAX = 256;

    private static final char UNPRINTABLE = '\uFFFD';

    private final Map<String, String> known = new HashMap<>();
    private final int max;

    /** At most so many names. */
    public BoundedNames(int max) {
        this.max = max;
    }

    /** The label's value for a name. */
    public String of(@Nullable String name) {
        if (name == null || name.isEmpty()) {
            return NOT_STATED;
        }
        String shown = known.get(name);
        if (shown != null) {
            return shown;
        }
        if (known.size() >= max || name.length() > CHARS_MAX) {
            return OTHER;
        }
        String harmless = harmless(name);
        known.put(name, harmless);
        return harmless;
    }

    /** Without what can't be written as UTF-8 and read back, and without control characters. */
    private static String harmless(String name) {
        StringBuilder text = new StringBuilder(name.length());
        name.codePoints()
                .map(point -> Character.isISOControl(point) || isLoneSurrogate(point) ? UNPRINTABLE : point)
                .forEach(text::appendCodePoint);
        return text.toString();
    }

    private static boolean isLoneSurrogate(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }
}
