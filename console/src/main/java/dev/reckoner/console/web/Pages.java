package dev.reckoner.console.web;

import dev.reckoner.console.http.Answer;
import dev.reckoner.console.http.Endpoints;
import dev.reckoner.console.http.Endpoints.Where;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The files that a browser loads, read from the jar once. Every page is the same document: its script looks at the path
 * and draws what belongs there, so that a link to a page with its filters can be kept and sent on.
 */
public final class Pages {

    private static final String DOCUMENT = "index.html";
    private static final List<String> PATHS = List.of(
            "/",
            "/usage",
            "/cost",
            "/people",
            "/rate-limits",
            "/entries",
            "/reconciliation",
            "/chargeback",
            "/limits",
            "/keys",
            "/rates",
            "/alerts",
            "/audit",
            "/insights");
    private static final List<String> FILES = List.of(
            "app.css",
            "app.js",
            "icon.svg",
            "kit/api.js",
            "kit/chart.js",
            "kit/controls.js",
            "kit/credits.js",
            "kit/decimal.js",
            "kit/dom.js",
            "kit/entries.js",
            "kit/format.js",
            "kit/forms.js",
            "kit/live.js",
            "kit/query.js",
            "kit/reconciled.js",
            "kit/report.js",
            "kit/table.js",
            "lib/uplot.css",
            "lib/uplot.min.js",
            "pages/alerts.js",
            "pages/audit.js",
            "pages/chargeback.js",
            "pages/entries.js",
            "pages/explain.js",
            "pages/insights.js",
            "pages/keys.js",
            "pages/limits.js",
            "pages/overview.js",
            "pages/people.js",
            "pages/person.js",
            "pages/ratelimits.js",
            "pages/rates.js",
            "pages/reconciliation.js",
            "pages/spend.js",
            "parts.css",
            "theme.js");

    private Pages() {}

    /**
     * Adds the paths of all pages and files.
     *
     * @throws IllegalStateException where a file isn't in the jar
     */
    public static void addTo(Endpoints endpoints) {
        Answer document = read(DOCUMENT);
        PATHS.forEach(path -> endpoints.add(path, Where.INSTANT, asked -> document));
        for (String file : FILES) {
            Answer answer = read(file);
            endpoints.add("/" + file, Where.INSTANT, asked -> answer);
        }
    }

    private static Answer read(String file) {
        try (InputStream in = Pages.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks the console's file " + file);
            }
            return Answer.file(type(file), in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the console's file " + file, e);
        }
    }

    private static String type(String file) {
        return switch (file.substring(file.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "svg" -> "image/svg+xml";
            default -> throw new IllegalStateException("the console has no type for " + file);
        };
    }
}
