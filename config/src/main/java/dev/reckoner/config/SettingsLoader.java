package dev.reckoner.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link Settings} of what the operator said: command line over environment over file over defaults. Every source
 * is checked whole, also where another one overrides it, and all problems are reported at once.
 */
public final class SettingsLoader {

    /** Variables of the launcher and the command line, which are no settings. */
    private static final Set<String> OTHER_VARIABLES =
            Set.of("RECKONER_CONFIG", "RECKONER_HOME", "RECKONER_JAVA", "RECKONER_JAVA_OPTS");

    private static final String ENVIRONMENT = "environment";
    private static final String COMMAND_LINE = "command line";
    private static final Set<String> ANY_ADDRESS = Set.of("0.0.0.0", "::");

    private final SettingTable table = new SettingTable();
    private final Path home;
    private final Path here = Path.of("").toAbsolutePath();
    private final Map<String, String> env;
    private final List<Problem> problems = new ArrayList<>();

    private SettingsLoader(Map<String, String> env) {
        this.env = env;
        this.home = Path.of(env.getOrDefault("HOME", System.getProperty("user.home", "/")))
                .toAbsolutePath();
    }

    /**
     * Loads from all sources.
     *
     * @param file the settings file (YAML, UTF-8, at most 1 MiB), null for none
     * @param env the environment; {@code RECKONER_UPSTREAM_URL} says {@code upstream.url}
     * @param flags by dotted key
     * @throws ConfigException with every problem of every source
     */
    public static Loaded load(@Nullable Path file, Map<String, String> env, Map<String, String> flags) {
        return new SettingsLoader(env).load(file, flags);
    }

    private Loaded load(@Nullable Path file, Map<String, String> flags) {
        Words words = new Words(table, home);
        if (file != null) {
            words.layOver(fromFile(file));
        }
        words.layOver(fromEnvironment());
        words.layOver(fromFlags(flags));
        checkTogether(words);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return new Loaded(
                settings(words), table.all().stream().<Shown>map(words::shown).toList());
    }

    private Map<Setting<?>, List<Word>> fromFile(Path file) {
        String text = TextFile.read(file, problems);
        if (text == null) {
            return Map.of();
        }
        Path parent = file.toAbsolutePath().getParent();
        Interpolation interpolation = new Interpolation(env, parent == null ? here : parent, home);
        return new YamlSource(file.toString(), table, interpolation, problems).read(text);
    }

    private Map<Setting<?>, List<Word>> fromEnvironment() {
        Map<String, Setting<?>> byVariable = new LinkedHashMap<>();
        table.all().forEach(setting -> byVariable.put(setting.variable(), setting));
        Map<Setting<?>, List<Word>> said = new LinkedHashMap<>();
        new TreeMap<>(env).forEach((variable, value) -> {
            Setting<?> setting = byVariable.get(variable);
            if (setting != null) {
                say(setting, value, variable, said);
            } else if (variable.startsWith(SettingTable.VARIABLE_PREFIX) && !OTHER_VARIABLES.contains(variable)) {
                problems.add(new Problem(
                        ENVIRONMENT,
                        "",
                        variable,
                        "the variable of a setting",
                        Nearest.to(variable, byVariable.keySet())));
            }
        });
        return said;
    }

    private Map<Setting<?>, List<Word>> fromFlags(Map<String, String> flags) {
        Map<Setting<?>, List<Word>> said = new LinkedHashMap<>();
        new TreeMap<>(flags).forEach((key, value) -> {
            Setting<?> setting = table.byKey(key).orElse(null);
            if (setting == null) {
                problems.add(new Problem(COMMAND_LINE, "", key, "a known setting", Nearest.to(key, table.keys())));
            } else {
                say(setting, value, COMMAND_LINE, said);
            }
        });
        return said;
    }

    private void say(Setting<?> setting, String value, String place, Map<Setting<?>, List<Word>> said) {
        List<String> texts = switch (setting.arity()) {
            case ONE -> List.of(value);
            case OPTIONAL -> value.isEmpty() ? List.of() : List.of(value);
            case MANY -> value.isEmpty() ? List.of() : Arrays.asList(value.split(",", -1));
        };
        List<Word> words = new ArrayList<>();
        for (String text : texts) {
            Word word = new Word(text.strip(), text.strip(), place, here, home);
            Words.check(setting, word, problems);
            words.add(word);
        }
        said.put(setting, words);
    }

    /** What no value can be blamed for alone. */
    private void checkTogether(Words words) {
        checkLimits(words);
        HostPort listen = words.optional(table.listen);
        HostPort console = words.optional(table.consoleListen);
        if (listen != null && console != null && collide(listen, console)) {
            problems.add(new Problem(
                    words.place(table.consoleListen),
                    table.consoleListen.key(),
                    console.toString(),
                    "another address than listen has (" + listen + ")"));
        }
        Set<String> names = new HashSet<>();
        for (CredentialRule credential : words.many(table.credentials)) {
            if (!names.add(credential.name())) {
                problems.add(new Problem(
                        words.place(table.credentials), table.credentials.key(), credential.name(), "each name once"));
            }
        }
        checkTokens(words);
        Long line = words.optional(table.requestLineBytesMax);
        Long head = words.optional(table.headerBytesMax);
        if (line != null && head != null && line > head) {
            problems.add(new Problem(
                    words.place(table.requestLineBytesMax),
                    table.requestLineBytesMax.key(),
                    String.valueOf(line),
                    "at most downstream.header_bytes_max (" + head + "), which the request line is a part of"));
        }
    }

    private void checkTokens(Words words) {
        Set<String> names = new HashSet<>();
        for (TokenRule token : words.many(table.consoleTokens)) {
            if (!names.add(token.name())) {
                problems.add(new Problem(
                        words.place(table.consoleTokens), table.consoleTokens.key(), token.name(), "each name once"));
            }
        }
    }

    private void checkLimits(Words words) {
        List<LimitRule> rules = words.many(table.limitRules);
        for (int i = 0; i < rules.size(); i++) {
            LimitRule rule = rules.get(i);
            if (rules.subList(0, i).stream().anyMatch(rule::sameExceptValue)) {
                problems.add(new Problem(
                        words.place(table.limitRules),
                        table.limitRules.key(),
                        rule.toString(),
                        "one limit of " + rule.cap().measure() + " for " + rule.subject() + ", of which there is"
                                + " another"));
            }
        }
    }

    private static boolean collide(HostPort a, HostPort b) {
        boolean sameHost =
                a.host().equals(b.host()) || ANY_ADDRESS.contains(a.host()) || ANY_ADDRESS.contains(b.host());
        return sameHost && a.port() == b.port() && a.port() != 0;
    }

    private Settings settings(Words words) {
        return new Settings(
                downstream(words),
                upstream(words),
                ledger(words),
                new Settings.ConsoleSettings(
                        words.one(table.consoleListen),
                        words.many(table.consoleTokens),
                        words.many(table.consoleHosts),
                        words.one(table.consoleSessionTime),
                        words.one(table.consoleOpenMetrics),
                        words.optional(table.consoleToken)),
                new Settings.Aborts(
                        words.one(table.abortsStream),
                        words.one(table.abortsJson),
                        words.one(table.drainTimeMax),
                        words.one(table.drainBytesMax),
                        words.one(table.drainsMax)),
                new Settings.Metering(
                        Math.toIntExact(words.one(table.usageBytesMax)),
                        Math.toIntExact(words.one(table.eventBytesMax)),
                        words.one(table.decodedBytesMax)),
                new Settings.AttributionSettings(
                        words.one(table.attributionTrust),
                        words.one(table.valueCharsMax),
                        words.one(table.tagsMax),
                        words.optional(table.attributionPeople),
                        words.many(table.credentials)),
                new Settings.RatingSettings(words.many(table.ratesFiles)),
                new Settings.BatchSettings(
                        words.one(table.batchesCollect),
                        words.one(table.batchesPollInterval),
                        words.one(table.batchesResultsBytesMax)),
                new Settings.ReconcileSettings(
                        words.one(table.reconcileAdminUrl),
                        words.optional(table.reconcileAdminKeyFile),
                        words.one(table.reconcileLag),
                        words.one(table.reconcileDaily),
                        words.one(table.reconcileDays)),
                new Settings.AlertSettings(
                        words.optional(table.alertsWebhook),
                        words.optional(table.alertsSecret),
                        words.one(table.alertsRepeatAfter),
                        words.one(table.alertsTimeout),
                        words.one(table.alertsAttemptsMax),
                        words.one(table.alertsStoreBehind),
                        words.optional(table.alertsCreditsBelow)),
                new Settings.MetricSettings(
                        words.one(table.metricsModelsMax),
                        words.one(table.metricsTeamsMax),
                        new Settings.OtlpSettings(
                                words.optional(table.otlpEndpoint),
                                words.many(table.otlpHeaders),
                                words.one(table.otlpInterval),
                                words.one(table.otlpTimeout),
                                words.one(table.otlpConventions))));
    }

    private Settings.Downstream downstream(Words words) {
        return new Settings.Downstream(
                words.one(table.listen),
                words.one(table.connectionsMax),
                Math.toIntExact(words.one(table.requestLineBytesMax)),
                Math.toIntExact(words.one(table.headerBytesMax)),
                words.one(table.headerFieldsMax),
                words.one(table.bodyBytesMax),
                words.one(table.headerTimeout),
                words.one(table.bodyIdleTimeout),
                words.one(table.keepAliveTimeout),
                words.one(table.drainTimeout));
    }

    private Settings.Upstream upstream(Words words) {
        return new Settings.Upstream(
                words.one(table.upstreamUrl),
                words.optional(table.upstreamCaFile),
                words.one(table.upstreamConnectTimeout),
                words.one(table.upstreamIdleTimeout),
                words.one(table.upstreamPoolIdleTimeout),
                words.one(table.upstreamPoolIdleMax));
    }

    private Settings.LedgerSettings ledger(Words words) {
        return new Settings.LedgerSettings(
                words.one(table.ledgerDirectory),
                words.one(table.journalUnwritable),
                words.one(table.journalQueueMax),
                words.one(table.journalSegmentBytes),
                words.one(table.applyBatchMax),
                words.one(table.applyInterval),
                words.one(table.bookingInstant),
                new RatingRules(
                        words.one(table.promptTierCounts),
                        words.one(table.cacheWritesBeyondSplit),
                        words.one(table.speedOfAttempts),
                        words.many(table.refusalsBilled),
                        words.one(table.codeExecution),
                        words.one(table.errorAfterOutput)),
                new Settings.LimitSettings(words.many(table.limitRules), words.optional(table.limitUnknownRate)));
    }
}
