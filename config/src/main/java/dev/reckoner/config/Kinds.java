package dev.reckoner.config;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The kinds of values that settings have. */
final class Kinds {

    private static final int PORT_MAX = 65_535;
    private static final List<String> FLAGS = List.of("true", "false");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,12})(B|KiB|MiB|GiB)?");
    private static final Pattern USD = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,18})?");
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final Pattern ADDRESS = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([^:\\[\\]]+)):([0-9]{1,5})");
    private static final Pattern HOST_NAME =
            Pattern.compile("(?=.{1,253}$)[A-Za-z0-9_]([A-Za-z0-9_-]{0,62})(\\.[A-Za-z0-9_][A-Za-z0-9_-]{0,62})*");
    private static final Pattern DOTTED = Pattern.compile("[0-9.]+");
    private static final Pattern VERSION_AT_END = Pattern.compile("/v[0-9]+/*$");
    private static final Pattern PRICE_PAIR =
            Pattern.compile("([0-9]{1,5}(?:[.][0-9]{1,6})?)/([0-9]{1,5}(?:[.][0-9]{1,6})?)");
    private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(\\.(?!$)|$)){4}");

    private Kinds() {}

    /** A host and a port to listen on; the host must be said, so that nobody opens every interface by leaving it out. */
    static Kind<HostPort> address() {
        return new Kind<>() {
            @Override
            public @Nullable HostPort parse(Word word) {
                Matcher matcher = ADDRESS.matcher(word.text());
                if (!matcher.matches()) {
                    return null;
                }
                String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
                int port = Integer.parseInt(matcher.group(3));
                boolean known = matcher.group(1) == null ? isHost(host) : isIpv6(host);
                return known && port <= PORT_MAX ? new HostPort(host, port) : null;
            }

            @Override
            public String expected() {
                return "host:port with a port of 0 to 65535, such as 127.0.0.1:8484 or [::1]:8484";
            }
        };
    }

    /** An origin with an optional path prefix; a trailing slash is taken off, since targets begin with one. */
    static Kind<URI> origin() {
        return new Kind<>() {
            @Override
            public @Nullable URI parse(Word word) {
                try {
                    return originOf(new URI(word.text()));
                } catch (URISyntaxException e) {
                    return null;
                }
            }

            @Override
            public String expected() {
                return "an http or https URL without user, query, fragment or /v1, such as https://api.anthropic.com";
            }
        };
    }

    /** A path; {@code ~} is the home directory, relative ones start from where they were said. */
    static Kind<Path> path() {
        return new Kind<>() {
            @Override
            public @Nullable Path parse(Word word) {
                String text = word.text();
                if (text.isBlank() || text.chars().anyMatch(Character::isISOControl)) {
                    return null;
                }
                try {
                    if (text.equals("~") || text.startsWith("~/")) {
                        return word.home()
                                .resolve(text.substring(Math.min(2, text.length())))
                                .normalize();
                    }
                    return word.base().resolve(text).normalize();
                } catch (InvalidPathException e) {
                    return null;
                }
            }

            @Override
            public String expected() {
                return "a path";
            }

            @Override
            public String show(Path value, Word word) {
                return word.shown().equals(word.text()) ? value.toString() : word.shown();
            }
        };
    }

    /** The name of a host, or its address; in lower case. */
    static Kind<String> hostName() {
        return new Kind<>() {
            @Override
            public @Nullable String parse(Word word) {
                String text = word.text();
                return isHost(text) || isIpv6(text) ? text.toLowerCase(Locale.ROOT) : null;
            }

            @Override
            public String expected() {
                return "the name of a host without a port, such as reckoner.example";
            }
        };
    }

    /** An exact model id. */
    static Kind<String> modelId() {
        return new Kind<>() {
            @Override
            public @Nullable String parse(Word word) {
                return RowFields.isId(word.text()) ? word.text() : null;
            }

            @Override
            public String expected() {
                return "an exact model id such as claude-opus-5";
            }
        };
    }

    /** A limit. */
    static Kind<LimitRule> limit() {
        return new Kind<>() {
            @Override
            public @Nullable LimitRule parse(Word word) {
                return LimitRule.parse(word.text()).orElse(null);
            }

            @Override
            public String expected() {
                return LimitRule.EXPECTED;
            }
        };
    }

    /** Prices of input and output. */
    static Kind<Settings.UnknownRate> unknownRate() {
        return new Kind<>() {
            @Override
            public Settings.@Nullable UnknownRate parse(Word word) {
                Matcher matcher = PRICE_PAIR.matcher(word.text());
                return matcher.matches()
                        ? new Settings.UnknownRate(new BigDecimal(matcher.group(1)), new BigDecimal(matcher.group(2)))
                        : null;
            }

            @Override
            public String expected() {
                return "USD per million input and output tokens, such as 5/25";
            }
        };
    }

    /** Yes or no. */
    static Kind<Boolean> flag() {
        return new Kind<>() {
            @Override
            public @Nullable Boolean parse(Word word) {
                int at = FLAGS.indexOf(word.text());
                return at < 0 ? null : at == 0;
            }

            @Override
            public String expected() {
                return "true or false";
            }

            @Override
            public List<String> choices() {
                return FLAGS;
            }
        };
    }

    /** A whole number within bounds. */
    static Kind<Integer> number(int least, int most) {
        return new Kind<>() {
            @Override
            public @Nullable Integer parse(Word word) {
                if (!NUMBER.matcher(word.text()).matches()) {
                    return null;
                }
                long number = Long.parseLong(word.text());
                return number >= least && number <= most ? (int) number : null;
            }

            @Override
            public String expected() {
                return "a whole number of " + least + " to " + most;
            }
        };
    }

    /** A number of bytes within bounds, both given in the form that is parsed. */
    static Kind<Long> size(String least, String most) {
        long min = bytes(least);
        long max = bytes(most);
        return new Kind<>() {
            @Override
            public @Nullable Long parse(Word word) {
                long bytes = bytes(word.text());
                return bytes >= min && bytes <= max ? bytes : null;
            }

            @Override
            public String expected() {
                return "a size of " + least + " to " + most + ", such as 65536, 64KiB, 1MiB or 1GiB";
            }
        };
    }

    /** A duration within bounds, both given in the form that is parsed. */
    static Kind<Duration> duration(String least, String most) {
        long min = millis(least);
        long max = millis(most);
        return new Kind<>() {
            @Override
            public @Nullable Duration parse(Word word) {
                long millis = millis(word.text());
                return millis >= min && millis <= max ? Duration.ofMillis(millis) : null;
            }

            @Override
            public String expected() {
                return "a duration of " + least + " to " + most + ", such as 250ms, 5s, 10m or 1h";
            }
        };
    }

    /** An amount of USD, exact. */
    static Kind<BigDecimal> usd() {
        return new Kind<>() {
            @Override
            public @Nullable BigDecimal parse(Word word) {
                return USD.matcher(word.text()).matches() ? new BigDecimal(word.text()) : null;
            }

            @Override
            public String expected() {
                return "an amount of USD of 0 or more, such as 50 or 0.05";
            }
        };
    }

    /** One of an enum's names in lower case. */
    static <E extends Enum<E>> Kind<E> choice(Class<E> type) {
        List<E> all = List.of(type.getEnumConstants());
        List<String> names =
                all.stream().map(e -> e.name().toLowerCase(Locale.ROOT)).toList();
        return new Kind<>() {
            @Override
            public @Nullable E parse(Word word) {
                int at = names.indexOf(word.text());
                return at < 0 ? null : all.get(at);
            }

            @Override
            public String expected() {
                return "one of " + String.join(", ", names);
            }

            @Override
            public List<String> choices() {
                return names;
            }
        };
    }

    /** The name of an enum's value as files spell it. */
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static boolean isHost(String host) {
        return DOTTED.matcher(host).matches()
                ? IPV4.matcher(host).matches()
                : HOST_NAME.matcher(host).matches();
    }

    private static boolean isIpv6(String literal) {
        try {
            return literal.indexOf(':') >= 0 && InetAddress.getByName("[" + literal + "]") != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static @Nullable URI originOf(URI uri) throws URISyntaxException {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean plain = noneSaid(uri.getRawUserInfo(), uri.getRawQuery(), uri.getRawFragment())
                && isPathPrefix(uri.getRawPath());
        boolean reachable = uri.getHost() != null && uri.getPort() != 0 && uri.getPort() <= PORT_MAX;
        if (!List.of("http", "https").contains(scheme) || !plain || !reachable) {
            return null;
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        if (!host.startsWith("[") && !isHost(host)) {
            return null;
        }
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return new URI(scheme + "://" + host + port + uri.getRawPath().replaceAll("/+$", ""));
    }

    private static boolean noneSaid(@Nullable String... parts) {
        return Arrays.stream(parts).allMatch(Objects::isNull);
    }

    /** Behind a prefix that ends with /v1, a client's /messages would reach the upstream's /v1/messages unmetered. */
    private static boolean isPathPrefix(@Nullable String path) {
        return path != null
                && Arrays.stream(path.split("/", -1)).noneMatch(part -> part.equals(".") || part.equals(".."))
                && !VERSION_AT_END.matcher(path).find();
    }

    private static long bytes(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            return -1;
        }
        String unit = matcher.group(2) == null ? "B" : matcher.group(2);
        long factor = switch (unit) {
            case "KiB" -> 1L << 10;
            case "MiB" -> 1L << 20;
            case "GiB" -> 1L << 30;
            default -> 1L;
        };
        long number = Long.parseLong(matcher.group(1));
        return number > Long.MAX_VALUE / factor ? -1 : number * factor;
    }

    private static long millis(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return -1;
        }
        long factor = switch (matcher.group(2)) {
            case "s" -> 1_000L;
            case "m" -> 60_000L;
            case "h" -> 3_600_000L;
            case "d" -> 86_400_000L;
            default -> 1L;
        };
        return Long.parseLong(matcher.group(1)) * factor;
    }
}
