package dev.reckoner.simulator.admin;

import dev.reckoner.simulator.Problem;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The parameters of one request and the versions that its headers ask for; whatever is wrong is a 400 by name. */
final class Query {
    /** Sent by the vendor's SDKs and without a meaning of its own. */
    private static final String BETA = "beta";

    private final Map<String, List<String>> parameters;
    private final String version;
    private final Set<String> betas;

    Query(String query, String version, Set<String> betas) {
        parameters = new QueryStringDecoder(query, false).parameters();
        this.version = version;
        this.betas = betas;
    }

    String version() {
        return version;
    }

    boolean beta(String name) {
        return betas.contains(name);
    }

    void expectOnly(Collection<String> known) {
        Set<String> unknown = new TreeSet<>(parameters.keySet());
        unknown.removeAll(known);
        unknown.remove(BETA);
        if (!unknown.isEmpty()) {
            throw Problem.invalid(unknown.iterator().next() + ": Extra inputs are not permitted");
        }
    }

    @Nullable
    String one(String name) {
        List<String> values = parameters.get(name);
        return values == null ? null : values.get(0);
    }

    /** The values of an array, which is written {@code name[]=a&name[]=b} (api-facts §4). */
    List<String> all(String name) {
        return parameters.getOrDefault(name + "[]", List.of());
    }

    List<String> all(String name, Collection<String> allowed) {
        for (String value : all(name)) {
            if (!allowed.contains(value)) {
                throw Problem.invalid(name + ": expected one of " + allowed + ", found '" + value + "'");
            }
        }
        return all(name);
    }

    String choice(String name, List<String> allowed) {
        String value = one(name);
        if (value == null) {
            return allowed.get(0);
        }
        if (!allowed.contains(value)) {
            throw Problem.invalid(name + ": expected one of " + allowed + ", found '" + value + "'");
        }
        return value;
    }

    @Nullable
    Instant instant(String name) {
        String value = one(name);
        if (value == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeException e) {
            throw Problem.invalid(name + ": expected an RFC 3339 date and time, found '" + value + "'");
        }
    }

    Instant start() {
        Instant start = instant("starting_at");
        if (start == null) {
            throw Problem.invalid("starting_at: Field required");
        }
        return start;
    }

    int limit(int byDefault, int max) {
        String value = one("limit");
        if (value == null) {
            return byDefault;
        }
        if (!value.matches("[0-9]{1,6}") || Integer.parseInt(value) < 1 || Integer.parseInt(value) > max) {
            throw Problem.invalid("limit: expected a whole number from 1 to " + max + ", found '" + value + "'");
        }
        return Integer.parseInt(value);
    }
}
