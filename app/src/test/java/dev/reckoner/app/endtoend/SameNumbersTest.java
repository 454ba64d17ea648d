package dev.reckoner.app.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.TokenType;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Command line, private API, reports and analytics, asked the same of random books, say the same to the last digit. */
final class SameNumbersTest {
    private static final long SEED = 20261124;

    @TempDir
    private static Path directory;

    private static ServedBooks books;
    private static LocalDate from;

    @BeforeAll
    static void serve() throws Exception {
        books = new ServedBooks(directory, SEED, 0.1);
        from = books.today();
        books.fill(SEED, 150);
    }

    @AfterAll
    static void close() {
        books.close();
    }

    /** A dimension under its names: on the command line and in the private API, in the command line's JSON, in the reports. */
    private record Name(String option, String field, String group) {}

    private static final List<Name> NAMES = List.of(
            new Name("user", "user", "user_id"),
            new Name("team", "team", "team"),
            new Name("project", "project", "project"),
            new Name("session", "sessionId", "session_id"),
            new Name("tag", "tag", "tag"),
            new Name("key", "key", "api_key_id"),
            new Name("model", "model", "model"),
            new Name("workspace", "workspace", "workspace_id"),
            new Name("service_tier", "serviceTier", "service_tier"),
            new Name("speed", "speed", "speed"),
            new Name("inference_geo", "inferenceGeo", "inference_geo"),
            new Name("context_window", "contextWindow", "context_window"));

    /** A width under its names, and how many days of it a page can hold. */
    private record Width(String option, Bucket bucket, int days, int limit) {}

    private static final List<Width> WIDTHS = List.of(
            new Width("1d", Bucket.DAY, 2, 31),
            new Width("1h", Bucket.HOUR, 2, 168),
            new Width("1m", Bucket.MINUTE, 1, 1440));

    /** Figures by name for each bucket and value. */
    private static final class Figures extends TreeMap<String, Map<String, BigDecimal>> {
        private static final long serialVersionUID = 1;

        void put(String start, JsonNode value, Map<String, BigDecimal> figures) {
            figures.values().removeIf(figure -> figure.signum() == 0);
            String day = start.length() == "2026-11-22".length() ? start + "T00:00:00Z" : start;
            String key = day + " " + (value.isNull() ? "" : value.asText());
            assertEquals(null, put(key, new TreeMap<>(figures)), key);
        }

        /** As the analytics show them: a geography that there is no choice of is none (api-facts §4.3). */
        Figures withoutGeography() {
            Figures without = new Figures();
            forEach((key, figures) -> figures.forEach(
                    (name, figure) -> without.computeIfAbsent(key.replace("not_available", ""), none -> new TreeMap<>())
                            .merge(name, figure, BigDecimal::add)));
            return without;
        }

        /** Only those figures. */
        Figures only(List<String> names) {
            Figures only = new Figures();
            forEach((key, figures) -> {
                Map<String, BigDecimal> some = new TreeMap<>(figures);
                some.keySet().retainAll(names);
                only.put(key, some);
            });
            return only;
        }
    }

    private static final List<String> TOKENS = List.of("input", "output", "write5m", "write1h", "read", "searches");

    static List<Object[]> questions() {
        List<Object[]> questions = new ArrayList<>();
        for (Width width : WIDTHS) {
            List<Name> names = width.bucket() == Bucket.DAY ? NAMES : NAMES.subList(0, 2);
            names.forEach(name -> questions.add(new Object[] {width, name}));
        }
        return questions;
    }

    @ParameterizedTest
    @MethodSource("questions")
    void everyWayToAsk_saysTheSame(Width width, Name name) throws Exception {
        Figures expected = privateApi(width, name);
        assertTrue(!expected.isEmpty(), name.toString());

        assertEquals(expected, commandLine("usage", width, name));
        assertEquals(expected, commandLine("cost", width, name));
        List<String> counted = new ArrayList<>(TOKENS);
        counted.addAll(List.of("requests", "estimated"));
        assertEquals(expected.only(counted), usageReport(width, name));
        Figures shown = expected.withoutGeography();
        assertEquals(shown.only(counted), analyticsUsage(width, name));
        assertEquals(shown.only(List.of("usd", "requests", "estimated", "pending")), analyticsCost(width, name));
        boolean costs = List.of("user", "team", "project", "session", "tag", "workspace")
                .contains(name.option());
        if (costs && width.bucket() == Bucket.DAY) {
            assertEquals(expected.only(List.of("usd", "estimated", "pending")), costReport(name));
        }
    }

    private static String instant(int day) {
        return from.plusDays(day) + "T00:00:00Z";
    }

    private static Figures privateApi(Width width, Name name) throws Exception {
        JsonNode answer = books.get("/reckoner/v1/report?from=" + instant(0) + "&until=" + instant(width.days())
                + "&bucket=" + width.bucket().name().toLowerCase(Locale.ROOT) + "&by=" + name.option());
        Figures figures = new Figures();
        for (JsonNode row : answer.path("rows")) {
            JsonNode sums = row.path("sums");
            BigDecimal usd = BigDecimal.ZERO;
            for (JsonNode amount : sums.path("amounts")) {
                usd = usd.add(new BigDecimal(amount.asText()));
            }
            Map<String, BigDecimal> all = counts(sums, "estimated", "pending");
            all.put("requests", sums.path("exchanges").decimalValue());
            all.put("usd", plain(usd));
            List<TokenType> types = List.of(
                    TokenType.INPUT,
                    TokenType.OUTPUT,
                    TokenType.CACHE_WRITE_5M,
                    TokenType.CACHE_WRITE_1H,
                    TokenType.CACHE_READ,
                    TokenType.WEB_SEARCH);
            for (int i = 0; i < types.size(); i++) {
                all.put(
                        TOKENS.get(i),
                        sums.path("quantities").path(types.get(i).name()).decimalValue());
            }
            figures.put(row.path("start").asText(), row.path("group").path(0), all);
        }
        return figures;
    }

    private static Figures commandLine(String command, Width width, Name name) throws Exception {
        JsonNode answer = books.command(
                command,
                "--by",
                name.option(),
                "--bucket",
                width.option(),
                "--since",
                from.toString(),
                "--until",
                from.plusDays(width.days() - 1L).toString(),
                "--json");
        Figures figures = new Figures();
        for (JsonNode row : answer.path(command)) {
            Map<String, BigDecimal> all = counts(row, "requests", "estimated", "pending");
            all.put("input", row.path("inputTokens").decimalValue());
            all.put("output", row.path("outputTokens").decimalValue());
            all.put("write5m", row.path("cacheCreation5mTokens").decimalValue());
            all.put("write1h", row.path("cacheCreation1hTokens").decimalValue());
            all.put("read", row.path("cacheReadTokens").decimalValue());
            all.put("searches", row.path("webSearchRequests").decimalValue());
            all.put("usd", plain(new BigDecimal(row.path("totalCost").asText())));
            figures.put(row.path(width.bucket() == Bucket.DAY ? "date" : "time").asText(), row.path(name.field()), all);
        }
        return figures;
    }

    private static Figures usageReport(Width width, Name name) throws Exception {
        JsonNode answer = books.get("/v1/organizations/usage_report/messages?starting_at=" + instant(0) + "&ending_at="
                + instant(width.days()) + "&bucket_width=" + width.option() + "&limit=" + width.limit()
                + "&group_by%5B%5D=" + name.group());
        Figures figures = new Figures();
        for (JsonNode bucket : answer.path("data")) {
            for (JsonNode result : bucket.path("results")) {
                figures.put(bucket.path("starting_at").asText(), result.path(name.group()), tokens(result));
            }
        }
        return figures;
    }

    private static Figures costReport(Name name) throws Exception {
        JsonNode answer = books.get("/v1/organizations/cost_report?starting_at=" + instant(0) + "&ending_at="
                + instant(2) + "&group_by%5B%5D=" + name.group());
        Figures figures = new Figures();
        for (JsonNode bucket : answer.path("data")) {
            for (JsonNode result : bucket.path("results")) {
                Map<String, BigDecimal> all = counts(result, "estimated", "pending");
                all.put("usd", usd(result));
                figures.put(bucket.path("starting_at").asText(), result.path(name.group()), all);
            }
        }
        return figures;
    }

    private static List<JsonNode> analytics(String report, Width width, Name name) throws Exception {
        String question = "/v1/organizations/analytics/" + report + "?starting_at=" + instant(0) + "&ending_at="
                + instant(width.days()) + "&time_bucket_width=" + width.option() + "&limit=30&group_by%5B%5D="
                + name.group();
        List<JsonNode> rows = new ArrayList<>();
        JsonNode page = books.get(question);
        page.path("data").forEach(rows::add);
        while (page.path("has_more").asBoolean()) {
            page = books.get(question + "&page=" + page.path("next_page").asText());
            page.path("data").forEach(rows::add);
        }
        return rows;
    }

    private static Figures analyticsUsage(Width width, Name name) throws Exception {
        Figures figures = new Figures();
        for (JsonNode row : analytics("usage", width, name)) {
            figures.put(
                    row.path("starting_at").asText(), row.path("group").path(name.group()), tokens(row.path("usage")));
        }
        return figures;
    }

    private static Figures analyticsCost(Width width, Name name) throws Exception {
        Figures figures = new Figures();
        for (JsonNode row : analytics("cost", width, name)) {
            Map<String, BigDecimal> all = counts(row.path("cost"), "requests", "estimated", "pending");
            all.put("usd", usd(row.path("cost")));
            figures.put(row.path("starting_at").asText(), row.path("group").path(name.group()), all);
        }
        return figures;
    }

    /** What the vendor's usage shapes have of a row. */
    private static Map<String, BigDecimal> tokens(JsonNode row) {
        Map<String, BigDecimal> all = counts(row, "requests", "estimated");
        all.put("input", row.path("uncached_input_tokens").decimalValue());
        all.put("output", row.path("output_tokens").decimalValue());
        all.put("write5m", row.at("/cache_creation/ephemeral_5m_input_tokens").decimalValue());
        all.put("write1h", row.at("/cache_creation/ephemeral_1h_input_tokens").decimalValue());
        all.put("read", row.path("cache_read_input_tokens").decimalValue());
        all.put("searches", row.at("/server_tool_use/web_search_requests").decimalValue());
        return all;
    }

    private static Map<String, BigDecimal> counts(JsonNode row, String... names) {
        Map<String, BigDecimal> counts = new TreeMap<>();
        for (String name : names) {
            counts.put(name, row.path(name).decimalValue());
        }
        return counts;
    }

    private static BigDecimal usd(JsonNode row) {
        return plain(new BigDecimal(row.path("amount").asText()).movePointLeft(2));
    }

    /** The same number always in the same form, so that equal means equal. */
    private static BigDecimal plain(BigDecimal usd) {
        return usd.signum() == 0 ? BigDecimal.ZERO : usd.stripTrailingZeros();
    }
}
