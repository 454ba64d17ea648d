package dev.reckoner.config;

import dev.reckoner.config.Setting.Arity;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The one table of settings. Parsing, environment variables, the template and {@code config show} are all read from it;
 * a new setting is one more field here and one more component in {@link Settings}.
 */
final class SettingTable {

    static final String VARIABLE_PREFIX = "RECKONER_";

    private final List<Setting<?>> all = new ArrayList<>();

    final Setting<HostPort> listen = one("listen", Kinds.address(), "127.0.0.1:8484")
            .what("The address that apps use as their base URL. Port 0 takes a free one.")
            .change("another port is wanted, or other machines shall connect. Off loopback, nothing that a client")
            .change("says about who it is will be believed (attribution.trust), and anyone who can reach the port")
            .change("can use the upstream.")
            .add();

    final Setting<CredentialRule> credentials = many("credentials", CredentialRule.kind())
            .what("The vendor's keys that virtual keys are served with, one line each: a name, env=VARIABLE or")
            .what("file=PATH, and where wanted workspace=ID and header=x-api-key or authorization. Without one that is")
            .what("named default, default is $ANTHROPIC_API_KEY. A file that changes is read again.")
            .change("keys come as files, or teams are billed to workspaces of their own.")
            .add();

    final Setting<HostPort> consoleListen = one("console.listen", Kinds.address(), "127.0.0.1:8485")
            .what("The address of the console: reports and health.")
            .change("another port is wanted, or other machines shall see it. Off loopback everybody has to log in")
            .change("(console.tokens).")
            .add();

    final Setting<TokenRule> consoleTokens = many("console.tokens", TokenRule.kind())
            .what("Who may see the console, one line each: a name, role=reader or role=admin, and env=VARIABLE or")
            .what(
                    "file=PATH with a token of 20 characters or more. With any of them everybody has to log in, on loopback")
            .what("too. Off loopback without any, the server makes a token at each start and prints it.")
            .change("people on other machines look at the console, or programs ask it. Readers change nothing.")
            .add();

    final Setting<String> consoleHosts = many("console.hosts", Kinds.hostName())
            .what(
                    "Names under which the console is reached, beside localhost, its addresses and what console.listen says.")
            .what("Requests under any other name are refused: they may come from a page elsewhere.")
            .change("it has a name in the network, or stands behind a proxy.")
            .add();

    final Setting<Duration> consoleSessionTime = one("console.session_time", Kinds.duration("1m", "30d"), "12h")
            .what("How long a browser stays logged in.")
            .change("people shall log in more often, or less.")
            .add();

    final Setting<Boolean> consoleOpenMetrics = one("console.open_metrics", Kinds.flag(), "false")
            .what("Whether /metrics is shown to whoever asks, where all else needs a login.")
            .change("what scrapes it can't send a token.")
            .add();

    final Setting<String> consoleToken = optional("console.token", Secrets.text())
            .what(
                    "What commands show to a console that is named with --console. On the machine of the server they need none.")
            .what("It is a secret: say it as $RECKONER_CONSOLE_TOKEN or ${NAME}.")
            .change("commands ask a server on another machine.")
            .add();

    final Setting<URI> upstreamUrl = one("upstream.url", Kinds.origin(), "https://api.anthropic.com")
            .what(
                    "The origin that every request is forwarded to, with an optional path prefix. Clients send /v1 themselves.")
            .change("requests shall go through another gateway or to a simulator.")
            .add();

    final Setting<Path> upstreamCaFile = optional("upstream.ca_file", Kinds.path())
            .what("Certificates in PEM form that are trusted instead of the Java runtime's own.")
            .change("the upstream's certificate was signed by a private authority.")
            .add();

    final Setting<Duration> upstreamConnectTimeout = one("upstream.connect_timeout", Kinds.duration("10ms", "5m"), "5s")
            .what("The longest time to resolve, connect and agree on TLS; then the client gets a 502.")
            .change("the network on the way is slow.")
            .add();

    final Setting<Duration> upstreamIdleTimeout = one("upstream.idle_timeout", Kinds.duration("100ms", "1d"), "10m")
            .what("The longest silence of the upstream inside an exchange; a ping ends the silence.")
            .change("whole (not streamed) responses take longer than this, or hung ones shall end sooner.")
            .add();

    final Setting<Duration> upstreamPoolIdleTimeout = one(
                    "upstream.pool_idle_timeout", Kinds.duration("1ms", "1h"), "30s")
            .what("How long an unused connection to the upstream is kept.")
            .change("the upstream or a firewall closes idle connections sooner.")
            .add();

    final Setting<Integer> upstreamPoolIdleMax = one("upstream.pool_idle_max", Kinds.number(0, 10_000), "64")
            .what("Unused connections that each event loop keeps. 0 keeps none.")
            .change("more exchanges than this begin at the same moment again and again.")
            .add();

    final Setting<Integer> connectionsMax = one("downstream.connections_max", Kinds.number(1, 1_000_000), "8192")
            .what("Connections that clients may hold at once; further ones are closed at once.")
            .change("there are more clients; the limit of open files has to be at least twice this.")
            .add();

    final Setting<Long> requestLineBytesMax = one(
                    "downstream.request_line_bytes_max", Kinds.size("256B", "1MiB"), "8KiB")
            .what("The longest request line.")
            .change("clients send longer queries.")
            .add();

    final Setting<Long> headerBytesMax = one("downstream.header_bytes_max", Kinds.size("1KiB", "1MiB"), "64KiB")
            .what("The largest request or response head, request line and header fields together.")
            .change("clients send larger headers, such as long lists of beta names or tokens.")
            .add();

    final Setting<Integer> headerFieldsMax = one("downstream.header_fields_max", Kinds.number(10, 10_000), "100")
            .what("The most header fields of a head.")
            .change("proxies on the way add many fields.")
            .add();

    final Setting<Long> bodyBytesMax = one("downstream.body_bytes_max", Kinds.size("1KiB", "1024GiB"), "256MiB")
            .what("The largest request body. The vendor's own limits are 32 MB per message and 256 MB per batch.")
            .change("larger files are uploaded.")
            .add();

    final Setting<Duration> headerTimeout = one("downstream.header_timeout", Kinds.duration("100ms", "10m"), "10s")
            .what("The longest time from the first byte of a request head to its last.")
            .change("clients sit behind very slow links.")
            .add();

    final Setting<Duration> bodyIdleTimeout = one("downstream.body_idle_timeout", Kinds.duration("100ms", "1h"), "30s")
            .what("The longest pause inside a request body.")
            .change("clients sit behind very slow links.")
            .add();

    final Setting<Duration> keepAliveTimeout = one(
                    "downstream.keep_alive_timeout", Kinds.duration("100ms", "1d"), "75s")
            .what("The longest idle time between two exchanges of a client's connection.")
            .change("a balancer in front keeps connections for longer.")
            .add();

    final Setting<Duration> drainTimeout = one("downstream.drain_timeout", Kinds.duration("1ms", "1h"), "30s")
            .what("How long exchanges in flight may go on after a shutdown was asked for.")
            .change("long streams shall end by themselves, or a restart has to be faster.")
            .add();

    final Setting<Path> ledgerDirectory = one("ledger.directory", Kinds.path(), "~/.reckoner")
            .what("Where the books are: journal, store and the secret of the key hashes. Created if missing.")
            .change("the books shall be on another disk. One running server per directory.")
            .add();

    final Setting<Settings.JournalUnwritable> journalUnwritable = one(
                    "ledger.journal_unwritable", Kinds.choice(Settings.JournalUnwritable.class), "refuse")
            .what("What happens to new exchanges while the journal can't be written, as when the disk is full:")
            .what("refuse answers 503; serve_unmetered forwards them and only counts them.")
            .change("serving matters more than books.")
            .add();

    final Setting<Integer> journalQueueMax = one("ledger.journal_queue_max", Kinds.number(16, 10_000_000), "65536")
            .what("Frames that may wait for the journal's writer before new exchanges are refused.")
            .change("the disk stalls for long while many exchanges run.")
            .add();

    final Setting<Long> journalSegmentBytes = one("ledger.journal_segment_bytes", Kinds.size("64KiB", "4GiB"), "64MiB")
            .what("A journal file is closed at about this size; files behind the store are deleted.")
            .change("disk space is very short.")
            .add();

    final Setting<Integer> applyBatchMax = one("ledger.apply_batch_max", Kinds.number(1, 100_000), "500")
            .what("Frames moved from the journal into the store in one transaction.")
            .change("reports fall behind under a high load.")
            .add();

    final Setting<Duration> applyInterval = one("ledger.apply_interval", Kinds.duration("1ms", "1m"), "100ms")
            .what("The longest time that a frame waits for a batch to fill, so about how late reports are.")
            .change("a slower disk shall have less to do.")
            .add();

    final Setting<Settings.BookingInstant> bookingInstant = one(
                    "ledger.booking_instant", Kinds.choice(Settings.BookingInstant.class), "end")
            .what("Which instant of an exchange decides its bucket and its rate: start or end.")
            .change("reconciliation shows that the vendor's report counts long exchanges the other way.")
            .add();

    final Setting<Settings.OnAbort> abortsStream = one("aborts.stream", Kinds.choice(Settings.OnAbort.class), "cancel")
            .what("What happens when a client goes away inside a streamed message. cancel closes the upstream's")
            .what("connection, so that nothing more is generated, and estimates the output; drain reads the stream")
            .what("on to its final usage, which costs what the vendor then still generates.")
            .change("exact books are worth that.")
            .add();

    final Setting<Settings.OnAbort> abortsJson = one("aborts.json", Kinds.choice(Settings.OnAbort.class), "cancel")
            .what("The same for a message that is not streamed: its usage comes with its end, so that cancel leaves")
            .what("nothing but an estimate of the input.")
            .change("exact books are worth that.")
            .add();

    final Setting<Duration> drainTimeMax = one("aborts.drain_time_max", Kinds.duration("10ms", "1d"), "10m")
            .what("The longest time that a response is read on for after its client has gone.")
            .change("messages take longer than this to generate.")
            .add();

    final Setting<Long> drainBytesMax = one("aborts.drain_bytes_max", Kinds.size("1KiB", "16GiB"), "64MiB")
            .what("How much of a response's body is read on after its client has gone.")
            .change("messages are larger than this.")
            .add();

    final Setting<Integer> drainsMax = one("aborts.drains_max", Kinds.number(0, 1_000_000), "256")
            .what("Responses that are read on at once after their clients have gone; further ones are cancelled.")
            .change("more clients than this go away at the same time and their exact usage is wanted.")
            .add();

    final Setting<Long> usageBytesMax = one("metering.usage_bytes_max", Kinds.size("1KiB", "16MiB"), "64KiB")
            .what("Raw usage kept per exchange; beyond it the rest is left out.")
            .change("the vendor's usage grows that long.")
            .add();

    final Setting<Long> eventBytesMax = one("metering.event_bytes_max", Kinds.size("1KiB", "256MiB"), "1MiB")
            .what("The largest stream event or JSON value that is read for its usage. Larger ones pass unread.")
            .change("an entry says that an event was too large to be read.")
            .add();

    final Setting<Long> decodedBytesMax = one("metering.decoded_bytes_max", Kinds.size("64KiB", "16GiB"), "64MiB")
            .what("How much of the copy of one compressed body is decoded. The body itself passes whole.")
            .change("compressed responses are larger than this.")
            .add();

    final Setting<Settings.Trust> attributionTrust = one(
                    "attribution.trust", Kinds.choice(Settings.Trust.class), "auto")
            .what("Whether what clients say about who they are is believed (path prefix, headers, metadata):")
            .what("auto believes it on a loopback listener only; all believes it; none doesn't.")
            .change("a trusted gateway in front sets the headers (all), or local users shall not name themselves")
            .change("(none).")
            .add();

    final Setting<Integer> valueCharsMax = one("attribution.value_chars_max", Kinds.number(16, 4096), "256")
            .what("The longest attributed value; longer ones are cut.")
            .change("user names or project names are longer.")
            .add();

    final Setting<Integer> tagsMax = one("attribution.tags_max", Kinds.number(0, 1000), "32")
            .what("The most tags of one exchange; further ones are dropped.")
            .change("apps send more tags.")
            .add();

    final Setting<Path> attributionPeople = optional("attribution.people", Kinds.path())
            .what(
                    "A file of people and teams, YAML or CSV: whose a vendor's key is, and which names, email addresses and")
            .what("account ids are one person's. A changed file is taken within seconds; one with a mistake isn't.")
            .change("people use vendor's keys of their own, or are named differently by each of their tools.")
            .add();

    final Setting<Path> ratesFiles = many("rating.rates_files", Kinds.path())
            .what("Rate files (CSV, same columns as `reckoner rates`) laid over the built-in table, the last one")
            .what("wins. In an environment variable they are separated by commas.")
            .change("prices were agreed that differ from the list, or a model is newer than this program.")
            .add();

    final Setting<RatingRules.PromptTierCounts> promptTierCounts = one(
                    "rating.prompt_tier_counts", Kinds.choice(RatingRules.PromptTierCounts.class), "undecided")
            .what("Whose prompt selects between prices by prompt size where a request had several prompts (server")
            .what("tools, compaction): the whole request's, or each iteration's own. The vendor doesn't say;")
            .what("undecided marks the charge ambiguous where it matters and books the lower amount.")
            .change("the vendor's report shows which it is.")
            .add();

    final Setting<RatingRules.CacheWriteLifetime> cacheWritesBeyondSplit = one(
                    "rating.cache_writes_beyond_split",
                    Kinds.choice(RatingRules.CacheWriteLifetime.class),
                    "five_minutes")
            .what("How long cache writes live that the total has and the split by lifetime hasn't, as inside")
            .what("server-tool loops.")
            .change("the vendor's report shows them at the price of an hour.")
            .add();

    final Setting<RatingRules.SpeedOfAttempts> speedOfAttempts = one(
                    "rating.speed_of_attempts", Kinds.choice(RatingRules.SpeedOfAttempts.class), "undecided")
            .what("At which speed an attempt of another model (advisor, fallback) ran in a message that was served")
            .what("fast: as the message states, or standard. The vendor doesn't say; undecided marks the charge")
            .what("ambiguous where both have a price and books the lower amount.")
            .change("the vendor's report shows which it is.")
            .add();

    final Setting<String> refusalsBilled = many("rating.refusals_billed", Kinds.modelId())
            .what("Exact ids of models whose refusals before any output are billed. The vendor says that none is,")
            .what("but only of models with today's handling of refusals.")
            .change("the vendor's report shows such a refusal's tokens with a cost.")
            .add();

    final Setting<RatingRules.CodeExecution> codeExecution = one(
                    "rating.code_execution", Kinds.choice(RatingRules.CodeExecution.class), "remark")
            .what("What becomes of an exchange whose usage counts code executions. They are billed by container")
            .what("time, which no response states: remark rates the tokens and says so; pending leaves the")
            .what("exchange open.")
            .change("no exchange shall pass for rated before its container time is known.")
            .add();

    final Setting<RatingRules.ErrorAfterOutput> errorAfterOutput = one(
                    "rating.error_after_output", Kinds.choice(RatingRules.ErrorAfterOutput.class), "billed")
            .what("Whether input, and output that had passed, are billed when an error event ends a stream. The")
            .what("vendor doesn't say; users report that they are.")
            .change("the vendor's report shows that they aren't.")
            .add();

    final Setting<LimitRule> limitRules = many("limits.rules", Kinds.limit())
            .what("Limits that always hold, one per line of a list: whom it is for, and how much of what. Whom: all,")
            .what("user=, team=, project=, key= or tag=, a name or * for each by itself. What: 50/day, 300/week or")
            .what(
                    "1000/month in USD, with a time zone such as Europe/Berlin where it isn't UTC; 400000 itpm, 80000 otpm")
            .what("or 60 rpm; 8 concurrent; models and exact ids. `reckoner limits set` adds others while it runs.")
            .change("nobody shall be able to spend or ask for more than this.")
            .add();

    final Setting<Settings.UnknownRate> limitUnknownRate = optional("limits.unknown_model_rate", Kinds.unknownRate())
            .what("What a model without a rate is counted at by budgets: USD per million input and output tokens.")
            .what("Without it, the dearest row of the rate table. The books keep such an exchange as pending.")
            .change("the dearest row is far above what the new model can cost.")
            .add();

    final Setting<Boolean> batchesCollect = one("batches.collect", Kinds.flag(), "false")
            .what(
                    "Whether the results of batches that have ended are fetched without being asked for, so that what they")
            .what("cost is in the books even where nobody downloads them. Fetched with the key that created the batch,")
            .what("which is kept in memory only, or with ANTHROPIC_API_KEY of the proxy's own environment.")
            .change("batches are created whose results are not downloaded through the proxy.")
            .add();

    final Setting<Duration> batchesPollInterval = one("batches.poll_interval", Kinds.duration("1s", "1d"), "1m")
            .what("How often it is asked whether a batch has ended, where batches.collect is true.")
            .change("results shall be collected sooner, or batches run for hours anyway.")
            .add();

    final Setting<Long> batchesResultsBytesMax = one(
                    "batches.results_bytes_max", Kinds.size("64KiB", "1024GiB"), "16GiB")
            .what("How much of one download of results is read, decoded. The download itself passes whole.")
            .change("an entry says that results were larger than this.")
            .add();

    final Setting<URI> reconcileAdminUrl = one("reconcile.admin_url", Kinds.origin(), "https://api.anthropic.com")
            .what("The origin of the vendor's Admin API, which `reckoner reconcile` asks for the bill.")
            .change("a gateway or a simulator stands in between.")
            .add();

    final Setting<Path> reconcileAdminKeyFile = optional("reconcile.admin_key_file", Kinds.path())
            .what("A file that holds an Admin key and nothing else. Without it, $ANTHROPIC_ADMIN_KEY.")
            .change("secrets come as files.")
            .add();

    final Setting<Duration> reconcileLag = one("reconcile.lag", Kinds.duration("1m", "7d"), "6h")
            .what("How long after a day's end the vendor's reports of it may still change. The vendor speaks of five")
            .what("minutes, sometimes longer.")
            .change("reconciliations of yesterday find differences that are gone a day later.")
            .add();

    final Setting<Boolean> reconcileDaily = one("reconcile.daily", Kinds.flag(), "false")
            .what(
                    "Whether the server compares the last days with the vendor's bill by itself, each day at 00:00 UTC and")
            .what("reconcile.lag. It needs an Admin key. The result is kept, and said in the log.")
            .change("differences and keys that bypass the proxy shall be noticed without anyone asking.")
            .add();

    final Setting<Integer> reconcileDays = one("reconcile.days", Kinds.number(1, 31), "7")
            .what("How many days back reconcile.daily goes. The vendor may restate a day after it was reconciled.")
            .change("the server is off for longer than this, or older days are restated.")
            .add();

    final Setting<URI> alertsWebhook = optional("alerts.webhook", Secrets.url())
            .what("Where alerts are posted, as JSON that Slack and what understands its webhooks take. It is a secret:")
            .what("say it by ${VARIABLE} or ${file:...}, or in the environment. Without it alerts are only kept.")
            .change("someone shall be told without asking.")
            .add();

    final Setting<String> alertsSecret = optional("alerts.secret", Secrets.text())
            .what("What each post is signed with, in X-Reckoner-Signature. Say it like the webhook.")
            .change("the receiver shall be able to tell our posts from anyone's.")
            .add();

    final Setting<Duration> alertsRepeatAfter = one("alerts.repeat_after", Kinds.duration("1m", "30d"), "1d")
            .what(
                    "How long what an alert said is not said again for; it is counted meanwhile. What can happen once only,")
            .what("such as a limit's threshold in one window, is said once.")
            .change("reminders shall come more often, or less.")
            .add();

    final Setting<Duration> alertsTimeout = one("alerts.timeout", Kinds.duration("100ms", "1m"), "10s")
            .what("How long the receiver may take to answer a post.")
            .change("the receiver is slow.")
            .add();

    final Setting<Integer> alertsAttemptsMax = one("alerts.attempts_max", Kinds.number(1, 100), "12")
            .what("How often one alert is tried, at growing intervals of up to an hour; 12 take about three hours.")
            .change("the receiver may be away for longer.")
            .add();

    final Setting<Duration> alertsStoreBehind = one("alerts.store_behind", Kinds.duration("1s", "30d"), "5m")
            .what("How far the store may be behind the journal before that is an alert.")
            .change("bursts regularly take longer to be taken in.")
            .add();

    final Setting<BigDecimal> alertsCreditsBelow = optional("alerts.credits_below", Kinds.usd())
            .what(
                    "An alert is raised when fewer USD than this are left of the prepaid credits. `reckoner credits warn`")
            .what("says the same in the books, and goes before this.")
            .change("someone shall be told before the credits run out.")
            .add();

    final Setting<Integer> metricsModelsMax = one("metrics.models_max", Kinds.number(1, 1_000), "30")
            .what("Models that /metrics has figures of their own for; those that come later are counted as other.")
            .change("more models are in use, and the monitoring can take more series.")
            .add();

    final Setting<Integer> metricsTeamsMax = one("metrics.teams_max", Kinds.number(1, 1_000), "30")
            .what("The same for teams. There are at most six series for each model of each team.")
            .change("there are more teams.")
            .add();

    final Setting<URI> otlpEndpoint = optional("metrics.otlp_endpoint", Secrets.url())
            .what(
                    "The base URL of an OpenTelemetry collector that metrics are sent to, as OTLP over HTTP; /v1/metrics is")
            .what("appended. Without it, OTEL_EXPORTER_OTLP_ENDPOINT says where; without that, nothing is sent.")
            .change("there is a collector, such as http://localhost:4318.")
            .add();

    final Setting<String> otlpHeaders = many("metrics.otlp_headers", Secrets.field())
            .what("Header fields sent with each export, one line each: NAME=VALUE. They are secret. Without any,")
            .what("OTEL_EXPORTER_OTLP_HEADERS says them.")
            .change("the collector asks for a token.")
            .add();

    final Setting<Duration> otlpInterval = one("metrics.otlp_interval", Kinds.duration("1s", "1h"), "1m")
            .what("How often metrics are sent.")
            .change("they shall be fresher.")
            .add();

    final Setting<Duration> otlpTimeout = one("metrics.otlp_timeout", Kinds.duration("100ms", "1m"), "10s")
            .what("How long one export may take before it is given up; the next one has all that it had.")
            .change("the collector is slow.")
            .add();

    final Setting<Settings.GenAiConventions> otlpConventions = one(
                    "metrics.otlp_conventions", Kinds.choice(Settings.GenAiConventions.class), "both")
            .what("How they are named, by OpenTelemetry's GenAI conventions: client (gen_ai.client.token.usage),")
            .what("inference (gen_ai.client.inference.usage.input_tokens), or both.")
            .change("the dashboards know one of them only.")
            .add();

    /** Every setting, in the order of the template. */
    List<Setting<?>> all() {
        return List.copyOf(all);
    }

    Optional<Setting<?>> byKey(String key) {
        return all.stream().filter(setting -> setting.key().equals(key)).findFirst();
    }

    List<String> keys() {
        return all.stream().<String>map(Setting::key).toList();
    }

    Set<String> sections() {
        Set<String> sections = new LinkedHashSet<>();
        all.forEach(setting -> sections.add(setting.section()));
        sections.remove("");
        return sections;
    }

    private <T> SettingRow<T> one(String key, Kind<T> kind, String standard) {
        return new SettingRow<>(all, key, kind, Arity.ONE, standard);
    }

    private <T> SettingRow<T> optional(String key, Kind<T> kind) {
        return new SettingRow<>(all, key, kind, Arity.OPTIONAL, "");
    }

    private <T> SettingRow<T> many(String key, Kind<T> kind) {
        return new SettingRow<>(all, key, kind, Arity.MANY, "");
    }
}
