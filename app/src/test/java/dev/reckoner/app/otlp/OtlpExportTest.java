package dev.reckoner.app.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.RateTables;
import dev.reckoner.config.Settings;
import dev.reckoner.config.SettingsLoader;
import dev.reckoner.ledger.Asked;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.Charge;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.KeyRef;
import dev.reckoner.ledger.Opening;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.Route;
import dev.reckoner.ledger.TokenCounts;
import dev.reckoner.ledger.Usage;
import dev.reckoner.ledger.rating.Rater;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a collector is sent of entries, and that it can be away, slow or refusing without anybody noticing. */
final class OtlpExportTest {
    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
    private static final String MODEL = "claude-opus-5";
    private static final String COMMON = "gen_ai.operation.name=chat,gen_ai.provider.name=anthropic,"
            + "gen_ai.request.model=claude-opus-5,gen_ai.response.model=claude-opus-5";
    private static final String SERVER = ",server.address=api.example,server.port=443";
    private static final Rater RATER = new Rater(RateTables.builtIn());

    @Test
    void entry_inBothGenerations_inputIncludesCaches() throws Exception {
        try (Collector collector = Collector.start()) {
            try (OtlpExport export = started(settings(collector, "both"), Map.of())) {
                export.made(message(MODEL, Outcome.OK_UPSTREAM_COMPLETE));
                export.made(message(MODEL, Outcome.OK_UPSTREAM_COMPLETE));
                collector.await("gen_ai.client.token.usage {token} #bounds");
            }
            Map<String, Double> seen = collector.latest();
            String client = "gen_ai.client.token.usage {token} " + COMMON + ",gen_ai.token.type=";
            assertEquals(2 * (10 + 300 + 20 + 7), seen.get(client + "input" + SERVER), seen.toString());
            assertEquals(2 * 50, seen.get(client + "output" + SERVER));
            assertEquals(2, seen.get(client + "input" + SERVER + "#count"));
            assertEquals(14, seen.get("gen_ai.client.token.usage {token} #bounds"));
            String usage = "gen_ai.client.inference.usage.";
            String unknown = " {token} " + COMMON + ",gen_ai.token.modality=unknown" + SERVER;
            assertEquals(2 * 337, seen.get(usage + "input_tokens" + unknown));
            assertEquals(2 * 50, seen.get(usage + "output_tokens" + unknown));
            assertEquals(2 * 300, seen.get(usage + "cache_read.input_tokens" + unknown));
            assertEquals(2 * 27, seen.get(usage + "cache_write.input_tokens" + unknown));
            assertEquals(2 * 30, seen.get(usage + "reasoning.output_tokens" + unknown));
            assertEquals(
                    2 * 337, seen.get("gen_ai.client.inference.operation.input_tokens {token} " + COMMON + SERVER));
            assertEquals(2 * 2.0, seen.get("gen_ai.client.operation.duration s " + COMMON + SERVER));
            assertEquals(14, seen.get("gen_ai.client.operation.duration s #bounds"));
            assertEquals(2 * 0.5, seen.get("gen_ai.client.operation.time_to_first_chunk s " + COMMON + SERVER));
            assertEquals(2 * 2.0, seen.get("gen_ai.client.inference.duration s " + COMMON + SERVER));
            double amount = 2
                    * message(MODEL, Outcome.OK_UPSTREAM_COMPLETE)
                            .charge()
                            .amount()
                            .doubleValue();
            assertEquals(
                    amount,
                    seen.getOrDefault("reckoner.cost {USD} " + COMMON + ",reckoner.team=core" + SERVER, 0.0),
                    1e-12);
            assertEquals(Map.of("service.name", "reckoner", "service.version", "1.2.3"), collector.resource());
            assertFalse(seen.toString().contains("ada"), "nobody is named");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "client,gen_ai.client.token.usage,gen_ai.client.inference",
        "inference,gen_ai.client.inference,token.usage"
    })
    void conventions_ofOneGeneration_areAllThatIsSent(String conventions, String there, String absent)
            throws Exception {
        try (Collector collector = Collector.start()) {
            try (OtlpExport export = started(settings(collector, conventions), Map.of())) {
                export.made(message(MODEL, Outcome.OK_UPSTREAM_COMPLETE));
            }
            String names = collector.latest().keySet().toString();
            assertTrue(names.contains(there), names);
            assertFalse(names.contains(absent), names);
        }
    }

    @Test
    void failure_hasItsType_andWhatIsNotMeteredIsNotThere() throws Exception {
        try (Collector collector = Collector.start()) {
            try (OtlpExport export = started(settings(collector, "client"), Map.of())) {
                export.made(message(MODEL, Outcome.FAILED_UPSTREAM_ERROR_EVENT));
                export.made(entry(Route.COUNT_TOKENS, MODEL, MODEL, Outcome.OK_UPSTREAM_COMPLETE));
                export.made(entry(Route.MESSAGES, "junk of a client", null, Outcome.FAILED_UPSTREAM_STATUS));
            }
            Map<String, Double> seen = collector.latest();
            String names = seen.keySet().toString();
            assertTrue(names.contains("error.type=failed_upstream_error_event"), names);
            assertTrue(names.contains("gen_ai.request.model=other"), names);
            assertFalse(names.contains("junk"), names);
            double operations = seen.entrySet().stream()
                    .filter(one -> one.getKey().startsWith("gen_ai.client.operation.duration")
                            && one.getKey().endsWith("#count"))
                    .mapToDouble(Map.Entry::getValue)
                    .sum();
            assertEquals(2, operations);
        }
    }

    @Test
    void environment_ofAnyExporter_isRespected() throws Exception {
        try (Collector collector = Collector.start()) {
            Map<String, String> env = Map.of(
                    "OTEL_EXPORTER_OTLP_ENDPOINT",
                    collector.url() + "/prefix/",
                    "OTEL_EXPORTER_OTLP_HEADERS",
                    "X-Token=a%20b+c, other = d",
                    "OTEL_SERVICE_NAME",
                    "books");
            try (OtlpExport export = started(settings(Map.of()), env)) {
                export.made(message(MODEL, Outcome.OK_UPSTREAM_COMPLETE));
            }
            assertEquals("/prefix/v1/metrics", collector.heads.get(0).get("path"));
            assertEquals("a b+c", collector.heads.get(0).get("x-token"));
            assertEquals("d", collector.heads.get(0).get("other"));
            assertEquals("application/x-protobuf", collector.heads.get(0).get("content-type"));
            assertEquals("books", collector.resource().get("service.name"));
        }
    }

    @Test
    void settings_goBeforeTheEnvironment() {
        Map<String, String> env =
                Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://env:1", "OTEL_EXPORTER_OTLP_HEADERS", "a=b");
        Settings said = settings(Map.of(
                "metrics.otlp_endpoint", "http://said:2", "metrics.otlp_headers", "authorization=Bearer t0ken=x"));
        OtlpTarget target = OtlpTarget.of(said.metrics().otlp(), env).orElseThrow();
        assertEquals("http://said:2/v1/metrics", target.metrics().toString());
        assertEquals(Map.of("authorization", "Bearer t0ken=x"), target.headers());
        assertEquals("http://said:2", target.toString(), "no token");
    }

    @ParameterizedTest
    @CsvSource({
        "OTEL_SDK_DISABLED,true",
        "OTEL_EXPORTER_OTLP_PROTOCOL,grpc",
        "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT,collector:4317",
        "OTEL_EXPORTER_OTLP_ENDPOINT,not a url"
    })
    void environment_thatCantBeFollowed_sendsNothing(String name, String value) {
        Map<String, String> env = new HashMap<>(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://env:1"));
        env.put(name, value);
        assertEquals(
                Optional.empty(), OtlpTarget.of(settings(Map.of()).metrics().otlp(), env));
    }

    @Test
    void nobodySaysWhere_nothingIsStarted() {
        assertTrue(OtlpExport.start(settings(Map.of()), Map.of(), "1.2.3").isEmpty());
    }

    @Test
    void collector_awayThenBack_getsAllOfIt() throws Exception {
        int port;
        try (Collector first = Collector.start()) {
            port = first.port();
        }
        Settings settings = settings(Map.of(
                "metrics.otlp_endpoint", "http://127.0.0.1:" + port,
                "metrics.otlp_interval", "1s",
                "metrics.otlp_timeout", "500ms",
                "metrics.otlp_conventions", "inference"));
        try (OtlpExport export = started(settings, Map.of())) {
            for (int i = 0; i < 100; i++) {
                export.made(message(MODEL, Outcome.OK_UPSTREAM_COMPLETE));
            }
            export.flush();
            try (Collector back = Collector.startAgain(port)) {
                String output = "gen_ai.client.inference.usage.output_tokens {token} " + COMMON
                        + ",gen_ai.token.modality=unknown" + SERVER;
                assertEquals(100 * 50, back.await(output).get(output));
            }
        }
    }

    @Test
    void collector_thatNeverAnswers_holdsNobodyUp() throws Exception {
        try (Collector collector = Collector.start()) {
            collector.stalling = true;
            long since = System.nanoTime();
            try (OtlpExport export = started(settings(collector, "both"), Map.of())) {
                export.flush();
                for (int i = 0; i < 50_000; i++) {
                    export.made(message(MODEL, Outcome.OK_UPSTREAM_COMPLETE));
                }
            }
            Duration took = Duration.ofNanos(System.nanoTime() - since);
            assertTrue(took.compareTo(Duration.ofSeconds(15)) < 0, took.toString());
        }
    }

    @Test
    void collector_thatRefuses_isTriedAgain() throws Exception {
        try (Collector collector = Collector.start()) {
            collector.status.set(503);
            try (OtlpExport export = started(settings(collector, "inference"), Map.of())) {
                export.made(message(MODEL, Outcome.OK_UPSTREAM_COMPLETE));
                export.flush();
                assertEquals(Map.of(), collector.latest());
                collector.status.set(200);
            }
            assertFalse(collector.latest().isEmpty());
        }
    }

    private static OtlpExport started(Settings settings, Map<String, String> env) {
        return OtlpExport.start(settings, env, "1.2.3").orElseThrow();
    }

    private static Settings settings(Collector collector, String conventions) {
        return settings(Map.of(
                "metrics.otlp_endpoint",
                collector.url().toString(),
                "metrics.otlp_interval",
                "1s",
                "metrics.otlp_timeout",
                "2s",
                "metrics.otlp_conventions",
                conventions));
    }

    private static Settings settings(Map<String, String> said) {
        Map<String, String> flags = new HashMap<>(said);
        flags.put("upstream.url", "https://api.example");
        return SettingsLoader.load(null, Map.of("HOME", "/nowhere"), flags).settings();
    }

    private static Entry message(String model, Outcome outcome) {
        return entry(Route.MESSAGES, model, model, outcome);
    }

    private static Entry entry(Route route, String asked, @Nullable String served, Outcome outcome) {
        TokenCounts tokens = new TokenCounts(10L, 50L, 27L, 300L, 20L, 7L);
        Usage usage = new Usage(tokens, 30L, null, null, null, "standard", "global", "standard", List.of());
        Reading reading = new Reading(
                "msg_1", served, served == null ? null : usage, true, "end_turn", false, null, 200, List.of(), null);
        Attribution attribution = new Attribution(
                new Attribution.Part("ada", Attribution.Source.PATH),
                new Attribution.Part("core", Attribution.Source.HEADER),
                null,
                null,
                List.of(),
                KeyRef.NONE,
                null);
        Opening opening = new Opening(
                ExchangeId.parse("019aa000-0000-7000-8000-0000000000ff"),
                START,
                route,
                "POST",
                "/v1/messages",
                attribution,
                new Asked(asked, true, 1024L, null, null, null, null, null, null),
                null);
        Closing closing = new Closing(
                opening,
                START.plusSeconds(2),
                START.plusMillis(500),
                200,
                outcome,
                null,
                "req_1",
                null,
                null,
                10,
                20,
                reading,
                null);
        Charge charge = RATER.rate(closing, closing.endedAt());
        return new Entry(closing, charge, closing.endedAt());
    }
}
