package dev.reckoner.console;

import dev.reckoner.console.access.Access;
import dev.reckoner.console.access.Caller;
import dev.reckoner.console.books.BooksApi;
import dev.reckoner.console.http.Answer;
import dev.reckoner.console.http.Endpoints;
import dev.reckoner.console.http.Endpoints.Where;

/** Tells a page who is looking at it, and what it has to send along with a change. */
final class SessionApi {

    private static final String SESSION = "session";

    private final Access access;
    private final String version;

    /**
     * Tells what that access knows.
     *
     * @param version the product's
     */
    SessionApi(Access access, String version) {
        this.access = access;
        this.version = version;
    }

    /** Adds the path. */
    void addTo(Endpoints endpoints) {
        endpoints.add(BooksApi.PREFIX + SESSION, Where.INSTANT, asked -> session(asked.caller()));
    }

    private Answer session(Caller caller) {
        return Answer.json(200, json -> {
            json.writeStartObject();
            json.writeStringField("role", caller.role().word());
            json.writeStringField("name", caller.name());
            json.writeBooleanField("login", access.login());
            json.writeStringField("csrf", caller.csrf());
            json.writeStringField("version", version);
            json.writeEndObject();
        });
    }
}
