package dev.reckoner.proxy.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A path as the most lenient upstream would read it: escapes decoded, doubled slashes taken as one, dot segments
 * resolved, case ignored. Only for deciding the route; nothing of it is ever sent.
 */
final class PathSegments {

    private PathSegments() {}

    static List<String> of(String path) {
        return inTheirCase(path).stream()
                .map(segment -> segment.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** The same segments with their case kept, which matters to ids. */
    static List<String> inTheirCase(String path) {
        List<String> segments = new ArrayList<>();
        String decoded = decoded(path);
        int start = 0;
        while (start <= decoded.length()) {
            int slash = decoded.indexOf('/', start);
            int end = slash < 0 ? decoded.length() : slash;
            add(segments, decoded.substring(start, end));
            start = end + 1;
        }
        return segments;
    }

    private static void add(List<String> segments, String segment) {
        if (segment.equals("..")) {
            if (!segments.isEmpty()) {
                segments.remove(segments.size() - 1);
            }
        } else if (!segment.isEmpty() && !segment.equals(".")) {
            segments.add(segment);
        }
    }

    /** Octet by octet: routes are ASCII, so no other character needs to come out right. */
    private static String decoded(String path) {
        if (path.indexOf('%') < 0) {
            return path;
        }
        StringBuilder decoded = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            int octet = path.charAt(i) == '%' ? PercentCoding.octet(path, i) : -1;
            if (octet < 0) {
                decoded.append(path.charAt(i));
            } else {
                decoded.append((char) octet);
                i += 2;
            }
        }
        return decoded.toString();
    }
}
