package dev.reckoner.config;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Dated things of few rows by what they are for; what a later file says goes before what an earlier one says. */
final class DatedByName<T extends Dated> {
    private final Map<String, List<T>> latestFirst = new HashMap<>();

    /**
     * Takes layers, the first one lowest.
     *
     * @param name what a thing is for
     */
    DatedByName(List<List<T>> layers, Function<T, String> name) {
        for (int i = layers.size() - 1; i >= 0; i--) {
            for (T thing : layers.get(i)) {
                latestFirst
                        .computeIfAbsent(name.apply(thing), absent -> new ArrayList<>())
                        .add(thing);
            }
        }
    }

    Optional<T> find(String name, Instant at) {
        return latestFirst.getOrDefault(name, List.of()).stream()
                .filter(thing -> thing.holds(at))
                .findFirst();
    }
}
