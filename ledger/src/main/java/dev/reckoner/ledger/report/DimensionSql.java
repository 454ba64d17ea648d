package dev.reckoner.ledger.report;

import dev.reckoner.ledger.Dimension;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How each dimension is read from {@code dims d}. Text from outside only ever becomes a parameter; what is put together
 * here is made of constants.
 */
final class DimensionSql {
    private static final String KEY =
            "case when d.key_hint <> '' then d.key_hint when d.key_hash = 'none' then '' else d.key_hash end";

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
        List<String> conditions = new ArrayList<>();
        List<String> parameters = new ArrayList<>();
        new TreeMap<>(where).forEach((dimension, values) -> condition(dimension, values, conditions, parameters));
        return new Filter(conditions.isEmpty() ? "1 = 1" : String.join(" and ", conditions), parameters);
    }

    private static void condition(
            Dimension dimension, List<String> values, List<String> conditions, List<String> parameters) {
        if (values.isEmpty()) {
            conditions.add("1 = 0");
            return;
        }
        String list = "(" + String.join(", ", Collections.nCopies(values.size(), "?")) + ")";
        switch (dimension) {
            case TAG -> {
                String tagged =
                        "exists (select 1 from dims_tags t where t.dims_id = d.dims_id and t.tag in " + list + ")";
                conditions.add(values.contains("") ? "(d.tags = '' or " + tagged + ")" : tagged);
                parameters.addAll(values);
            }
            case KEY -> {
                conditions.add("(" + KEY + " in " + list + " or d.key_hash in " + list + ")");
                parameters.addAll(values);
                parameters.addAll(values);
            }
            default -> {
                conditions.add(group(dimension) + " in " + list);
                parameters.addAll(values);
            }
        }
    }

    /** A condition on {@code dims d} and its parameters. */
    record Filter(String condition, List<String> parameters) {
        Filter {
            parameters = List.copyOf(parameters);
        }
    }
}
