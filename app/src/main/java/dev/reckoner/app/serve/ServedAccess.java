package dev.reckoner.app.serve;

import dev.reckoner.config.ConfigException;
import dev.reckoner.config.Problem;
import dev.reckoner.config.Settings.ConsoleSettings;
import dev.reckoner.config.TokenRule;
import dev.reckoner.console.access.Access;
import dev.reckoner.console.access.Role;
import dev.reckoner.console.access.Secret;
import dev.reckoner.console.access.Token;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask the console of a running server. On loopback anybody, unless the settings have tokens; elsewhere whoever
 * shows one, and where there is none, one that is made at the start and told to whoever started it.
 *
 * @param local what the command line on this machine shows, "" where it needs nothing
 * @param made the token that was made, null where none was
 * @param once what a browser may log in with once instead of it, null where none was made
 */
record ServedAccess(
        Access access,
        String local,
        @Nullable String made,
        @Nullable String once) {
    /** A shorter one can be guessed in the time that a server runs. */
    private static final int CHARS_MIN = 20;

    private static final int BYTES_MAX = 4096;
    private static final String KEY = "console.tokens";

    /**
     * Reads the tokens.
     *
     * @param env may hold some of them
     * @throws ConfigException where one isn't there or too short
     */
    static ServedAccess of(ConsoleSettings settings, Map<String, String> env, Clock clock) {
        SecureRandom random = new SecureRandom();
        if (loopback(settings) && settings.tokens().isEmpty()) {
            return new ServedAccess(Access.open(random, clock), "", null, null);
        }
        List<Token> tokens = tokens(settings, env);
        String local = Secret.random(random);
        tokens.add(Token.of("local", Role.ADMIN, local));
        String made = settings.tokens().isEmpty() ? Secret.random(random) : null;
        String once = made == null ? null : Secret.random(random);
        if (made != null) {
            tokens.add(Token.of("start", Role.ADMIN, made));
        }
        Token first = once == null ? null : Token.of("start", Role.ADMIN, once);
        Access.Login login = new Access.Login(tokens, first, settings.sessionTime());
        return new ServedAccess(Access.guarded(login, random, clock), local, made, once);
    }

    /** Without what is secret. */
    @Override
    public String toString() {
        return "ServedAccess[login " + access.login() + "]";
    }

    private static List<Token> tokens(ConsoleSettings settings, Map<String, String> env) {
        List<Token> tokens = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (TokenRule rule : settings.tokens()) {
            String text = rule.file() == null ? env.get(rule.variable()) : read(rule.file());
            String token = text == null ? "" : text.strip();
            if (sound(token)) {
                tokens.add(Token.of(rule.name(), rule.admin() ? Role.ADMIN : Role.READER, token));
            } else {
                problems.add(problem(rule, token));
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return tokens;
    }

    private static boolean sound(String token) {
        return token.length() >= CHARS_MIN && token.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    private static boolean loopback(ConsoleSettings settings) {
        InetSocketAddress listen = new InetSocketAddress(
                settings.listen().host(), settings.listen().port());
        return listen.getAddress() != null && listen.getAddress().isLoopbackAddress();
    }

    private static @Nullable String read(Path file) {
        try {
            return Files.size(file) > BYTES_MAX ? null : Files.readString(file);
        } catch (IOException e) {
            return null;
        }
    }

    private static Problem problem(TokenRule rule, String token) {
        String place = rule.file() == null ? "$" + rule.variable() : rule.file().toString();
        String found = token.isEmpty() ? null : token.length() + " characters";
        return new Problem(
                place,
                KEY + " " + rule.name(),
                found,
                "a token of " + CHARS_MIN + " characters or more, such as openssl rand -hex 32 makes",
                null);
    }
}
