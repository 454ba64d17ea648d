package dev.reckoner.proxy.admit;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of a refusal. The vendor's SDKs obey both: {@code retry-after} in seconds, and {@code
 * x-should-retry} before their own rules (api-facts §2.3).
 */
final class RefusalFields {

    private RefusalFields() {}

    /** Of a refusal that holds until somebody changes something or a window ends: retrying is of no use. */
    static Map<String, String> lasting(@Nullable Duration retryAfter) {
        Map<String, String> fields = new LinkedHashMap<>(passing(retryAfter));
        fields.put("x-should-retry", "false");
        return fields;
    }

    /** Of a refusal that soon no longer holds. */
    static Map<String, String> passing(@Nullable Duration retryAfter) {
        return retryAfter == null ? Map.of() : Map.of("retry-after", Long.toString(seconds(retryAfter)));
    }

    /** Rounded up, so that who obeys isn't refused again for coming too soon. */
    private static long seconds(Duration duration) {
        return Math.max(1, duration.plusNanos(999_999_999).toSeconds());
    }
}
