package dev.reckoner.proxy.attribute;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The client program, from the first product of its User-Agent (RFC 9110 §10.1.5). Versions are left out, since a tag
 * per version would split every report; what stands in a version's place but is none, as in {@code Anthropic/Python
 * 0.79.0} (api-facts §2.2), belongs to the name.
 */
final class Client {

    private static final Pattern PRODUCT = Pattern.compile(
            "\\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)(/[A-Za-z][!#$%&'*+.^_`|~0-9A-Za-z-]*)?.*", Pattern.DOTALL);

    private Client() {}

    /** The tag {@code client=<product>}, null without a product. */
    static @Nullable String tag(@Nullable String userAgent) {
        if (userAgent == null) {
            return null;
        }
        Matcher matcher = PRODUCT.matcher(userAgent);
        if (!matcher.matches()) {
            return null;
        }
        return "client=" + matcher.group(1) + (matcher.group(2) == null ? "" : matcher.group(2));
    }
}
