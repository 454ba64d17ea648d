package dev.reckoner.app.otlp;

import dev.reckoner.config.Settings.OtlpSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where metrics are sent and with which header fields: as the settings say, else as the environment of any OpenTelemetry
 * exporter does (OpenTelemetry specification, "OpenTelemetry Protocol Exporter").
 *
 * @param metrics the whole URL
 */
record OtlpTarget(URI metrics, Map<String, String> headers) {
    private static final Logger LOG = LoggerFactory.getLogger(OtlpTarget.class);
    private static final String VARIABLE = "OTEL_EXPORTER_OTLP_";
    private static final String PATH = "/v1/metrics";

    OtlpTarget {
        headers = Map.copyOf(headers);
    }

    /** Empty where nobody says where. */
    static Optional<OtlpTarget> of(OtlpSettings settings, Map<String, String> env) {
        Map<String, String> headers = headers(settings, env);
        if (settings.endpoint() != null) {
            return Optional.of(new OtlpTarget(below(settings.endpoint()), headers));
        }
        if ("true".equalsIgnoreCase(env.get("OTEL_SDK_DISABLED"))) {
            return Optional.empty();
        }
        String whole = said(env, "METRICS_ENDPOINT");
        String base = said(env, "ENDPOINT");
        Optional<URI> url = whole != null
                ? url("METRICS_ENDPOINT", whole)
                : base == null ? Optional.empty() : url("ENDPOINT", base).map(OtlpTarget::below);
        return url.filter(known -> understood(env)).map(known -> new OtlpTarget(known, headers));
    }

    /** Without what is secret. */
    @Override
    public String toString() {
        return metrics.getScheme() + "://" + metrics.getAuthority();
    }

    private static boolean understood(Map<String, String> env) {
        String protocol = said(env, "METRICS_PROTOCOL") == null ? said(env, "PROTOCOL") : said(env, "METRICS_PROTOCOL");
        boolean protobuf = protocol == null || protocol.equals("http/protobuf");
        if (!protobuf) {
            LOG.warn(
                    "{}PROTOCOL is not http/protobuf, which is all that is spoken: no metrics are sent; say the"
                            + " collector's HTTP port by metrics.otlp_endpoint",
                    VARIABLE);
        }
        return protobuf;
    }

    private static Map<String, String> headers(OtlpSettings settings, Map<String, String> env) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (!settings.headers().isEmpty()) {
            for (String field : settings.headers()) {
                int equals = field.indexOf('=');
                headers.put(field.substring(0, equals), field.substring(equals + 1));
            }
            return headers;
        }
        String all = said(env, "METRICS_HEADERS") == null ? said(env, "HEADERS") : said(env, "METRICS_HEADERS");
        if (all == null) {
            return headers;
        }
        for (String pair : all.split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                headers.put(
                        pair.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        decoded(pair.substring(equals + 1).strip()));
            }
        }
        return headers;
    }

    /** Values are written as in W3C Baggage: percent-encoded, with a plus sign that means itself. */
    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }

    private static URI below(URI base) {
        String text = base.toString();
        return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + PATH);
    }

    private static Optional<URI> url(String name, String text) {
        try {
            URI url = new URI(text);
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (http && url.getHost() != null) {
                return Optional.of(url);
            }
        } catch (URISyntaxException e) {
            LOG.debug("{}{} can't be read", VARIABLE, name);
        }
        LOG.warn("{}{} is not an http or https URL: no metrics are sent", VARIABLE, name);
        return Optional.empty();
    }

    private static @Nullable String said(Map<String, String> env, String name) {
        String value = env.get(VARIABLE + name);
        return value == null || value.isBlank() ? null : value.strip();
    }
}
