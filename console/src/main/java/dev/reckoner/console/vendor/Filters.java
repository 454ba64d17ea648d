package dev.reckoner.console.vendor;

import dev.reckoner.console.http.Params;
import dev.reckoner.console.http.Problem;
import dev.reckoner.ledger.Dimension;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What a report is narrowed to.
 *
 * @param where values allowed per dimension of our books; the empty string stands for "not stated"
 * @param nothing whether a filter names something that no response states, so that nothing can match
 */
record Filters(Map<Dimension, List<String>> where, boolean nothing) {

    static Filters of(Params params, List<Key> keys) {
        Map<Dimension, List<String>> where = new EnumMap<>(Dimension.class);
        boolean nothing = false;
        for (Key key : keys) {
            List<String> values = values(params, key);
            if (values.isEmpty()) {
                continue;
            }
            Dimension dimension = key.dimension();
            if (dimension == null) {
                nothing = true;
            } else {
                where.put(dimension, values);
            }
        }
        return new Filters(where, nothing);
    }

    /** Names of the groups asked for, each once, in the order of {@code known}. */
    static List<String> groups(Params params, List<String> known) {
        List<String> asked = params.all("group_by");
        for (String group : asked) {
            if (!known.contains(group)) {
                throw Problem.parameter("group_by[]", group, "one of " + String.join(", ", known));
            }
        }
        List<String> ordered = new ArrayList<>(known);
        ordered.retainAll(asked);
        return ordered;
    }

    /** The values of a filter, which must be allowed. */
    static List<String> values(Params params, Key key) {
        List<String> values = params.all(key.filter());
        expectAllowed(key, values);
        return values;
    }

    private static void expectAllowed(Key key, List<String> values) {
        for (String value : values) {
            if (!key.allowed().isEmpty() && !key.allowed().contains(value)) {
                throw Problem.parameter(
                        key.filter() + "[]", value, "one of " + String.join(", ", new TreeSet<>(key.allowed())));
            }
        }
    }
}
