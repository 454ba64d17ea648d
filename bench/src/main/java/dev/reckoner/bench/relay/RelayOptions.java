package dev.reckoner.bench.relay;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the command line of {@link RelayBench} says.
 *
 * @param exchanges of one target in one round; 0 takes each scenario's own number
 * @param warmup exchanges of each scenario through each target before the first round
 * @param jar the product's jar
 * @param work a directory for whatever the targets write, made and removed
 * @param proxyCore the core every proxy is bound to, empty for none
 * @param javaOptions of the proxies that run on Java
 */
record RelayOptions(
        int rounds,
        int exchanges,
        int warmup,
        int connections,
        List<Scenario> scenarios,
        List<String> targets,
        Path jar,
        Path work,
        String proxyCore,
        List<String> javaOptions) {

    static final int ROUNDS_MAX = 100;
    static final int EXCHANGES_MAX = 10_000_000;
    static final int CONNECTIONS_MAX = 4_000;

    private static final Map<String, String> STANDARD = Map.of(
            "--rounds", "5",
            "--exchanges", "0",
            "--warmup", "60000",
            "--connections", "64",
            "--scenarios", "json,stream",
            "--targets", String.join(",", Targets.NAMES),
            "--jar", "app/target/reckoner.jar",
            "--work", "bench/target/relay",
            "--proxy-core", "",
            "--java-options", "");

    RelayOptions {
        scenarios = List.copyOf(scenarios);
        targets = List.copyOf(targets);
        javaOptions = List.copyOf(javaOptions);
    }

    /**
     * Reads options, each a name and a value.
     *
     * @throws IllegalArgumentException where an option is not known or its value not valid
     */
    static RelayOptions parse(String... args) {
        Map<String, String> given = new HashMap<>(STANDARD);
        for (int i = 0; i < args.length; i += 2) {
            if (!STANDARD.containsKey(args[i]) || i + 1 == args.length) {
                throw new IllegalArgumentException("'" + args[i] + "' is no option with a value, expected one of "
                        + STANDARD.keySet().stream().sorted().toList());
            }
            given.put(args[i], args[i + 1]);
        }
        return new RelayOptions(
                number(given, "--rounds", 1, ROUNDS_MAX),
                number(given, "--exchanges", 0, EXCHANGES_MAX),
                number(given, "--warmup", 0, EXCHANGES_MAX),
                number(given, "--connections", 1, CONNECTIONS_MAX),
                words(given, "--scenarios", ",").stream().map(Scenario::named).toList(),
                targets(words(given, "--targets", ",")),
                Path.of(text(given, "--jar")),
                Path.of(text(given, "--work")),
                text(given, "--proxy-core"),
                words(given, "--java-options", " "));
    }

    /** Exchanges of one run of a scenario. */
    int exchangesOf(Scenario scenario) {
        return exchanges == 0 ? scenario.exchanges() : exchanges;
    }

    private static List<String> targets(List<String> names) {
        List<String> unknown = new ArrayList<>(names);
        unknown.removeAll(Targets.NAMES);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "targets " + unknown + " are not known, expected some of " + Targets.NAMES);
        }
        return names;
    }

    private static int number(Map<String, String> given, String name, int min, int max) {
        String text = text(given, name);
        String expected = name + " is '" + text + "', expected a number from " + min + " to " + max;
        try {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
            throw new IllegalArgumentException(expected);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(expected, e);
        }
    }

    private static List<String> words(Map<String, String> given, String name, String separator) {
        return List.of(text(given, name).split(separator, -1)).stream()
                .filter(word -> !word.isBlank())
                .toList();
    }

    private static String text(Map<String, String> given, String name) {
        return given.getOrDefault(name, "");
    }
}
