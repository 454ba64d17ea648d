package dev.reckoner.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckoner.config.HostPort;
import dev.reckoner.config.Settings;
import dev.reckoner.console.books.BooksApi;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The description of the report API against what is served; {@link Wire} holds every answer of all tests against it. */
final class OpenApiTest {
    private static final String ONLY = "expected only the parameters ";

    private final FakeReports reports = new FakeReports();
    private final Clock clock = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
    private final ConsoleParts parts = FakeParts.of(reports, new FakeKeys(), new FakeLimits());
    private final ConsoleServer server =
            ConsoleServer.start(new Settings.ConsoleSettings(new HostPort("127.0.0.1", 0)), parts, () -> true, clock);

    @AfterEach
    void close() {
        server.close();
    }

    /** What is for programs: no pages, and nothing of the private API. */
    private static boolean isPublic(String listed) {
        String path = listed.substring(listed.indexOf(' ') + 1);
        return !path.startsWith(BooksApi.PREFIX)
                && Stream.of("/v1/", "/healthz", "/readyz", "/metrics", OpenApi.PATH)
                        .anyMatch(path::startsWith);
    }

    @Test
    void paths_servedAndDescribed_areTheSame() {
        List<String> served = ConsoleServer.endpoints(parts, () -> true, clock).listed().stream()
                .filter(OpenApiTest::isPublic)
                .map(path -> path.endsWith("/") ? path + "{id}" : path)
                .toList();
        assertEquals(new TreeSet<>(served), new TreeSet<>(Described.paths()));
    }

    static Stream<String> reports() {
        return Described.paths().stream()
                .filter(path -> path.startsWith("GET /v1/") && !path.endsWith("}"))
                .map(path -> path.substring("GET ".length()));
    }

    @ParameterizedTest
    @MethodSource("reports")
    void parameters_takenAndDescribed_areTheSame(String path) {
        Wire.Response response = Wire.get(server, path + "?nothing_of_the_kind=1");

        assertEquals(400, response.status(), response.body());
        String message = response.message();
        assertTrue(message.contains(ONLY), message);
        String[] taken =
                message.substring(message.indexOf(ONLY) + ONLY.length()).split(", ");
        assertEquals(Arrays.stream(taken).sorted().toList(), Described.parameters(path));
    }

    @ParameterizedTest
    @MethodSource("reports")
    void values_describedOneByOne_areTaken_andNoOthers(String path) {
        List<String> parameters = Described.parameters(path);
        StringBuilder needed = new StringBuilder("?");
        for (String[] one :
                new String[][] {{"starting_at", "2026-11-01T00:00:00Z"}, {"ending_at", "2026-11-01T12:00:00Z"}}) {
            needed.append(parameters.contains(one[0]) ? one[0] + "=" + one[1] + "&" : "");
        }
        for (JsonNode parameter :
                Described.DOCUMENT.path("paths").path(path).path("get").path("parameters")) {
            String name = parameter.path("name").asText();
            JsonNode schema = parameter.path("schema");
            JsonNode values = schema.has("items") ? schema.at("/items/enum") : schema.path("enum");
            for (JsonNode value : values) {
                Wire.Response response = Wire.get(server, path + needed + name + "=" + value.asText());
                assertEquals(200, response.status(), name + " " + response.body());
                Wire.Response refused = Wire.get(server, path + needed + name + "=no_such");
                assertEquals(400, refused.status(), name + " takes what isn't described");
            }
        }
    }

    @Test
    void description_isServedAsItStands() throws Exception {
        Wire.Response response = Wire.get(server, OpenApi.PATH);
        assertEquals(200, response.status());
        assertEquals("application/json", response.header("content-type"));
        assertEquals(Described.DOCUMENT, new ObjectMapper().readTree(response.body()));
        assertEquals("3.1.0", response.json().path("openapi").asText());
    }

    @Test
    void everything_isDescribedInWords() {
        for (JsonNode path : Described.DOCUMENT.path("paths")) {
            for (JsonNode operation : path) {
                assertFalse(operation.path("summary").asText().isEmpty(), operation.toString());
                for (JsonNode parameter : operation.path("parameters")) {
                    assertFalse(parameter.path("description").asText().isEmpty(), parameter.toString());
                }
            }
        }
    }

    @Test
    void schemas_holdAnswersToThem() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        Schemas schemas = new Schemas(Described.DOCUMENT);
        JsonNode status = mapper.readTree("{\"$ref\":\"#/components/schemas/Status\"}");
        assertEquals(List.of(), schemas.wrong(status, mapper.readTree("{\"status\":\"ok\"}")));
        assertEquals(List.of("$.status: missing"), schemas.wrong(status, mapper.readTree("{}")));
        assertEquals(
                List.of("$.status: \"no\" isn't one of [\"ok\"]", "$.more: not described"),
                schemas.wrong(status, mapper.readTree("{\"status\":\"no\",\"more\":1}")));
        JsonNode odd =
                mapper.readTree("{\"type\":\"array\",\"items\":{\"type\":[\"integer\",\"null\"],\"minimum\":0}}");
        assertEquals(
                List.of("$[2]: -1 is too small", "$[3]: 1.5 is no [\"integer\",\"null\"]"),
                schemas.wrong(odd, mapper.readTree("[1,null,-1,1.5]")));
        assertEquals(
                List.of("$: unknown keyword maxItems"),
                schemas.wrong(mapper.readTree("{\"maxItems\":1}"), mapper.readTree("[]")));
    }
}
