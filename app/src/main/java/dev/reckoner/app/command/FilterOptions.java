package dev.reckoner.app.command;

import dev.reckoner.ledger.Dimension;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The option that says which exchanges count. */
public final class FilterOptions {
    @Option(
            names = "--where",
            paramLabel = "NAME=VALUE",
            converter = Converters.Filter.class,
            description = "Only these, such as user=ada. Repeat it: the same name allows more values, another name"
                    + " narrows down. An empty value stands for not stated.")
    private final List<Where> where = new ArrayList<>();

    /** The values allowed per dimension. */
    public Map<Dimension, List<String>> where() {
        Map<Dimension, List<String>> allowed = new EnumMap<>(Dimension.class);
        for (Where one : where) {
            allowed.computeIfAbsent(one.dimension(), dimension -> new ArrayList<>())
                    .add(one.value());
        }
        return allowed;
    }
}
