package dev.reckoner.app.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The dashboard in docs/grafana, as far as a test can look at it: its panels and what they ask. */
final class Dashboard {
    private static final Pattern METRIC = Pattern.compile("reckoner_[a-z_]+");

    private final JsonNode json;

    private Dashboard(JsonNode json) {
        this.json = json;
    }

    static Dashboard read() throws IOException {
        return new Dashboard(new ObjectMapper()
                .readTree(root().resolve("docs/grafana/reckoner.json").toFile()));
    }

    /** What each panel asks, by its title, with the variables as Grafana would set them. */
    Map<String, List<String>> questions() {
        Map<String, List<String>> questions = new LinkedHashMap<>();
        for (JsonNode panel : json.path("panels")) {
            List<String> expressions = new ArrayList<>();
            panel.path("targets")
                    .forEach(target -> expressions.add(target.path("expr")
                            .asText()
                            .replace("$__rate_interval", "1m")
                            .replace("$__range", "5m")
                            .replace("$model", ".*")
                            .replace("$team", ".*")));
            if (!expressions.isEmpty()) {
                questions.put(panel.path("title").asText(), expressions);
            }
        }
        return questions;
    }

    /** The metrics that panels and variables name. */
    Set<String> metrics() {
        Set<String> metrics = new TreeSet<>();
        Matcher name =
                METRIC.matcher(questions().values() + json.path("templating").toString());
        while (name.find()) {
            metrics.add(name.group());
        }
        return metrics;
    }

    static Path root() {
        for (Path place = Path.of("").toAbsolutePath(); place != null; place = place.getParent()) {
            if (Files.exists(place.resolve("ARCHITECTURE.md"))) {
                return place;
            }
        }
        throw new AssertionError("no ARCHITECTURE.md above " + Path.of("").toAbsolutePath());
    }
}
