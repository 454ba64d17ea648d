package dev.reckoner.ledger.report;

import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.store.Dims;
import dev.reckoner.ledger.store.TagList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which tuples a question is about: one of the allowed values of each dimension that it names. */
final class TupleFilter {
    private final Map<Dimension, Set<String>> allowed;

    private TupleFilter(Map<Dimension, Set<String>> allowed) {
        this.allowed = allowed;
    }

    /**
     * Those of a question.
     *
     * @param where the values that are allowed; "" stands for not stated
     */
    static TupleFilter of(Map<Dimension, List<String>> where) {
        Map<Dimension, Set<String>> allowed = new EnumMap<>(Dimension.class);
        where.forEach((dimension, values) -> allowed.put(dimension, new HashSet<>(values)));
        return new TupleFilter(allowed);
    }

    boolean takesAll() {
        return allowed.isEmpty();
    }

    boolean takes(Dims tuple) {
        return allowed.entrySet().stream().allMatch(entry -> takes(entry.getKey(), entry.getValue(), tuple));
    }

    /** A key may be named by its hint and by its hash. */
    private static boolean takes(Dimension dimension, Set<String> values, Dims tuple) {
        return switch (dimension) {
            case TAG -> !Collections.disjoint(values, TagList.tagsOrNone(tuple.tags()));
            case KEY -> values.contains(tuple.of(dimension)) || values.contains(tuple.keyHash());
            default -> values.contains(tuple.of(dimension));
        };
    }
}
