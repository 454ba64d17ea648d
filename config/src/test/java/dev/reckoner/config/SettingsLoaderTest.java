package dev.reckoner.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings that hold: defaults, precedence, references. */
class SettingsLoaderTest {

    private static final Map<String, String> HOME = Map.of("HOME", "/home/ada");

    private static final String EVERY_KEY = """
            listen: '[::1]:0'
            console:
              listen: localhost:9000
              tokens: [ops role=admin env=OPS, grafana role=reader file=keys/grafana]
              hosts: [Books.example]
              session_time: 1d
              open_metrics: true
              token: secret
            upstream:
              url: HTTP://Simulator.Example:8080/prefix/
              ca_file: ca.pem
              connect_timeout: 250ms
              idle_timeout: 1h
              pool_idle_timeout: 2m
              pool_idle_max: 0
            downstream:
              connections_max: 10
              request_line_bytes_max: 4096
              header_bytes_max: 8KiB
              header_fields_max: 50
              body_bytes_max: 1GiB
              header_timeout: 1s
              body_idle_timeout: 2s
              keep_alive_timeout: 3s
              drain_timeout: 4s
            ledger:
              directory: ~/books
              journal_unwritable: serve_unmetered
              journal_queue_max: 16
              journal_segment_bytes: 1MiB
              apply_batch_max: 7
              apply_interval: 1ms
              booking_instant: start
            aborts:
              stream: drain
              json: drain
              drain_time_max: 90s
              drain_bytes_max: 1MiB
              drains_max: 7
            metering: {usage_bytes_max: 2KiB, event_bytes_max: 3KiB, decoded_bytes_max: 65536B}
            credentials:
              - research file=keys/research workspace=wrkspc_01
              - laptops  env=LAPTOPS_TOKEN header=authorization
            attribution: {trust: all, value_chars_max: 16, tags_max: 0, people: people.yaml}
            rating:
              rates_files:
                - rates/a.csv
                - /etc/b.csv
              prompt_tier_counts: request
              cache_writes_beyond_split: one_hour
              speed_of_attempts: message
              refusals_billed: claude-opus-4-1
              code_execution: pending
              error_after_output: not_billed
            limits:
              rules:
                - user=* $50/day Europe/Berlin
                - all  400000 itpm
              unknown_model_rate: 5/25.5
            batches:
              collect: true
              poll_interval: 2s
              results_bytes_max: 64KiB
            reconcile:
              admin_url: http://simulator.example:8080
              admin_key_file: admin-key
              lag: 5m
              daily: true
              days: 31
            alerts:
              webhook: https://hooks.example/services/abc?x=1
              secret: s3cret
              repeat_after: 1m
              timeout: 2s
              attempts_max: 3
              store_behind: 4s
              credits_below: 50.5
            metrics:
              models_max: 5
              teams_max: 6
              otlp_endpoint: http://collector.example:4318
              otlp_headers: authorization=Bearer t0ken
              otlp_interval: 5s
              otlp_timeout: 500ms
              otlp_conventions: inference
            """;

    private static final Settings.AlertSettings ALERTS_SAID = new Settings.AlertSettings(
            URI.create("https://hooks.example/services/abc?x=1"),
            "s3cret",
            Duration.ofMinutes(1),
            Duration.ofSeconds(2),
            3,
            Duration.ofSeconds(4),
            new BigDecimal("50.5"));

    private static final Settings.MetricSettings METRICS_SAID = new Settings.MetricSettings(
            5,
            6,
            new Settings.OtlpSettings(
                    URI.create("http://collector.example:4318"),
                    List.of("authorization=Bearer t0ken"),
                    Duration.ofSeconds(5),
                    Duration.ofMillis(500),
                    Settings.GenAiConventions.INFERENCE));

    private static final Settings.MetricSettings METRICS = new Settings.MetricSettings(
            30,
            30,
            new Settings.OtlpSettings(
                    null, List.of(), Duration.ofMinutes(1), Duration.ofSeconds(10), Settings.GenAiConventions.BOTH));

    private static final Settings.LimitSettings LIMITS = new Settings.LimitSettings(
            List.of(
                    new LimitRule(
                            new LimitRule.Subject(LimitRule.Subject.Kind.USER, "*"),
                            new Cap.Budget(new BigDecimal("50"), Cap.Period.DAY, ZoneId.of("Europe/Berlin"))),
                    new LimitRule(LimitRule.Subject.ALL, new Cap.PerMinute(Cap.Flow.ITPM, 400_000))),
            new Settings.UnknownRate(new BigDecimal("5"), new BigDecimal("25.5")));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void load_nothingSaid_givesTheDefaults() {
        Settings settings = SettingsLoader.load(null, HOME, Map.of()).settings();
        assertEquals(
                new Settings(
                        new Settings.Downstream(
                                new HostPort("127.0.0.1", 8484),
                                8192,
                                8 << 10,
                                64 << 10,
                                100,
                                256L << 20,
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(75),
                                Duration.ofSeconds(30)),
                        new Settings.Upstream(
                                URI.create("https://api.anthropic.com"),
                                null,
                                Duration.ofSeconds(5),
                                Duration.ofMinutes(10),
                                Duration.ofSeconds(30),
                                64),
                        new Settings.LedgerSettings(
                                Path.of("/home/ada/.reckoner"),
                                Settings.JournalUnwritable.REFUSE,
                                65_536,
                                64L << 20,
                                500,
                                Duration.ofMillis(100),
                                Settings.BookingInstant.END,
                                RatingRules.DEFAULTS,
                                Settings.LimitSettings.NONE),
                        new Settings.ConsoleSettings(new HostPort("127.0.0.1", 8485)),
                        new Settings.Aborts(
                                Settings.OnAbort.CANCEL,
                                Settings.OnAbort.CANCEL,
                                Duration.ofMinutes(10),
                                64L << 20,
                                256),
                        new Settings.Metering(64 << 10, 1 << 20, 64L << 20),
                        new Settings.AttributionSettings(Settings.Trust.AUTO, 256, 32, null, List.of()),
                        new Settings.RatingSettings(List.of()),
                        new Settings.BatchSettings(false, Duration.ofMinutes(1), 16L << 30),
                        new Settings.ReconcileSettings(
                                URI.create("https://api.anthropic.com"), null, Duration.ofHours(6), false, 7),
                        new Settings.AlertSettings(
                                null,
                                null,
                                Duration.ofDays(1),
                                Duration.ofSeconds(10),
                                12,
                                Duration.ofMinutes(5),
                                null),
                        METRICS),
                settings);
    }

    @Test
    void defaults_equalWhatLoadsFromNothing() {
        Path home = Path.of(System.getProperty("user.home", "/"));
        assertEquals(home.resolve(".reckoner"), Settings.defaults().ledger().directory());
        assertEquals(8484, Settings.defaults().downstream().listen().port());
    }

    @Test
    void load_everyKeyInAFile_isUnderstood() throws Exception {
        Path file = write(EVERY_KEY);
        Settings settings = SettingsLoader.load(file, HOME, Map.of()).settings();
        assertEquals(
                new Settings(
                        new Settings.Downstream(
                                new HostPort("::1", 0),
                                10,
                                4096,
                                8192,
                                50,
                                1L << 30,
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(4)),
                        new Settings.Upstream(
                                URI.create("http://simulator.example:8080/prefix"),
                                directory.resolve("ca.pem"),
                                Duration.ofMillis(250),
                                Duration.ofHours(1),
                                Duration.ofMinutes(2),
                                0),
                        new Settings.LedgerSettings(
                                Path.of("/home/ada/books"),
                                Settings.JournalUnwritable.SERVE_UNMETERED,
                                16,
                                1L << 20,
                                7,
                                Duration.ofMillis(1),
                                Settings.BookingInstant.START,
                                new RatingRules(
                                        RatingRules.PromptTierCounts.REQUEST,
                                        RatingRules.CacheWriteLifetime.ONE_HOUR,
                                        RatingRules.SpeedOfAttempts.MESSAGE,
                                        List.of("claude-opus-4-1"),
                                        RatingRules.CodeExecution.PENDING,
                                        RatingRules.ErrorAfterOutput.NOT_BILLED),
                                LIMITS),
                        everyConsole(),
                        new Settings.Aborts(
                                Settings.OnAbort.DRAIN, Settings.OnAbort.DRAIN, Duration.ofSeconds(90), 1L << 20, 7),
                        new Settings.Metering(2048, 3072, 65_536),
                        everyAttribution(),
                        new Settings.RatingSettings(List.of(directory.resolve("rates/a.csv"), Path.of("/etc/b.csv"))),
                        new Settings.BatchSettings(true, Duration.ofSeconds(2), 65_536),
                        new Settings.ReconcileSettings(
                                URI.create("http://simulator.example:8080"),
                                directory.resolve("admin-key"),
                                Duration.ofMinutes(5),
                                true,
                                31),
                        ALERTS_SAID,
                        METRICS_SAID),
                settings);
    }

    private Settings.AttributionSettings everyAttribution() {
        return new Settings.AttributionSettings(
                Settings.Trust.ALL,
                16,
                0,
                directory.resolve("people.yaml"),
                List.of(
                        new CredentialRule(
                                "research",
                                null,
                                directory.resolve("keys/research"),
                                "wrkspc_01",
                                CredentialRule.Header.AUTO),
                        new CredentialRule(
                                "laptops", "LAPTOPS_TOKEN", null, null, CredentialRule.Header.AUTHORIZATION)));
    }

    @Test
    void load_sameKeyInAllSources_commandLineThenEnvironmentThenFile() throws Exception {
        Path file = write("listen: 127.0.0.1:1\nupstream:\n  url: http://file\n  pool_idle_max: 1\n");
        Loaded loaded = SettingsLoader.load(
                file,
                Map.of("RECKONER_LISTEN", "127.0.0.1:2", "RECKONER_UPSTREAM_URL", "http://env"),
                Map.of("listen", "127.0.0.1:3"));
        assertEquals(3, loaded.settings().downstream().listen().port());
        assertEquals("http://env", loaded.settings().upstream().url().toString());
        assertEquals(1, loaded.settings().upstream().poolIdleMax());
        assertEquals(new Shown("listen", "127.0.0.1:3", "command line"), shown(loaded, "listen"));
        assertEquals(new Shown("upstream.url", "http://env", "RECKONER_UPSTREAM_URL"), shown(loaded, "upstream.url"));
        assertEquals(new Shown("upstream.pool_idle_max", "1", file + ":4:18"), shown(loaded, "upstream.pool_idle_max"));
        assertEquals(new Shown("upstream.idle_timeout", "10m", "default"), shown(loaded, "upstream.idle_timeout"));
        assertEquals(new Shown("upstream.ca_file", "", "default"), shown(loaded, "upstream.ca_file"));
    }

    @Test
    void load_secrets_areUnderstoodAndNeverShown() {
        Loaded loaded = SettingsLoader.load(
                null,
                Map.of(
                        "RECKONER_ALERTS_WEBHOOK",
                        "https://hooks.example/services/T0/B0/verysecret",
                        "RECKONER_ALERTS_SECRET",
                        "alsosecret"),
                Map.of());
        assertEquals("alsosecret", loaded.settings().alerts().secret());
        assertEquals(
                "https://hooks.example/***", shown(loaded, "alerts.webhook").value());
        assertEquals("***", shown(loaded, "alerts.secret").value());
        assertFalse(
                loaded.settings().toString().contains("secret="),
                loaded.settings().toString());
        assertFalse(loaded.settings().toString().contains("verysecret"));

        ConfigException wrong = assertThrows(
                ConfigException.class,
                () -> SettingsLoader.load(
                        null, Map.of("RECKONER_ALERTS_WEBHOOK", "hooks.example/verysecret"), Map.of()));
        assertEquals(
                "RECKONER_ALERTS_WEBHOOK: alerts.webhook: found \"***\", expected an http or https URL without user"
                        + " and fragment",
                wrong.problems().get(0).toString());
    }

    @Test
    void load_listInTheEnvironment_isSplitAtCommas() {
        Loaded loaded = SettingsLoader.load(null, Map.of("RECKONER_RATING_RATES_FILES", "/a.csv, /b.csv"), Map.of());
        assertEquals(
                List.of(Path.of("/a.csv"), Path.of("/b.csv")),
                loaded.settings().rating().ratesFiles());
        assertEquals("/a.csv, /b.csv", shown(loaded, "rating.rates_files").value());
    }

    @Test
    void load_emptyListOrOptionalAtAHigherSource_takesTheValueAway() throws Exception {
        Path file = write("upstream: {ca_file: a.pem}\nrating: {rates_files: a.csv}\n");
        assertEquals(
                1,
                SettingsLoader.load(file, HOME, Map.of())
                        .settings()
                        .rating()
                        .ratesFiles()
                        .size());
        Settings settings = SettingsLoader.load(
                        file, Map.of("RECKONER_RATING_RATES_FILES", "", "RECKONER_UPSTREAM_CA_FILE", ""), Map.of())
                .settings();
        assertEquals(List.of(), settings.rating().ratesFiles());
        assertNull(settings.upstream().caFile());
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "'# only a comment'",
        "'---'",
        "'{}'",
        "'upstream:'",
        "'upstream: {}'",
        "'\uFEFF# bom'",
    })
    void load_fileThatSaysNothing_givesTheDefaults(String yaml) throws Exception {
        assertEquals(
                SettingsLoader.load(null, HOME, Map.of()).settings(),
                SettingsLoader.load(write(yaml), HOME, Map.of()).settings());
    }

    @Test
    void load_references_areFilledIn() throws Exception {
        Files.writeString(directory.resolve("host.txt"), "upstream.example\n");
        Path file = write("""
                listen: ${HOST:-127.0.0.1}:${PORT}
                upstream: {url: "https://${file:host.txt}${EMPTY:-}"}
                ledger: {directory: '/x/$${HOME}/$y'}
                """);
        Loaded loaded = SettingsLoader.load(file, Map.of("PORT", "99", "EMPTY", "", "HOME", "/h"), Map.of());
        assertEquals(
                new HostPort("127.0.0.1", 99), loaded.settings().downstream().listen());
        assertEquals(
                URI.create("https://upstream.example"),
                loaded.settings().upstream().url());
        assertEquals(Path.of("/x/${HOME}/$y"), loaded.settings().ledger().directory());
        assertEquals(
                "https://${file:host.txt}${EMPTY:-}",
                shown(loaded, "upstream.url").value());
    }

    @Test
    void load_aliasesAndDottedKeys_areUnderstood() throws Exception {
        Path file = write("upstream.connect_timeout: &t 7s\ndownstream: {drain_timeout: *t}\n");
        Settings settings = SettingsLoader.load(file, HOME, Map.of()).settings();
        assertEquals(Duration.ofSeconds(7), settings.upstream().connectTimeout());
        assertEquals(Duration.ofSeconds(7), settings.downstream().drainTimeout());
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0:80, 0.0.0.0, 80",
        "localhost:0, localhost, 0",
        "my-host.example:65535, my-host.example, 65535",
        "[2001:db8::1]:443, 2001:db8::1, 443",
        "[::]:443, ::, 443",
    })
    void listen_goodAddress_isUnderstood(String text, String host, int port) {
        HostPort listen = SettingsLoader.load(null, HOME, Map.of("listen", text))
                .settings()
                .downstream()
                .listen();
        assertEquals(new HostPort(host, port), listen);
        assertEquals(text, listen.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "https://a, https://a",
        "https://a/, https://a",
        "HTTPS://A.Example:8443/x/y/, https://a.example:8443/x/y",
        "http://[::1]:80, http://[::1]:80",
        "http://127.0.0.1:1/x%31, http://127.0.0.1:1/x%31",
    })
    void upstreamUrl_goodUrl_losesTrailingSlashesOnly(String text, String expected) {
        URI url = SettingsLoader.load(null, HOME, Map.of("upstream.url", text))
                .settings()
                .upstream()
                .url();
        assertEquals(URI.create(expected), url);
    }

    @Test
    void limits_ofTheSameThingForTheSameSubject_areAProblem() throws Exception {
        Path file = write("limits:\n  rules: [user=a 1/day, user=b 1/day, user=a 2/day, user=a 2/week]\n");
        ConfigException refused = assertThrows(ConfigException.class, () -> SettingsLoader.load(file, HOME, Map.of()));
        assertEquals(1, refused.problems().size(), refused::toString);
        assertTrue(
                refused.problems().get(0).toString().contains("found \"user=a 2/day\", expected one limit of usd/day"),
                refused::toString);
    }

    private static Shown shown(Loaded loaded, String key) {
        return loaded.values().stream()
                .filter(shown -> shown.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private Path write(String text) throws Exception {
        return Files.write(directory.resolve("reckoner.yaml"), text.getBytes(StandardCharsets.UTF_8));
    }

    private Settings.ConsoleSettings everyConsole() {
        return new Settings.ConsoleSettings(
                new HostPort("localhost", 9000),
                List.of(
                        new TokenRule("ops", true, "OPS", null),
                        new TokenRule("grafana", false, null, directory.resolve("keys/grafana"))),
                List.of("books.example"),
                Duration.ofDays(1),
                true,
                "secret");
    }
}
