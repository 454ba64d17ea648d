package dev.reckoner.proxy.record;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rate-limit fields of a response's head (api-facts §2.3) as one line of JSON: known names in order, each with
 * {@code limit}, {@code remaining} and {@code reset}, and {@code retry_after} of a response with status 429. A value that
 * isn't what it should be is left out; nothing else of the head gets in. Runs once per exchange, so it parses nothing.
 */
final class RateLimitHeaders {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int DIGITS_MAX = 18;
    private static final int RESET_CHARS_MAX = 40;
    private static final int LINE_CHARS = 512;
    private static final String OTHERS_OF_INSTANTS = "TZtz:+-.";
    private static final AsciiString RETRY_AFTER = AsciiString.cached("retry-after");

    private static final List<Group> GROUPS = Stream.of(
                    "anthropic-fast-input-tokens",
                    "anthropic-fast-output-tokens",
                    "anthropic-ratelimit-input-tokens",
                    "anthropic-ratelimit-output-tokens",
                    "anthropic-priority-input-tokens",
                    "anthropic-priority-output-tokens",
                    "anthropic-ratelimit-requests",
                    "anthropic-ratelimit-tokens")
            .map(Group::of)
            .toList();

    private RateLimitHeaders() {}

    private record Group(String name, AsciiString limit, AsciiString remaining, AsciiString reset) {

        static Group of(String prefix) {
            String name = prefix.replaceFirst("^anthropic-(ratelimit-)?", "").replace('-', '_');
            return new Group(
                    name,
                    AsciiString.cached(prefix + "-limit"),
                    AsciiString.cached(prefix + "-remaining"),
                    AsciiString.cached(prefix + "-reset"));
        }
    }

    /** The line; null where the head says nothing of it. */
    static @Nullable String of(int status, HttpHeaders headers) {
        StringBuilder json = new StringBuilder(LINE_CHARS);
        for (Group group : GROUPS) {
            add(json, group, headers);
        }
        String retryAfter = status == TOO_MANY_REQUESTS ? number(headers.get(RETRY_AFTER)) : null;
        if (retryAfter != null) {
            name(json, "retry_after").append(retryAfter);
        }
        return json.isEmpty() ? null : json.append('}').toString();
    }

    private static void add(StringBuilder json, Group group, HttpHeaders headers) {
        String limit = number(headers.get(group.limit()));
        String remaining = number(headers.get(group.remaining()));
        String reset = instant(headers.get(group.reset()));
        if (limit == null && remaining == null && reset == null) {
            return;
        }
        name(json, group.name());
        int start = json.length();
        if (limit != null) {
            json.append(",\"limit\":").append(limit);
        }
        if (remaining != null) {
            json.append(",\"remaining\":").append(remaining);
        }
        if (reset != null) {
            json.append(",\"reset\":\"").append(reset).append('"');
        }
        json.setCharAt(start, '{');
        json.append('}');
    }

    private static StringBuilder name(StringBuilder json, String name) {
        return json.append(json.isEmpty() ? '{' : ',').append('"').append(name).append("\":");
    }

    /** A whole number without leading zeros, as JSON wants it. */
    private static @Nullable String number(@Nullable String value) {
        if (value == null || value.isEmpty() || value.length() > DIGITS_MAX) {
            return null;
        }
        for (int i = 0; i < value.length(); i++) {
            if (!digit(value.charAt(i))) {
                return null;
            }
        }
        return value.length() == 1 || value.charAt(0) != '0' ? value : null;
    }

    /** What has the letters of an RFC 3339 instant; whoever reads it parses it. */
    private static @Nullable String instant(@Nullable String value) {
        if (value == null || value.isEmpty() || value.length() > RESET_CHARS_MAX) {
            return null;
        }
        for (int i = 0; i < value.length(); i++) {
            if (!digit(value.charAt(i)) && OTHERS_OF_INSTANTS.indexOf(value.charAt(i)) < 0) {
                return null;
            }
        }
        return value;
    }

    private static boolean digit(char character) {
        return character >= '0' && character <= '9';
    }
}
