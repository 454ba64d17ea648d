package dev.reckoner.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The description of the report API, and whether an answer is as it says. */
final class Described {
    static final JsonNode DOCUMENT = read();
    private static final Schemas SCHEMAS = new Schemas(DOCUMENT);

    private Described() {}

    /** All paths, each as its method and its path, what varies in braces. */
    static List<String> paths() {
        List<String> paths = new ArrayList<>();
        DOCUMENT.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method -> paths.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return paths;
    }

    /** Names of the query parameters of a GET, sorted, without brackets. */
    static List<String> parameters(String path) {
        List<String> names = new ArrayList<>();
        for (JsonNode parameter : DOCUMENT.path("paths").path(path).path("get").path("parameters")) {
            if (parameter.path("in").asText().equals("query")) {
                names.add(parameter.path("name").asText().replace("[]", ""));
            }
        }
        names.sort(null);
        return names;
    }

    /** Fails where a request to a described path was answered otherwise than described. */
    static void expectAsDescribed(String request, List<Wire.Response> responses) {
        String[] words = request.split("[ ?]", 3);
        JsonNode operation = words.length < 3 ? null : operation(words[0], words[1]);
        if (operation == null) {
            return;
        }
        for (Wire.Response response : responses) {
            JsonNode described = operation.path("responses").path(Integer.toString(response.status()));
            JsonNode answer = described.isMissingNode() ? operation.at("/responses/default") : described;
            JsonNode schema = answer.path("content").path("application/json").path("schema");
            List<String> wrong = SCHEMAS.wrong(schema, response.json());
            if (!wrong.isEmpty()) {
                throw new AssertionError(words[1] + " " + response.status() + " isn't as described: "
                        + String.join("; ", wrong) + "\n" + response.body());
            }
        }
    }

    private static @Nullable JsonNode operation(String method, String path) {
        String parent = path.substring(0, path.lastIndexOf('/') + 1);
        JsonNode paths = DOCUMENT.path("paths");
        JsonNode item = paths.has(path) ? paths.path(path) : paths.path(parent + "{id}");
        JsonNode operation = item.path(method.toLowerCase(Locale.ROOT));
        return operation.at("/responses/200/content/application~1json").isMissingNode() ? null : operation;
    }

    private static JsonNode read() {
        try (InputStream in = Objects.requireNonNull(OpenApi.class.getResourceAsStream("openapi.json"))) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
