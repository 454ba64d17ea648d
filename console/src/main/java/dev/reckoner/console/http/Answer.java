package dev.reckoner.console.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What goes back: a status, a content type and a body that stays under a limit. */
public final class Answer {

    /** The longest body that is sent; a longer one is refused with the advice to ask for less. */
    public static final int BYTES_MAX = 64 << 20;

    private static final String STATEMENT = "text/html;charset=utf-8";
    private static final String PAGE_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'";
    private static final JsonFactory JSON = new JsonFactory();

    private final int status;
    private final String contentType;
    private final byte[] body;
    private final Map<String, String> fields;

    private Answer(int status, String contentType, byte[] body) {
        this(status, contentType, body, Map.of());
    }

    private Answer(int status, String contentType, byte[] body, Map<String, String> fields) {
        this.status = status;
        this.contentType = contentType;
        this.body = body;
        this.fields = Map.copyOf(fields);
    }

    /** Writes one JSON value. */
    @FunctionalInterface
    public interface Json {

        /** Writes the value. */
        void write(JsonGenerator json) throws IOException;
    }

    /**
     * A JSON answer.
     *
     * @throws Problem where it grows past {@link #BYTES_MAX}
     */
    public static Answer json(int status, Json content) {
        BoundedBytes bytes = new BoundedBytes(
                BYTES_MAX,
                "the answer is longer than " + BYTES_MAX + " bytes; ask for a shorter time or for fewer groups");
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            content.write(json);
        } catch (IOException e) {
            throw problem(e);
        }
        return new Answer(status, "application/json", bytes.toByteArray());
    }

    /** What was refused: a mapper wraps whatever is thrown while it writes a value. */
    private static RuntimeException problem(IOException thrown) {
        for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof Problem) {
                return (Problem) cause;
            }
        }
        return new UncheckedIOException(thrown);
    }

    /** A plain text answer with status 200. */
    public static Answer text(String content) {
        return new Answer(200, "text/plain; charset=utf-8", content.getBytes(UTF_8));
    }

    /** A file with status 200, sent as it is; a page is let load its own files, run its own scripts and no others. */
    public static Answer file(String contentType, byte[] content) {
        return new Answer(200, contentType, content.clone());
    }

    /**
     * A statement that stands on its own: one document with its styles in it. It may run nothing and load nothing, and is
     * kept apart from the pages of this origin.
     */
    public static Answer statement(String document) {
        return new Answer(200, STATEMENT, document.getBytes(UTF_8));
    }

    /** A problem in the vendor's error envelope (api-facts §2.4). */
    static Answer problem(Problem problem, String requestId) {
        Answer answer = json(problem.status(), json -> {
            json.writeStartObject();
            json.writeStringField("type", "error");
            json.writeObjectFieldStart("error");
            json.writeStringField("type", problem.type());
            json.writeStringField("message", problem.getMessage());
            json.writeEndObject();
            json.writeStringField("request_id", requestId);
            json.writeEndObject();
        });
        return problem.field() == null ? answer : answer.with(problem.field(), problem.fieldValue());
    }

    /** The same with another status. */
    Answer as(int other) {
        return new Answer(other, contentType, body, fields);
    }

    /** The same with one more header field. */
    public Answer with(String field, String value) {
        Map<String, String> more = new LinkedHashMap<>(fields);
        more.put(field, value);
        return new Answer(status, contentType, body, more);
    }

    Map<String, String> fields() {
        return fields;
    }

    int status() {
        return status;
    }

    String contentType() {
        return contentType;
    }

    /** What a browser may load on behalf of this answer (Content Security Policy Level 3): nothing, unless it is a page. */
    String policy() {
        if (contentType.equals(STATEMENT)) {
            return "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'";
        }
        return contentType.startsWith("text/html") ? PAGE_POLICY : "default-src 'none'";
    }

    byte[] body() {
        return body;
    }
}
