package dev.reckoner.console.vendor;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckoner.config.Cap;
import dev.reckoner.config.LimitRule.Subject;
import dev.reckoner.console.http.Problem;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** The body that sets a spend limit: {@code {"scope": {"type": "user", "user_id": …}, "amount": "50000", "period": …}}. */
final class SpendLimitBody {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern CENTS = Pattern.compile("[0-9]{1,14}");

    private SpendLimitBody() {}

    /**
     * Reads it.
     *
     * @throws Problem where it is something else, or can't be said by our limits
     */
    static SpendLimit read(String body) {
        JsonNode json = json(body);
        String amount = text(json, "amount");
        if (!CENTS.matcher(amount).matches()) {
            throw Problem.parameter("amount", amount, "whole cents as a string of digits, such as \"50000\" for $500");
        }
        String word = text(json, "period");
        Cap.Period period = SpendLimit.period(word)
                .orElseThrow(() -> Problem.parameter("period", word, "daily, weekly or monthly"));
        return new SpendLimit(user(json.path("scope")), new BigDecimal(amount).movePointLeft(2), period);
    }

    private static JsonNode json(String body) {
        try {
            JsonNode json = MAPPER.readTree(body);
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (JacksonException e) {
            throw Problem.malformed("the body isn't JSON: " + e.getOriginalMessage());
        }
        throw Problem.malformed("the body isn't a JSON object with scope, amount and period");
    }

    private static String user(JsonNode scope) {
        String type = text(scope, "type");
        return switch (type) {
            case "organization" -> Subject.EACH;
            case "user" -> {
                String user = text(scope, "user_id");
                if (user.isEmpty() || Subject.parse("user=" + user).isEmpty() || user.equals(Subject.EACH)) {
                    throw Problem.parameter("scope.user_id", user, "the name of a user as reports show it");
                }
                yield user;
            }
            case "rbac_group" ->
                throw Problem.parameter(
                        "scope.type",
                        type,
                        "user or organization: a limit of a team is for all its members together here, which this API"
                                + " can't say; set it by `reckoner limits set team=NAME …`");
            default ->
                throw Problem.parameter(
                        "scope.type", type, "user, or organization for each user; `reckoner limits set` knows others");
        };
    }

    private static String text(JsonNode object, String field) {
        JsonNode value = object.path(field);
        if (value.isMissingNode() || value.isNull()) {
            throw Problem.missing(field, "a string");
        }
        if (!value.isTextual()) {
            throw Problem.parameter(field, value.toString(), "a string");
        }
        return value.textValue();
    }
}
