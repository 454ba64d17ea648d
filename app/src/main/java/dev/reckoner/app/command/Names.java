package dev.reckoner.app.command;

import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.TokenType;
import java.util.Locale;

/** Names of the ledger's values as people type and read them. */
public final class Names {
    /** What stands in a table where nobody said. */
    static final String NOT_STATED = "(not stated)";

    private static final String MODEL_PREFIX = "claude-";

    private Names() {}

    /** A word of an enum in lower case. */
    public static String of(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** What a dimension is called at the head of a column. */
    public static String title(Dimension dimension) {
        String words = of(dimension).replace('_', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /** A group as people read it. */
    public static String group(String value) {
        return value.isEmpty() ? NOT_STATED : value;
    }

    /** A model without the prefix they all have. */
    public static String model(String model) {
        return group(model.startsWith(MODEL_PREFIX) ? model.substring(MODEL_PREFIX.length()) : model);
    }

    /** What a type of token is called. */
    public static String of(TokenType type) {
        return switch (type) {
            case INPUT -> "input";
            case CACHE_WRITE_5M -> "cache write 5m";
            case CACHE_WRITE_1H -> "cache write 1h";
            case CACHE_READ -> "cache read";
            case OUTPUT -> "output";
            case WEB_SEARCH -> "web search";
        };
    }
}
