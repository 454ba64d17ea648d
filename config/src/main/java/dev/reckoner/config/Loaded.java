package dev.reckoner.config;

import java.util.List;

/**
 * Settings with where each came from.
 *
 * @param values every setting, in the order of the template
 */
public record Loaded(Settings settings, List<Shown> values) {

    public Loaded {
        values = List.copyOf(values);
    }
}
