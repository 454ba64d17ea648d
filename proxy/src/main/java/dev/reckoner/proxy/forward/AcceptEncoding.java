package dev.reckoner.proxy.forward;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Cuts {@code Accept-Encoding} down to the content codings that a copy can be read of (P1). Order, weights and spelling
 * of what stays are kept; a wildcard would let in the others and goes. Stateless, any thread.
 */
final class AcceptEncoding {

    private static final Set<String> READABLE = Set.of("gzip", "x-gzip", "deflate", "identity");

    private AcceptEncoding() {}

    /**
     * New values of the Accept-Encoding fields, one for each, empty where a field goes. Where nothing readable is left,
     * the last one asks for identity, since no field at all would allow everything.
     */
    static List<String> readable(HttpHeaders headers) {
        List<String> values = headers.getAll(HttpHeaderNames.ACCEPT_ENCODING);
        if (values.isEmpty()) {
            return List.of();
        }
        List<String> cut = new ArrayList<>(values.size());
        boolean left = false;
        for (String value : values) {
            String kept = cut(value);
            left |= !kept.isEmpty();
            cut.add(kept);
        }
        if (!left) {
            cut.set(cut.size() - 1, "identity");
        }
        return cut;
    }

    private static String cut(String value) {
        String[] elements = value.split(",", -1);
        StringBuilder kept = new StringBuilder(value.length());
        int count = 0;
        for (String element : elements) {
            if (READABLE.contains(coding(element))) {
                kept.append(count == 0 ? "" : ",").append(element);
                count++;
            }
        }
        return count == elements.length ? value : kept.toString().strip();
    }

    private static String coding(String element) {
        int parameters = element.indexOf(';');
        String coding = parameters < 0 ? element : element.substring(0, parameters);
        return coding.strip().toLowerCase(Locale.ROOT);
    }
}
