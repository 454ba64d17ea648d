package dev.reckoner.console.access;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who asks: on a console that only this machine can reach anybody, elsewhere whoever shows a token, or the cookie
 * that a browser got for one. Safe on any thread, never blocks.
 */
public final class Access {

    /** The header field that a change asked by a browser carries the caller's {@link Caller#csrf} in. */
    public static final String CSRF_FIELD = "x-reckoner-csrf";

    private static final Logger LOG = LoggerFactory.getLogger(Access.class);
    private static final String BEARER = "bearer ";
    private static final String API_KEY = "x-api-key";
    private static final String COOKIE = "reckoner_session";

    private final boolean login;
    private final List<Token> tokens;
    private final AtomicReference<@Nullable Token> once = new AtomicReference<>();
    private final Sessions sessions;
    private final Attempts attempts;
    private final Duration time;
    private final String csrf;

    private Access(boolean login, Login how, SecureRandom random, Clock clock) {
        this.login = login;
        this.tokens = how.tokens();
        this.time = how.time();
        this.once.set(how.once());
        this.sessions = new Sessions(random, clock, how.time());
        this.attempts = new Attempts(clock);
        this.csrf = Secret.random(random);
    }

    /**
     * How callers log in.
     *
     * @param once a token that is good for one login by a browser, null for none
     * @param time how long a browser stays logged in
     */
    public record Login(List<Token> tokens, @Nullable Token once, Duration time) {
        public Login {
            tokens = List.copyOf(tokens);
        }
    }

    /** What is known of a caller by what it showed. */
    public sealed interface Finding {}

    /**
     * Somebody.
     *
     * @param proof what was shown
     */
    public record Known(Caller caller, Proof proof) implements Finding {}

    /** Nothing was shown, or nothing that is known. */
    public record Nobody() implements Finding {}

    /** Too much was shown that isn't known; what is shown now is not looked at. */
    public record TooOften(Duration pause) implements Finding {}

    /** What a caller shows. */
    public enum Proof {
        /** Nothing, for nothing is needed. A browser asks like that on behalf of any page. */
        NONE,
        /** What a browser sends along by itself. */
        COOKIE,
        /** What no browser sends unless told to. */
        TOKEN
    }

    /** Nobody has to show anything. */
    public static Access open(SecureRandom random, Clock clock) {
        return new Access(false, new Login(List.of(), null, Duration.ZERO), random, clock);
    }

    /** Everybody has to log in. */
    public static Access guarded(Login login, SecureRandom random, Clock clock) {
        return new Access(true, login, random, clock);
    }

    /** Whether callers have to log in. */
    public boolean login() {
        return login;
    }

    /** Somebody who has shown nothing and needs nothing. */
    public Known anybody(@Nullable SocketAddress remote) {
        return new Known(new Caller("nobody", Role.READER, address(remote), ""), Proof.NONE);
    }

    /** Who asks with these fields from that address. */
    public Finding find(HttpHeaders headers, @Nullable SocketAddress remote) {
        String from = address(remote);
        if (!login) {
            return new Known(new Caller(Caller.LOOPBACK, Role.ADMIN, from, csrf), Proof.NONE);
        }
        String shown = shown(headers);
        if (shown != null) {
            return byToken(shown, from);
        }
        String cookie = cookie(headers);
        Sessions.Session session = cookie == null ? null : sessions.find(cookie);
        return session == null
                ? new Nobody()
                : new Known(new Caller(session.name(), session.role(), from, session.csrf()), Proof.COOKIE);
    }

    /**
     * Logs a browser in.
     *
     * @param secure whether it asks over TLS, which a proxy before this console speaks: the cookie is kept to it then
     * @return the {@code Set-Cookie} field and who it is; nobody where that is no token
     */
    public Entered enter(String token, String from, boolean secure) {
        Token first = once.get();
        if (first != null && first.secret().is(Secret.of(token)) && once.compareAndSet(first, null)) {
            return entered(new Caller(first.name(), first.role(), from, ""), secure);
        }
        Finding found = byToken(token, from);
        return found instanceof Known known ? entered(known.caller(), secure) : new Entered(found, "");
    }

    /** What came of a login. */
    public record Entered(Finding finding, String cookie) {}

    /** Ends a browser's session; returns the {@code Set-Cookie} field that takes its cookie away. */
    public String leave(Caller caller, boolean secure) {
        sessions.end(caller.csrf());
        return cookie("", Duration.ZERO, secure);
    }

    /** Whether a caller that was let in may stay. */
    public boolean holds(Known known) {
        return known.proof() != Proof.COOKIE || sessions.lasts(known.caller().csrf());
    }

    private Entered entered(Caller caller, boolean secure) {
        String value = sessions.begin(caller.name(), caller.role());
        return new Entered(new Known(caller, Proof.TOKEN), cookie(value, time, secure));
    }

    private Finding byToken(String shown, String from) {
        Duration wait = attempts.pause(from);
        if (!wait.isZero()) {
            return new TooOften(wait);
        }
        Secret secret = Secret.of(shown);
        Token found = null;
        for (Token token : tokens) { // all of them, so that the time tells nothing
            found = token.secret().is(secret) ? token : found;
        }
        if (found != null) {
            return new Known(new Caller(found.name(), found.role(), from, ""), Proof.TOKEN);
        }
        if (attempts.failed(from)) {
            LOG.warn("{} wrong tokens came from {}; it has to wait before it may try again", Attempts.WRONG_MAX, from);
        }
        return new Nobody();
    }

    private static @Nullable String shown(HttpHeaders headers) {
        String authorization = headers.get(HttpHeaderNames.AUTHORIZATION);
        if (authorization != null) {
            boolean bearer = authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
            return bearer ? authorization.substring(BEARER.length()).strip() : authorization;
        }
        return headers.get(API_KEY);
    }

    /** One that was kept to TLS goes before one that any connection may have set. */
    private static @Nullable String cookie(HttpHeaders headers) {
        String kept = cookie(headers, cookieName(true));
        return kept == null ? cookie(headers, cookieName(false)) : kept;
    }

    private static @Nullable String cookie(HttpHeaders headers, String name) {
        for (String field : headers.getAll(HttpHeaderNames.COOKIE)) {
            for (Cookie cookie : ServerCookieDecoder.STRICT.decode(field)) {
                if (cookie.name().equals(name)) {
                    return cookie.value();
                }
            }
        }
        return null;
    }

    /** RFC 6265bis §4.1.3.2: no other host and no plain connection can have set a cookie of that prefix. */
    private static String cookieName(boolean secure) {
        return secure ? "__Host-" + COOKIE : COOKIE;
    }

    private static String cookie(String value, Duration time, boolean secure) {
        return cookieName(secure) + "=" + value + "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + time.toSeconds()
                + (secure ? "; Secure" : "");
    }

    private static String address(@Nullable SocketAddress remote) {
        InetAddress address = remote instanceof InetSocketAddress inet ? inet.getAddress() : null;
        return address == null ? "unknown" : address.getHostAddress();
    }
}
