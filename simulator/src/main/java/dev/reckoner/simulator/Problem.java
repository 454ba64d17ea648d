package dev.reckoner.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A refusal in the vendor's error form (api-facts §2.4), thrown where it is found and answered by the desk. */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final int status;
    final String type;
    final @Nullable String code;

    /** A refusal without an error code. */
    public Problem(int status, String type, String message) {
        this(status, type, message, null);
    }

    Problem(int status, String type, String message, @Nullable String code) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
        this.code = code;
    }

    /** A request that is not as it must be; the message begins with the name of what is wrong. */
    public static Problem invalid(String message) {
        return new Problem(400, "invalid_request_error", message);
    }

    /** Something that isn't there. */
    public static Problem notFound(String message) {
        return new Problem(404, "not_found_error", message);
    }

    /** The vendor's error of a status. */
    static Problem ofStatus(int status) {
        return switch (status) {
            case 400 -> invalid("The request was refused by a simulated fault.");
            case 401 -> new Problem(status, "authentication_error", "invalid x-api-key");
            case 402 -> new Problem(status, "billing_error", "The organization cannot be billed.");
            case 403 -> new Problem(status, "permission_error", "The key may not do this.");
            case 404 -> notFound("Not found");
            case 409 -> new Problem(status, "conflict_error", "The resource is being changed.");
            case 413 -> new Problem(status, "request_too_large", "Request exceeds the maximum size");
            case 429 -> new Problem(status, "rate_limit_error", "The rate limit of the organization is used up.");
            case 504 -> new Problem(status, "timeout_error", "The request took too long.");
            case 529 -> new Problem(status, "overloaded_error", "Overloaded");
            default -> new Problem(status, "api_error", "Internal server error");
        };
    }

    byte[] body(String requestId) {
        return json().put("request_id", requestId).toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The form of a stream's error event, which has no request id. */
    ObjectNode json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("type", "error");
        ObjectNode error = root.putObject("error").put("type", type).put("message", String.valueOf(getMessage()));
        if (code != null) {
            error.putObject("details").put("error_code", code);
        }
        return root;
    }
}
