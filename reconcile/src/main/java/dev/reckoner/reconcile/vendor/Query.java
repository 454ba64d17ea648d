package dev.reckoner.reconcile.vendor;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A path of the Admin API with its parameters, in the vendor's own spelling of arrays: {@code name[]=a&name[]=b}. */
record Query(String path, List<String> parameters) {

    Query {
        parameters = List.copyOf(parameters);
    }

    static Query of(String path) {
        return new Query(path, List.of());
    }

    /** The same with one more parameter. */
    Query with(String name, String value) {
        List<String> more = new ArrayList<>(parameters);
        more.add(URLEncoder.encode(name, StandardCharsets.UTF_8) + "="
                + URLEncoder.encode(value, StandardCharsets.UTF_8));
        return new Query(path, more);
    }

    /** The same with an array parameter. */
    Query withAll(String name, List<String> values) {
        Query query = this;
        for (String value : values) {
            query = query.with(name + "[]", value);
        }
        return query;
    }

    /** Path and query as they stand in a request line. */
    String target() {
        return parameters.isEmpty() ? path : path + "?" + String.join("&", parameters);
    }
}
