package dev.reckoner.ledger.report;

import dev.reckoner.ledger.Dimension;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * How each dimension is read from {@code dims d}. Text from outside only ever becomes a parameter; what is put together
 * here is made of constants.
 */
final class DimensionSql {
    private static final String KEY =
            "case when d.key_hint <> '' then d.key_hint when d.key_hash = 'none' then '' else d.key_hash end";

    /** Dimensions that are the same for all lines of an entry. */
    static final Set<Dimension> OF_ENTRY = Set.of(
            Dimension.USER,
            Dimension.TEAM,
            Dimension.PROJECT,
            Dimension.SESSION,
            Dimension.TAG,
            Dimension.KEY,
            Dimension.VIRTUAL_KEY,
            Dimension.WORKSPACE);

    private DimensionSql() {}

    /**
     * The expression to group by. Tags come as the whole list of the tuple, to be taken apart afterwards. A key is shown
     * by its hint, as the vendor's console does; without a hint by its hash.
     */
    static String group(Dimension dimension) {
        return switch (dimension) {
            case USER -> "d.user_name";
            case TEAM -> "d.team";
            case PROJECT -> "d.project";
            case SESSION -> "d.session_id";
            case TAG -> "d.tags";
            case KEY -> KEY;
            case VIRTUAL_KEY -> "d.virtual_key";
            case MODEL -> "d.model";
            case WORKSPACE -> "d.workspace_id";
            case SERVICE_TIER -> "d.service_tier";
            case SPEED -> "d.speed";
            case INFERENCE_GEO -> "d.inference_geo";
            case CONTEXT_WINDOW -> "d.context_window";
        };
    }

    /** What tuples must fulfil: one condition per dimension, all of them; its parameters in order. */
    static Filter filter(Map<Dimension, List<String>> where) {
        return filter(where, "d", DimensionSql::group);
    }

    /** The expression for rows that have the values themselves, under their names in {@code dims}. */
    static String group(Dimension dimension, String alias) {
        return group(dimension).replace("d.", alias + ".");
    }

    /** What tuples must fulfil, for rows that have the values themselves, under their names in {@code dims}. */
    static Filter ofRows(Map<Dimension, List<String>> where, String alias) {
        return filter(where, alias, dimension -> group(dimension, alias));
    }

    /**
     * What entries {@code e} must fulfil themselves, whatever their lines say: who caused an exchange and what it came
     * with is the same for all its lines, and stands in the entry.
     *
     * @param where dimensions of {@link #OF_ENTRY}
     */
    static Filter ofEntry(Map<Dimension, List<String>> where) {
        return filter(where, "e", dimension -> switch (dimension) {
            case USER -> "coalesce(e.user_name, '')";
            case TEAM -> "coalesce(e.team, '')";
            case PROJECT -> "coalesce(e.project, '')";
            case SESSION -> "coalesce(e.session_id, '')";
            case WORKSPACE -> "coalesce(e.workspace_id, '')";
            case VIRTUAL_KEY -> "coalesce(e.virtual_key, '')";
            case TAG -> "coalesce(e.tags, '')";
            case KEY -> KEY.replace("d.", "e.");
            default -> throw new IllegalArgumentException(dimension + " is each line's own");
        });
    }

    private static Filter filter(
            Map<Dimension, List<String>> where, String of, Function<Dimension, String> expression) {
        List<String> conditions = new ArrayList<>();
        List<String> parameters = new ArrayList<>();
        new TreeMap<>(where).forEach((dimension, values) -> {
            Filter filter = condition(dimension, values, of, expression.apply(dimension));
            conditions.add(filter.condition());
            parameters.addAll(filter.parameters());
        });
        return new Filter(conditions.isEmpty() ? "1 = 1" : String.join(" and ", conditions), parameters);
    }

    private static Filter condition(Dimension dimension, List<String> values, String of, String expression) {
        if (values.isEmpty()) {
            return new Filter("1 = 0", values);
        }
        String list = "(" + String.join(", ", Collections.nCopies(values.size(), "?")) + ")";
        return switch (dimension) {
            case TAG -> {
                String tagged = "exists (select 1 from dims_tags t where t.dims_id = " + of + ".dims_id and t.tag in "
                        + list + ")";
                yield new Filter(values.contains("") ? "(" + expression + " = '' or " + tagged + ")" : tagged, values);
            }
            case KEY -> {
                List<String> twice = new ArrayList<>(values);
                twice.addAll(values);
                yield new Filter("(" + expression + " in " + list + " or " + of + ".key_hash in " + list + ")", twice);
            }
            default -> new Filter(expression + " in " + list, values);
        };
    }

    /** A condition on {@code dims d} and its parameters. */
    record Filter(String condition, List<String> parameters) {
        Filter {
            parameters = List.copyOf(parameters);
        }
    }
}
