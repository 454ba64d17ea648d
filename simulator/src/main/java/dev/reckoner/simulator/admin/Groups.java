package dev.reckoner.simulator.admin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keys of grouped rows: a value for each group, the empty one for none. */
final class Groups {
    static final Comparator<List<String>> ORDER = Groups::compare;

    private Groups() {}

    static <V> Map<List<String>, V> sorted() {
        return new TreeMap<>(ORDER);
    }

    static List<String> key(List<Field> groups, Terms terms) {
        List<String> key = new ArrayList<>(groups.size());
        for (Field field : groups) {
            key.add(Objects.requireNonNullElse(field.value(terms), ""));
        }
        return key;
    }

    /** The value of a field in a key; null where the field isn't grouped by or has none. */
    static @Nullable String value(List<Field> groups, List<String> key, Field field) {
        int place = groups.indexOf(field);
        return place < 0 || key.get(place).isEmpty() ? null : key.get(place);
    }

    private static int compare(List<String> one, List<String> other) {
        for (int i = 0; i < one.size(); i++) {
            int order = one.get(i).compareTo(other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
