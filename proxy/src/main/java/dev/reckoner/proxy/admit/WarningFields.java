package dev.reckoner.proxy.admit;

import dev.reckoner.ledger.limit.Warning;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header fields that warn of limits which are nearly used up: one of our own with all of it in words, and the
 * unified status that Claude Code shows to its user (api-facts §2.3, §5).
 */
final class WarningFields {

    /** Further limits are left out; the nearest comes first. */
    private static final int WORDED_MAX = 4;

    private WarningFields() {}

    static Map<String, String> of(List<Warning> warnings) {
        if (warnings.isEmpty()) {
            return Map.of();
        }
        Warning nearest = warnings.get(0);
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("anthropic-ratelimit-unified-status", "allowed_warning");
        fields.put(
                "anthropic-ratelimit-unified-reset",
                Long.toString(nearest.resets().getEpochSecond()));
        fields.put(
                "x-reckoner-limit-warning",
                String.join(
                        "; ",
                        warnings.stream()
                                .limit(WORDED_MAX)
                                .map(WarningFields::words)
                                .toList()));
        return fields;
    }

    /** Names may hold what a header field can't: those characters go out as question marks. */
    private static String words(Warning warning) {
        String words = warning.percent() + " % of " + warning.limit() + ", resets " + warning.resets();
        return words.codePoints()
                .map(c -> c < ' ' || c > '~' ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
