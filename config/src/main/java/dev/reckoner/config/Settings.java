package dev.reckoner.config;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything the operator may say, whole and checked. Sizes are in bytes. Records are immutable and safe on any
 * thread.
 */
public record Settings(
        Downstream downstream,
        Upstream upstream,
        LedgerSettings ledger,
        ConsoleSettings console,
        Aborts aborts,
        Metering metering,
        AttributionSettings attribution,
        RatingSettings rating,
        BatchSettings batches,
        ReconcileSettings reconcile,
        AlertSettings alerts,
        MetricSettings metrics) {

    /** What holds where nothing was said. */
    public static Settings defaults() {
        return SettingsLoader.load(null, Map.of(), Map.of()).settings();
    }

    /**
     * The proxy's own listener and what one client may take of it.
     *
     * @param headerTimeout from the first byte of a request head to its last
     * @param bodyIdleTimeout the longest pause inside a request body
     * @param keepAliveTimeout the longest idle time between two exchanges on a connection
     * @param drainTimeout how long exchanges in flight may go on after a shutdown was asked for
     */
    public record Downstream(
            HostPort listen,
            int connectionsMax,
            int requestLineBytesMax,
            int headerBytesMax,
            int headerFieldsMax,
            long bodyBytesMax,
            Duration headerTimeout,
            Duration bodyIdleTimeout,
            Duration keepAliveTimeout,
            Duration drainTimeout) {}

    /**
     * The one origin that everything is forwarded to.
     *
     * @param url scheme http or https, host, optional port, optional path prefix
     * @param caFile PEM certificates trusted instead of the JDK's, for a private origin
     * @param idleTimeout the longest silence of the upstream inside an exchange; pings count as life
     * @param poolIdleTimeout how long an unused connection is kept
     * @param poolIdleMax unused connections kept per event loop
     */
    public record Upstream(
            URI url,
            @Nullable Path caFile,
            Duration connectTimeout,
            Duration idleTimeout,
            Duration poolIdleTimeout,
            int poolIdleMax) {}

    /**
     * Where the books are and how they are kept.
     *
     * @param directory holds journal, store and the secret of the key hashes; created with mode 0700
     * @param journalUnwritable what to do with a new exchange while the journal can't be written
     * @param journalQueueMax frames that may wait for the journal's writer
     * @param journalSegmentBytes a journal file is closed at about this size
     * @param applyBatchMax frames moved into the store in one transaction
     * @param applyInterval the longest time a frame waits for a batch to fill
     * @param bookingInstant which instant of an exchange decides bucket and rate
     * @param rules how what the vendor leaves open is rated
     * @param limits what may be spent
     */
    public record LedgerSettings(
            Path directory,
            JournalUnwritable journalUnwritable,
            int journalQueueMax,
            long journalSegmentBytes,
            int applyBatchMax,
            Duration applyInterval,
            BookingInstant bookingInstant,
            RatingRules rules,
            LimitSettings limits) {}

    /**
     * What may be spent, beside what is set while it runs.
     *
     * @param rules limits that the operator wrote down
     * @param unknownRate what a model without a rate is counted at, null for the dearest row of the table
     */
    public record LimitSettings(
            List<LimitRule> rules, @Nullable UnknownRate unknownRate) {

        /** None. */
        public static final LimitSettings NONE = new LimitSettings(List.of(), null);

        public LimitSettings {
            rules = List.copyOf(rules);
        }
    }

    /** What a model without a rate is counted at by limits: USD per million tokens. */
    public record UnknownRate(BigDecimal input, BigDecimal output) {}

    /** What happens to a new exchange while the journal can't be written. */
    public enum JournalUnwritable {
        REFUSE,
        SERVE_UNMETERED
    }

    /** Which instant of an exchange decides its bucket and its rate (not documented by the vendor). */
    public enum BookingInstant {
        START,
        END
    }

    /**
     * The console's listener: pages, report API, health.
     *
     * @param tokens who may ask; without any, a loopback console asks for none
     * @param hosts names it is reached under, beside those it knows of itself
     * @param sessionTime how long a browser stays logged in
     * @param openMetrics whether metrics need no login
     * @param token what commands show to a console that they were told the address of, null for nothing
     */
    public record ConsoleSettings(
            HostPort listen,
            List<TokenRule> tokens,
            List<String> hosts,
            Duration sessionTime,
            boolean openMetrics,
            @Nullable String token) {

        private static final Duration SESSION_TIME = Duration.ofHours(12);

        public ConsoleSettings {
            tokens = List.copyOf(tokens);
            hosts = List.copyOf(hosts);
        }

        /** A console at that address, all else as it is where nothing was said. */
        public ConsoleSettings(HostPort listen) {
            this(listen, List.of(), List.of(), SESSION_TIME, false, null);
        }

        /** Without what is secret. */
        @Override
        public String toString() {
            return "ConsoleSettings[" + listen + ", " + tokens.size() + " tokens]";
        }
    }

    /**
     * What happens to a metered exchange whose client goes away in it.
     *
     * @param stream where the response is a stream
     * @param json where the response is whole JSON
     * @param drainTimeMax how long an upstream is read on for
     * @param drainBytesMax how much of a response's body is read on
     * @param drainsMax exchanges that may drain at once; further ones are cancelled
     */
    public record Aborts(OnAbort stream, OnAbort json, Duration drainTimeMax, long drainBytesMax, int drainsMax) {}

    /** What happens to a metered exchange whose client goes away in it. */
    public enum OnAbort {
        /** The upstream's connection is closed: nothing more is generated for nobody. */
        CANCEL,
        /** The upstream is read on to the final usage. */
        DRAIN
    }

    /**
     * Limits of the tap.
     *
     * @param usageBytesMax raw usage kept per exchange
     * @param eventBytesMax one parsed stream event or captured JSON value
     * @param decodedBytesMax decoded copy of one compressed body
     */
    public record Metering(int usageBytesMax, int eventBytesMax, long decodedBytesMax) {}

    /**
     * Who a request is from and what it is served with.
     *
     * @param trust AUTO believes path, headers and body on a loopback listener and nothing on any other
     * @param people a file of people and teams, null for none
     * @param credentials the vendor's keys that virtual keys are served with, each name once
     */
    public record AttributionSettings(
            Trust trust,
            int valueCharsMax,
            int tagsMax,
            @Nullable Path people,
            List<CredentialRule> credentials) {
        public AttributionSettings {
            credentials = List.copyOf(credentials);
        }
    }

    /** Which self-declared attribution is believed. */
    public enum Trust {
        AUTO,
        ALL,
        NONE
    }

    /**
     * Where rates come from beside the built-in table.
     *
     * @param ratesFiles the operator's rate files, later ones override earlier ones and the built-in table
     */
    public record RatingSettings(List<Path> ratesFiles) {
        public RatingSettings {
            ratesFiles = List.copyOf(ratesFiles);
        }
    }

    /**
     * What is done about batches beside watching them pass.
     *
     * @param collect whether the results of batches that have ended are fetched without being asked for
     * @param pollInterval how often it is asked whether a batch has ended
     * @param resultsBytesMax how much of one download of results is read, decoded
     */
    public record BatchSettings(boolean collect, Duration pollInterval, long resultsBytesMax) {}

    /**
     * How the books are compared with the vendor's bill.
     *
     * @param adminKeyFile a file with an Admin key, null where it comes from the environment
     * @param lag how long after a day's end the vendor's reports may still change
     * @param daily whether the server does it by itself, each day
     * @param days how many days back it then goes
     */
    public record ReconcileSettings(URI adminUrl, @Nullable Path adminKeyFile, Duration lag, boolean daily, int days) {}

    /**
     * What is measured, and where it is sent beside being asked for.
     *
     * @param modelsMax models that get figures of their own
     * @param teamsMax teams that do
     */
    public record MetricSettings(int modelsMax, int teamsMax, OtlpSettings otlp) {}

    /**
     * The export of metrics by OTLP over HTTP.
     *
     * @param endpoint the collector's base URL, null where nothing is sent unless the environment says where
     * @param headers sent with each export, each as NAME=VALUE; they may hold a secret
     * @param timeout how long one export may take
     */
    public record OtlpSettings(
            @Nullable URI endpoint,
            List<String> headers,
            Duration interval,
            Duration timeout,
            GenAiConventions conventions) {
        public OtlpSettings {
            headers = List.copyOf(headers);
        }

        /** Without what is secret. */
        @Override
        public String toString() {
            return "OtlpSettings[endpoint " + (endpoint == null ? "not set" : "set") + "]";
        }
    }

    /** Which generation of the GenAI semantic conventions metrics are named by; none of them is stable yet. */
    public enum GenAiConventions {
        /** Histograms gen_ai.client.token.usage, gen_ai.client.operation.duration and so on. */
        CLIENT,
        /** Counters gen_ai.client.inference.usage.… and histograms gen_ai.client.inference.operation.… */
        INFERENCE,
        BOTH
    }

    /**
     * Which alerts there are and where they go. The URL is a secret as well: whoever knows it can post.
     *
     * @param webhook where alerts are posted, null where they are only kept
     * @param secret what they are signed with, null where they aren't
     * @param repeatAfter how long the same is not told again for
     * @param timeout how long one attempt may take
     * @param attemptsMax attempts per alert
     * @param storeBehind how far behind the store may be
     * @param creditsBelow what is left of prepaid credits when it gets low, null where nobody said
     */
    public record AlertSettings(
            @Nullable URI webhook,
            @Nullable String secret,
            Duration repeatAfter,
            Duration timeout,
            int attemptsMax,
            Duration storeBehind,
            @Nullable BigDecimal creditsBelow) {

        /** Without what is secret. */
        @Override
        public String toString() {
            return "AlertSettings[webhook " + (webhook == null ? "not set" : "set") + "]";
        }
    }
}
