package dev.reckoner.reconcile.saved;

import dev.reckoner.reconcile.Cell;
import dev.reckoner.reconcile.vendor.AdminApiException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The words of the Console's exports in those of the Admin API. A word that isn't known is refused, never guessed. */
final class ConsoleWords {

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}(?:[T ]\\d{2}:\\d{2}(?::\\d{2})?Z?)?");
    private static final int DAY_LENGTH = "2026-11-21".length();
    private static final Pattern COUNT = Pattern.compile("\\d{1,18}");
    private static final Pattern AMOUNT = Pattern.compile("-?\\d{1,15}(?:\\.\\d{1,18})?");

    private static final Map<String, String> TOKEN_TYPES = Map.of(
            "input_no_cache", "uncached_input_tokens",
            "input_cache_read", "cache_read_input_tokens",
            "input_cache_write_5m", "cache_creation.ephemeral_5m_input_tokens",
            "input_cache_write_1h", "cache_creation.ephemeral_1h_input_tokens",
            "output", "output_tokens");

    private static final Map<String, String> COST_TYPES = Map.of(
            "token", Cell.TOKENS,
            "tokens", Cell.TOKENS,
            "web_search", Cell.WEB_SEARCH,
            "code_execution", Cell.CODE_EXECUTION,
            "session_usage", Cell.SESSION_USAGE);

    private ConsoleWords() {}

    /** The UTC day of a day or of an instant. */
    static LocalDate day(String stated) {
        try {
            if (DAY.matcher(stated).matches()) {
                return LocalDate.parse(stated.substring(0, DAY_LENGTH));
            }
        } catch (DateTimeException e) {
            throw new AdminApiException("found the day \"" + stated + "\", which isn't in the calendar", e);
        }
        throw new AdminApiException("found the day \"" + stated + "\", expected one such as 2026-11-21");
    }

    static long count(String stated) {
        if (stated.isEmpty()) {
            return 0;
        }
        if (!COUNT.matcher(stated).matches()) {
            throw new AdminApiException("found \"" + stated + "\", expected a count");
        }
        return Long.parseLong(stated);
    }

    /** USD, not cents as in the Admin API. */
    static BigDecimal amount(String stated) {
        if (!AMOUNT.matcher(stated).matches()) {
            throw new AdminApiException("found the amount \"" + stated + "\", expected a decimal number of USD");
        }
        return new BigDecimal(stated);
    }

    static String tokenType(String stated) {
        if (TOKEN_TYPES.containsValue(stated)) {
            return stated;
        }
        return known("token type", stated, TOKEN_TYPES);
    }

    static String costType(String stated) {
        return known("cost type", stated, COST_TYPES);
    }

    /** The service tier: usage exports state it, cost exports say how messages were sent. */
    static String serviceTier(String stated) {
        String word = stated.toLowerCase(Locale.ROOT);
        if (word.contains("batch")) {
            return "batch";
        }
        return word.isEmpty() || word.equals("message") || word.equals("messages") ? "standard" : word;
    }

    static @Nullable String contextWindow(String stated) {
        String word = stated.replace(" ", "");
        return switch (word) {
            case "" -> null;
            case "≤200k", "<=200k", "0-200k" -> "0-200k";
            case ">200k", "200k-1M" -> "200k-1M";
            default ->
                throw new AdminApiException(
                        "found the context window \"" + stated + "\", expected \"≤ 200k\" or \"> 200k\"");
        };
    }

    /** A word that both sides spell alike; null where nothing is stated. */
    static @Nullable String plain(String stated) {
        return stated.isEmpty() ? null : stated;
    }

    private static String known(String what, String stated, Map<String, String> words) {
        String known = words.get(stated);
        if (known == null) {
            throw new AdminApiException("found the " + what + " \"" + stated + "\", expected one of "
                    + String.join(", ", words.keySet().stream().sorted().toList()));
        }
        return known;
    }
}
