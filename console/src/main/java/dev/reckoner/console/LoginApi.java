package dev.reckoner.console;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckoner.console.access.Access;
import dev.reckoner.console.access.Access.Entered;
import dev.reckoner.console.access.Access.Known;
import dev.reckoner.console.access.Access.TooOften;
import dev.reckoner.console.access.Caller;
import dev.reckoner.console.http.Answer;
import dev.reckoner.console.http.Endpoints;
import dev.reckoner.console.http.Endpoints.Where;
import dev.reckoner.console.http.Problem;
import dev.reckoner.console.http.Question;
import dev.reckoner.ledger.trail.Change;
import dev.reckoner.ledger.trail.TrailBook;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** How a browser logs in and out: a page to type a token into, which is changed for a cookie. */
final class LoginApi {

    private static final String LOGIN = "/login";
    private static final String LOGOUT = "/logout";
    private static final String SCRIPT = "/login.js";
    private static final String SET_COOKIE = "set-cookie";
    private static final int BODY_BYTES_MAX = 4 << 10;

    private final Access access;
    private final TrailBook trail;
    private final ObjectMapper mapper = new ObjectMapper();

    LoginApi(Access access, TrailBook trail) {
        this.access = access;
        this.trail = trail;
    }

    /** Adds the paths, and what the page is made of to those that are open to everybody. */
    void addTo(Endpoints endpoints) {
        Answer page = Answer.file("text/html; charset=utf-8", read("login.html"));
        Answer script = Answer.file("text/javascript; charset=utf-8", read("login.js"));
        endpoints
                .add(LOGIN, Where.INSTANT, asked -> page)
                .add(SCRIPT, Where.INSTANT, asked -> script)
                .addChange(LOGIN, Where.REPORTS, BODY_BYTES_MAX, this::enter)
                .addChange(LOGOUT, Where.REPORTS, this::leave)
                .open(LOGIN, SCRIPT, "/parts.css", "/app.css", "/theme.js", "/icon.svg")
                .forReaders(LOGOUT)
                .askToLogIn(page);
    }

    private Answer enter(Question asked) {
        if (!access.login()) {
            throw Problem.of(409, "this console needs no login");
        }
        Entered entered = access.enter(token(asked.body()), asked.caller().from(), secure(asked));
        if (entered.finding() instanceof TooOften often) {
            throw Problem.tooOften(often.pause());
        }
        if (!(entered.finding() instanceof Known known)) {
            throw Problem.unauthorized();
        }
        Caller caller = known.caller();
        trail.note(
                caller.actor(),
                new Change(
                        Change.What.LOGGED_IN, caller.name(), "", caller.role().word()));
        return said("role", caller.role().word()).with(SET_COOKIE, entered.cookie());
    }

    private Answer leave(Question asked) {
        Caller caller = asked.caller();
        String cookie = access.leave(caller, secure(asked));
        trail.note(caller.actor(), new Change(Change.What.LOGGED_OUT, caller.name(), "", ""));
        return said("login", "ended").with(SET_COOKIE, cookie);
    }

    /** By what the browser says itself, whoever speaks TLS for this console. */
    private static boolean secure(Question asked) {
        return asked.origin().startsWith("https://");
    }

    private String token(String body) {
        try {
            JsonNode token = mapper.readTree(body).path("token");
            if (token.isTextual()) {
                return token.textValue();
            }
        } catch (JacksonException e) {
            throw Problem.malformed("the body isn't JSON");
        }
        throw Problem.missing("token", "a token as text");
    }

    private static Answer said(String name, String value) {
        return Answer.json(200, json -> {
            json.writeStartObject();
            json.writeStringField(name, value);
            json.writeEndObject();
        });
    }

    private static byte[] read(String file) {
        try (InputStream in = LoginApi.class.getResourceAsStream("web/" + file)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks the console's file " + file);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the console's file " + file, e);
        }
    }
}
