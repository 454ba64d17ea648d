package dev.reckoner.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The kinds of values that nobody may see. */
final class Secrets {
    private static final int PORT_MAX = 65_535;
    private static final int CHARS_MAX = 1_024;
    private static final Pattern FIELD = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}=[\\x20-\\x7e]{1,1024}");

    private Secrets() {}

    /** A URL whose path lets whoever knows it in; only its host is shown. */
    static Kind<URI> url() {
        return new Kind<>() {
            @Override
            public @Nullable URI parse(Word word) {
                try {
                    URI uri = new URI(word.text());
                    return reachable(uri) ? uri : null;
                } catch (URISyntaxException e) {
                    return null;
                }
            }

            @Override
            public String expected() {
                return "an http or https URL without user and fragment";
            }

            @Override
            public boolean secret() {
                return true;
            }

            @Override
            public String show(URI value, Word word) {
                return value.getScheme() + "://" + value.getHost() + "/" + Masking.HIDDEN;
            }
        };
    }

    /** Any text on one line. */
    static Kind<String> text() {
        return new Kind<>() {
            @Override
            public @Nullable String parse(Word word) {
                String text = word.text();
                boolean plain = text.length() <= CHARS_MAX && text.chars().noneMatch(Character::isISOControl);
                return plain && !text.isBlank() ? text : null;
            }

            @Override
            public String expected() {
                return "a text of at most " + CHARS_MAX + " characters on one line";
            }

            @Override
            public boolean secret() {
                return true;
            }

            @Override
            public String show(String value, Word word) {
                return Masking.HIDDEN;
            }
        };
    }

    /** A header field, NAME=VALUE; only its name is shown. */
    static Kind<String> field() {
        return new Kind<>() {
            @Override
            public @Nullable String parse(Word word) {
                return FIELD.matcher(word.text()).matches() ? word.text() : null;
            }

            @Override
            public String expected() {
                return "a header field such as authorization=Bearer TOKEN";
            }

            @Override
            public boolean secret() {
                return true;
            }

            @Override
            public String show(String value, Word word) {
                return value.substring(0, value.indexOf('=') + 1) + Masking.HIDDEN;
            }
        };
    }

    private static boolean reachable(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean plain = uri.getRawUserInfo() == null && uri.getRawFragment() == null;
        return List.of("http", "https").contains(scheme)
                && plain
                && uri.getHost() != null
                && uri.getPort() != 0
                && uri.getPort() <= PORT_MAX;
    }
}
