package dev.reckoner.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings that must stop the start, and the sentence that each of them has to give. */
class BadSettingsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    static Stream<Arguments> badFiles() {
        return Stream.of(
                        badKeys(),
                        badCredentials(),
                        badShapes(),
                        badAddresses(),
                        badOrigins(),
                        badValues(),
                        badReferences())
                .flatMap(all -> all);
    }

    private static Stream<Arguments> badKeys() {
        return Stream.of(
                arguments(
                        "lisen: 127.0.0.1:1",
                        ":1:1: lisen: found \"lisen\", expected a known setting (did you mean \"listen\"?)"),
                arguments(
                        "upstream:\n  ulr: http://a",
                        ":2:3: upstream.ulr: found \"ulr\", expected a known setting (did you mean \"url\"?)"),
                arguments("upstream:\n  ca-file: x", "(did you mean \"ca_file\"?)"),
                arguments("upsteam:\n  url: http://a", "(did you mean \"upstream\"?)"),
                arguments("url: http://a", "(did you mean \"upstream.url\"?)"),
                arguments("zebra: 1", ":1:1: zebra: found \"zebra\", expected a known setting"),
                arguments(
                        "console:\n  listen: 127.0.0.1:1\n  listen: 127.0.0.1:2",
                        ":3:3: console.listen: found \"listen\", expected each setting once; it also stands at"),
                arguments(
                        "upstream: {}\nupstream: {}", ":2:1: upstream: found \"upstream\", expected each setting once"),
                arguments("[a]: b", ":1:1: found \"a list\", expected the name of a setting"),
                arguments("<<: {listen: 127.0.0.1:1}", ":1:1: <<: found \"<<\", expected a known setting"));
    }

    private static Stream<Arguments> badCredentials() {
        String expected = "expected a name, env=VARIABLE or file=PATH, and maybe workspace=ID";
        return Stream.of(
                arguments("credentials: [research]", ":1:15: credentials: found \"research\", " + expected),
                arguments("credentials: [research env=A file=b]", expected),
                arguments("credentials: [research env=A-B]", expected),
                arguments("credentials: [research env=A header=cookie]", expected),
                arguments("credentials: [research env=A key=sk-ant-api03-secret]", "key=sk-***"),
                arguments("credentials: [a/b env=A]", expected),
                arguments("credentials: [a env=A, a env=B]", "found \"a\", expected each name once"));
    }

    private static Stream<Arguments> badShapes() {
        return Stream.of(
                arguments("- listen", ":1:1: found \"a list\", expected settings as key: value"),
                arguments("hello", "found \"hello\", expected settings as key: value"),
                arguments(
                        "upstream: http://a",
                        ":1:11: upstream: found \"http://a\", expected keys of upstream as key: value"),
                arguments("listen: [127.0.0.1:1]", ":1:9: listen: found \"a list\", expected host:port"),
                arguments("listen:\n  host: a", ":2:3: listen: found \"a map of keys\", expected host:port"),
                arguments("listen:", ":1:8: listen: nothing found, expected host:port"),
                arguments("listen: ''", ":1:9: listen: nothing found, expected host:port"),
                arguments("listen: ~", ":1:9: listen: nothing found, expected host:port"),
                arguments(
                        "listen: !!binary aGVsbG8=",
                        ":1:9: listen: found \"tag:yaml.org,2002:binary aGVsbG8=\", expected host:port"),
                arguments("listen: 'a", "expected valid YAML"),
                arguments("a: b: c", ":1:5: found \"mapping values are not allowed here\", expected valid YAML"),
                arguments("listen: *nowhere", "expected valid YAML"),
                arguments("listen: a\u0007b", "expected valid YAML"),
                arguments("--- {}\n--- {}", "expected valid YAML"));
    }

    private static Stream<Arguments> badAddresses() {
        return Stream.of(
                arguments("listen: 8484", ":1:9: listen: found \"8484\", expected host:port"),
                arguments("listen: ':8484'", ":1:9: listen: found \":8484\", expected host:port"),
                arguments(
                        "listen: 127.0.0.1:65536",
                        "listen: found \"127.0.0.1:65536\", expected host:port with a port of 0 to 65535"),
                arguments("listen: 127.0.0.1:-1", "expected host:port"),
                arguments("listen: 127.0.0.1:http", "expected host:port"),
                arguments("listen: 300.0.0.1:80", "expected host:port"),
                arguments("listen: 1.2.3:80", "expected host:port"),
                arguments("listen: '::1:80'", "expected host:port"),
                arguments("listen: '[::g]:80'", "expected host:port"),
                arguments("listen: '[:::]:80'", "expected host:port"),
                arguments("listen: a b:80", "expected host:port"),
                arguments(
                        "listen: 0.0.0.0:8485",
                        "default: console.listen: found \"127.0.0.1:8485\", expected another address than listen has (0.0.0.0:8485)"));
    }

    private static Stream<Arguments> badOrigins() {
        return Stream.of(
                arguments(
                        "upstream: {url: api.anthropic.com}",
                        ":1:17: upstream.url: found \"api.anthropic.com\", expected an http or https URL"),
                arguments("upstream: {url: 'ftp://a'}", "expected an http or https URL"),
                arguments(
                        "upstream: {url: 'https://me:pw@a'}",
                        "upstream.url: found \"https://***@a\", expected an http or https URL without user"),
                arguments("upstream: {url: 'https://a?b'}", "expected an http or https URL"),
                arguments("upstream: {url: 'https://a#b'}", "expected an http or https URL"),
                arguments("upstream: {url: 'https://'}", "expected an http or https URL"),
                arguments("upstream: {url: 'https://a:0'}", "expected an http or https URL"),
                arguments("upstream: {url: 'https://a:99999'}", "expected an http or https URL"),
                arguments("upstream: {url: 'https://a/../b'}", "expected an http or https URL"),
                arguments("upstream: {url: 'https://a/v1'}", "without user, query, fragment or /v1"),
                arguments("upstream: {url: 'https://a/x/v1/'}", "without user, query, fragment or /v1"),
                arguments("upstream: {url: 'https://a b'}", "expected an http or https URL"));
    }

    private static Stream<Arguments> badValues() {
        return Stream.of(
                arguments(
                        "upstream: {connect_timeout: 5}",
                        ":1:29: upstream.connect_timeout: found \"5\", expected a duration of 10ms to 5m"),
                arguments("upstream: {connect_timeout: 5 s}", "expected a duration"),
                arguments("upstream: {connect_timeout: 5sec}", "expected a duration"),
                arguments("upstream: {connect_timeout: -5s}", "expected a duration"),
                arguments("upstream: {connect_timeout: 1h}", "found \"1h\", expected a duration of 10ms to 5m"),
                arguments("upstream: {connect_timeout: 0s}", "expected a duration of 10ms"),
                arguments(
                        "downstream: {body_bytes_max: 1MB}",
                        ":1:30: downstream.body_bytes_max: found \"1MB\", expected a size of 1KiB to 1024GiB"),
                arguments("downstream: {body_bytes_max: 1}", "expected a size of 1KiB"),
                arguments("downstream: {body_bytes_max: 999999999999GiB}", "expected a size"),
                arguments("downstream: {header_bytes_max: 2GiB}", "expected a size of 1KiB to 1MiB"),
                arguments(
                        "downstream: {header_bytes_max: 4KiB}",
                        "default: downstream.request_line_bytes_max: found \"8192\", expected at most downstream.header_bytes_max (4096)"),
                arguments(
                        "downstream: {connections_max: 0}",
                        "downstream.connections_max: found \"0\", expected a whole number of 1 to 1000000"),
                arguments("downstream: {connections_max: 1e3}", "expected a whole number"),
                arguments("downstream: {connections_max: 99999999999999999999}", "expected a whole number"),
                arguments("downstream: {connections_max: yes}", "expected a whole number"),
                arguments(
                        "ledger: {booking_instant: begin}",
                        "ledger.booking_instant: found \"begin\", expected one of start, end"),
                arguments(
                        "ledger: {journal_unwritable: refuze}",
                        "expected one of refuse, serve_unmetered (did you mean \"refuse\"?)"),
                arguments("attribution: {trust: AUTO}", "expected one of auto, all, none (did you mean \"auto\"?)"),
                arguments("ledger: {directory: ''}", "ledger.directory: nothing found, expected a path"),
                arguments("ledger: {directory: \"a\\0b\"}", "ledger.directory: found \"a�b\", expected a path"),
                arguments(
                        "rating: {rates_files: [a.csv, {b: c}, '']}",
                        ":1:31: rating.rates_files: found \"a map of keys\", expected a path"),
                arguments(
                        "rating: {rates_files: [a.csv, {b: c}, '']}",
                        ":1:39: rating.rates_files: nothing found, expected a path"),
                arguments(
                        "rating: {rates_files: [[a.csv]]}",
                        ":1:24: rating.rates_files: found \"a list\", expected a path"));
    }

    private static Stream<Arguments> badReferences() {
        return Stream.of(
                arguments(
                        "listen: ${NOT_SET}",
                        ":1:9: listen: found \"${NOT_SET}\", expected the environment variable NOT_SET to be set"),
                arguments("listen: ${LISTEM}", "(did you mean \"LISTEN\"?)"),
                arguments("listen: ${PORT-x}", "expected ${VARIABLE}, ${VARIABLE:-default} or ${file:/path}"),
                arguments("listen: ${}", "expected ${VARIABLE}"),
                arguments("listen: '${PORT'", "expected a closing brace"),
                arguments(
                        "listen: ${file:missing.txt}",
                        "listen: found \"${file:missing.txt}\", expected a file that can be read"),
                arguments("listen: ${SECRET}", "listen: found \"sk-***\", expected host:port"));
    }

    @ParameterizedTest
    @MethodSource("badFiles")
    void load_badFile_saysWhereWhatAndExpected(String yaml, String expected) throws Exception {
        Path file = write("reckoner.yaml", yaml);
        Map<String, String> env = Map.of("LISTEN", "127.0.0.1:1", "PORT", "80", "SECRET", "sk-ant-api03-abcdefghijkl");
        ConfigException e = assertThrows(ConfigException.class, () -> SettingsLoader.load(file, env, Map.of()));
        String message = String.valueOf(e.getMessage());
        assertTrue(message.contains(expected), message);
        assertFalse(message.contains("abcdefghijkl"), message);
        assertTrue(message.contains(file.toString()) || message.startsWith("default"), message);
    }

    @Test
    void load_manyProblems_reportsAllInTheOrderOfTheSources() throws Exception {
        Path file = write("reckoner.yaml", """
                listen: nowhere
                upstream:
                  url: ftp://a
                  conect_timeout: 5s
                ledger:
                  apply_interval: fast
                """);
        Map<String, String> env = Map.of(
                "RECKONER_LEDGER_BOOKING_INSTANT", "never",
                "RECKONER_LISTEM", "x",
                "RECKONER_CONFIG", "x",
                "OTHER", "x");
        ConfigException e = assertThrows(
                ConfigException.class, () -> SettingsLoader.load(file, env, Map.of("upstream.ur", "x", "listen", "y")));
        assertEquals(
                List.of(
                        file + ":1:9: listen: found \"nowhere\", expected host:port with a port of 0 to 65535,"
                                + " such as 127.0.0.1:8484 or [::1]:8484",
                        file + ":3:8: upstream.url: found \"ftp://a\", expected an http or https URL without user,"
                                + " query, fragment or /v1, such as https://api.anthropic.com",
                        file + ":4:3: upstream.conect_timeout: found \"conect_timeout\", expected a known setting"
                                + " (did you mean \"connect_timeout\"?)",
                        file + ":6:19: ledger.apply_interval: found \"fast\", expected a duration of 1ms to 1m,"
                                + " such as 250ms, 5s, 10m or 1h",
                        "RECKONER_LEDGER_BOOKING_INSTANT: ledger.booking_instant: found \"never\","
                                + " expected one of start, end",
                        "environment: found \"RECKONER_LISTEM\", expected the variable of a setting"
                                + " (did you mean \"RECKONER_LISTEN\"?)",
                        "command line: listen: found \"y\", expected host:port with a port of 0 to 65535,"
                                + " such as 127.0.0.1:8484 or [::1]:8484",
                        "command line: found \"upstream.ur\", expected a known setting"
                                + " (did you mean \"upstream.url\"?)"),
                e.problems().stream().map(Problem::toString).toList());
    }

    @Test
    void load_emptyVariable_isAProblemAndNotTheDefault() {
        ConfigException e = assertThrows(
                ConfigException.class, () -> SettingsLoader.load(null, Map.of("RECKONER_UPSTREAM_URL", ""), Map.of()));
        assertEquals("RECKONER_UPSTREAM_URL", e.problems().get(0).place());
    }

    @Test
    void load_unknownVariable_neverRepeatsItsValue() {
        ConfigException e = assertThrows(
                ConfigException.class,
                () -> SettingsLoader.load(null, Map.of("RECKONER_TOKEN", "hunter2"), Map.of("token", "hunter2")));
        String message = String.valueOf(e.getMessage());
        assertTrue(message.contains("RECKONER_TOKEN"), message);
        assertFalse(message.contains("hunter2"), message);
    }

    @Test
    void load_secretFromAFile_isNeverRepeated() throws Exception {
        write("secret", "hunter2\n");
        Path file = write("reckoner.yaml", "listen: ${file:secret}");
        ConfigException e = assertThrows(ConfigException.class, () -> SettingsLoader.load(file, Map.of(), Map.of()));
        String message = String.valueOf(e.getMessage());
        assertTrue(message.contains("listen: found \"${file:secret}\", expected host:port"), message);
        assertFalse(message.contains("hunter2"), message);
    }

    @Test
    void load_fileThatCannotBeRead_saysSo() throws Exception {
        Path missing = directory.resolve("missing.yaml");
        ConfigException e = assertThrows(ConfigException.class, () -> SettingsLoader.load(missing, Map.of(), Map.of()));
        assertEquals(missing + ": nothing found, expected a file that can be read", e.getMessage());
        Path huge = write("huge.yaml", "#".repeat(TextFile.BYTES_MAX + 1));
        assertThrows(ConfigException.class, () -> SettingsLoader.load(huge, Map.of(), Map.of()));
        assertThrows(ConfigException.class, () -> SettingsLoader.load(directory, Map.of(), Map.of()));
    }

    @Test
    void load_hostileYaml_isRefusedQuickly() throws Exception {
        String laughs = "a: &a [x,x]\n" + "b: &b [" + "*a,".repeat(100) + "*a]\n";
        String deep = "listen: " + "[".repeat(5000);
        String recursive = "upstream: &u\n  url: *u\n";
        for (String yaml : List.of(laughs, deep, recursive)) {
            Path file = write("hostile.yaml", yaml);
            assertThrows(ConfigException.class, () -> SettingsLoader.load(file, Map.of(), Map.of()));
        }
    }

    private Path write(String name, String text) throws Exception {
        return Files.write(directory.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }
}
