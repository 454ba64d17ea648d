package dev.reckoner.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reckoner.console.http.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The description of all public paths (OpenAPI 3.1), served as it stands in the jar. */
final class OpenApi {
    static final String PATH = "/openapi.json";
    private static final String RESOURCE = "openapi.json";

    private final Answer answer;

    OpenApi() {
        String text = text();
        this.answer = Answer.json(200, json -> json.writeRaw(text));
    }

    Answer answer() {
        return answer;
    }

    private static String text() {
        try (InputStream in = OpenApi.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the jar");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
