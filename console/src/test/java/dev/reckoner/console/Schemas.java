package dev.reckoner.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Holds JSON values against JSON Schema, as much of it as the description of the report API uses. A keyword that it doesn't
 * know is a mistake of the description, so that nothing in it goes unchecked.
 */
final class Schemas {
    private static final Set<String> KNOWN = Set.of(
            "$ref",
            "type",
            "enum",
            "const",
            "oneOf",
            "properties",
            "required",
            "additionalProperties",
            "items",
            "pattern",
            "minimum",
            "maximum",
            "description",
            "format",
            "default");

    private final JsonNode document;

    Schemas(JsonNode document) {
        this.document = document;
    }

    /** What is wrong with a value, each with where it stands; empty where nothing is. */
    List<String> wrong(JsonNode schema, JsonNode value) {
        List<String> wrong = new ArrayList<>();
        check(schema, value, "$", wrong);
        return wrong;
    }

    private void check(JsonNode schema, JsonNode value, String at, List<String> wrong) {
        schema.fieldNames().forEachRemaining(keyword -> {
            if (!KNOWN.contains(keyword)) {
                wrong.add(at + ": unknown keyword " + keyword);
            }
        });
        if (schema.has("$ref")) {
            JsonNode target = document.at(schema.path("$ref").asText().substring(1));
            if (target.isMissingNode()) {
                wrong.add(at + ": " + schema.path("$ref") + " leads nowhere");
            }
            check(target, value, at, wrong);
        }
        scalar(schema, value, at, wrong);
        if (schema.has("oneOf")) {
            int fitting = 0;
            for (JsonNode one : schema.path("oneOf")) {
                List<String> mistakes = new ArrayList<>();
                check(one, value, at, mistakes);
                fitting += mistakes.isEmpty() ? 1 : 0;
            }
            if (fitting != 1) {
                wrong.add(at + ": " + value + " fits " + fitting + " of oneOf");
            }
        }
        if (value.isObject()) {
            object(schema, value, at, wrong);
        }
        if (value.isArray() && schema.has("items")) {
            for (int i = 0; i < value.size(); i++) {
                check(schema.path("items"), value.path(i), at + "[" + i + "]", wrong);
            }
        }
    }

    private static void scalar(JsonNode schema, JsonNode value, String at, List<String> wrong) {
        if (schema.has("type") && !hasType(schema.path("type"), value)) {
            wrong.add(at + ": " + value + " is no " + schema.path("type"));
        }
        if (schema.has("const") && !schema.path("const").equals(value)) {
            wrong.add(at + ": " + value + " isn't " + schema.path("const"));
        }
        if (schema.has("enum") && !contains(schema.path("enum"), value)) {
            wrong.add(at + ": " + value + " isn't one of " + schema.path("enum"));
        }
        if (schema.has("pattern") && value.isTextual()) {
            Pattern pattern = Pattern.compile(schema.path("pattern").asText());
            if (!pattern.matcher(value.asText()).find()) {
                wrong.add(at + ": " + value + " doesn't match " + pattern);
            }
        }
        number(schema, value, at, wrong);
    }

    private static void number(JsonNode schema, JsonNode value, String at, List<String> wrong) {
        if (!value.isNumber()) {
            return;
        }
        BigDecimal number = value.decimalValue();
        if (schema.has("minimum") && number.compareTo(schema.path("minimum").decimalValue()) < 0) {
            wrong.add(at + ": " + value + " is too small");
        }
        if (schema.has("maximum") && number.compareTo(schema.path("maximum").decimalValue()) > 0) {
            wrong.add(at + ": " + value + " is too large");
        }
    }

    private void object(JsonNode schema, JsonNode value, String at, List<String> wrong) {
        for (JsonNode name : schema.path("required")) {
            if (!value.has(name.asText())) {
                wrong.add(at + "." + name.asText() + ": missing");
            }
        }
        boolean open = schema.path("additionalProperties").asBoolean(true);
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            JsonNode property = schema.path("properties").path(field.getKey());
            if (!property.isMissingNode()) {
                check(property, field.getValue(), at + "." + field.getKey(), wrong);
            } else if (!open) {
                wrong.add(at + "." + field.getKey() + ": not described");
            }
        }
    }

    private static boolean contains(JsonNode values, JsonNode value) {
        for (JsonNode one : values) {
            if (one.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasType(JsonNode type, JsonNode value) {
        if (type.isArray()) {
            for (JsonNode one : type) {
                if (hasType(one, value)) {
                    return true;
                }
            }
            return false;
        }
        return switch (type.asText()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> throw new IllegalArgumentException(type.toString());
        };
    }
}
