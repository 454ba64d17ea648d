package dev.reckoner.console.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The query of a request: each parameter's values in order, {@code name[]=a} and {@code name=a} being the same. */
public final class Params {

    private static final int VALUES_MAX = 2_000;
    private static final String ARRAY = "[]";

    private final Map<String, List<String>> values;

    private Params(Map<String, List<String>> values) {
        this.values = values;
    }

    /**
     * Reads what follows the question mark, still percent-encoded.
     *
     * @throws Problem where it can't be decoded or has too many values
     */
    public static Params parse(String query) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        int count = 0;
        for (String pair : query.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            if (++count > VALUES_MAX) {
                throw Problem.malformed("query: found more than " + VALUES_MAX + " values");
            }
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            if (name.endsWith(ARRAY)) {
                name = name.substring(0, name.length() - ARRAY.length());
            }
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            values.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
        }
        return new Params(values);
    }

    /** Names of the parameters given, in order. */
    public Set<String> names() {
        return Collections.unmodifiableSet(values.keySet());
    }

    /** All values of a parameter, in order; empty where it wasn't given. */
    public List<String> all(String name) {
        return Collections.unmodifiableList(values.getOrDefault(name, List.of()));
    }

    /**
     * The value of a parameter that may be given once.
     *
     * @throws Problem where it was given more than once
     */
    public @Nullable String one(String name) {
        List<String> found = all(name);
        if (found.size() > 1) {
            throw Problem.parameter(name, String.join(", ", found), "one value");
        }
        return found.isEmpty() ? null : found.get(0);
    }

    /**
     * A whole number within bounds.
     *
     * @throws Problem where it is something else
     */
    public long number(String name, long byDefault, long least, long most) {
        String found = one(name);
        if (found == null) {
            return byDefault;
        }
        try {
            long number = Long.parseLong(found);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, like a number out of bounds.
        }
        throw Problem.parameter(name, found, "a whole number from " + least + " to " + most);
    }

    /**
     * Refuses what isn't known, since a misspelt filter would silently widen a report.
     *
     * @throws Problem naming the first unknown parameter and those that are known
     */
    public void expectOnly(Predicate<String> known, Collection<String> shown) {
        for (String name : values.keySet()) {
            if (!known.test(name)) {
                throw Problem.parameter("query", name, "only the parameters " + String.join(", ", shown));
            }
        }
    }

    private static String decode(String encoded) {
        try {
            return QueryStringDecoder.decodeComponent(encoded, UTF_8);
        } catch (IllegalArgumentException e) {
            throw Problem.parameter("query", encoded, "percent-encoded UTF-8");
        }
    }
}
