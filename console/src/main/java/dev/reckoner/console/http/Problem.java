package dev.reckoner.console.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A question that can't be answered, with the status and the vendor's error type to say so (api-facts §2.4). Its message
 * goes to the client: what was found, what was expected. Carries no stack trace, since clients cause it at will.
 */
public final class Problem extends RuntimeException {

    private static final int FOUND_CHARS_MAX = 100;

    private final int status;
    private final String type;
    private final @Nullable String field;
    private final String fieldValue;

    private Problem(int status, String type, String message) {
        this(status, type, message, null, "");
    }

    private Problem(int status, String type, String message, @Nullable String field, String fieldValue) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
        this.field = field;
        this.fieldValue = fieldValue;
    }

    /** The request as a whole can't be understood. */
    public static Problem malformed(String message) {
        return of(400, message);
    }

    /** One parameter is not as it must be. */
    public static Problem parameter(String name, String found, String expected) {
        String shown = found.length() <= FOUND_CHARS_MAX ? found : found.substring(0, FOUND_CHARS_MAX) + "…";
        return of(400, name + ": found \"" + shown + "\", expected " + expected);
    }

    /** A parameter that must be there is not. */
    public static Problem missing(String name, String expected) {
        return of(400, name + ": missing, expected " + expected);
    }

    /** Nothing stands under that path. */
    public static Problem notFound(String path) {
        return new Problem(404, "not_found_error", "no such path: " + path + "; /openapi.json lists what there is");
    }

    /** What was asked for by its name isn't there. */
    public static Problem unknown(String message) {
        return new Problem(404, "not_found_error", message);
    }

    /** The request is understood but refused with that status. */
    public static Problem of(int status, String message) {
        return new Problem(status, "invalid_request_error", message);
    }

    /** Nothing was shown that lets the caller in. */
    public static Problem unauthorized() {
        return new Problem(
                401,
                "authentication_error",
                "this console needs a token: send it as Authorization: Bearer or x-api-key, or open /login in a browser",
                "www-authenticate",
                "Bearer realm=\"reckoner\"");
    }

    /** Too much was shown that doesn't let the caller in. */
    public static Problem tooOften(Duration wait) {
        long seconds = wait.toSeconds() + 1;
        return new Problem(
                429,
                "rate_limit_error",
                "too many wrong tokens came from this address; try again in " + seconds + " s",
                "retry-after",
                String.valueOf(seconds));
    }

    /** The caller is known and may not do that. */
    public static Problem forbidden(String message) {
        return new Problem(403, "permission_error", message);
    }

    /** More questions are waiting than may wait. */
    public static Problem overloaded() {
        return new Problem(503, "overloaded_error", "too many reports are being read; ask again in a second");
    }

    /** More want to follow than may. */
    static Problem crowded() {
        return new Problem(
                503,
                "overloaded_error",
                EventFeed.FOLLOWERS_MAX + " follow the books already; close a page, or ask again");
    }

    /** Our own fault; the log has the rest. */
    public static Problem internal() {
        return new Problem(500, "api_error", "the report could not be read; the server's log says why");
    }

    /** A header field that goes along, null for none. */
    @Nullable
    String field() {
        return field;
    }

    String fieldValue() {
        return fieldValue;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The vendor's {@code error.type}. */
    public String type() {
        return type;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
