package dev.reckoner.app.otlp;

import dev.reckoner.config.Settings.GenAiConventions;
import dev.reckoner.config.Settings.MetricSettings;
import dev.reckoner.console.metrics.BoundedNames;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.Line;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.Route;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.ledger.Usage;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleCounter;
import io.opentelemetry.api.metrics.Meter;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Entries of metered exchanges as OpenTelemetry's GenAI client metrics, in one generation of the conventions or both. Their
 * input tokens include what was read from a cache and written to one; the books keep the four apart. One thread's own.
 */
final class GenAiMetrics {
    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("gen_ai.operation.name");
    private static final AttributeKey<String> PROVIDER = AttributeKey.stringKey("gen_ai.provider.name");
    private static final AttributeKey<String> REQUEST_MODEL = AttributeKey.stringKey("gen_ai.request.model");
    private static final AttributeKey<String> RESPONSE_MODEL = AttributeKey.stringKey("gen_ai.response.model");
    private static final AttributeKey<String> SERVER = AttributeKey.stringKey("server.address");
    private static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
    private static final AttributeKey<String> TEAM = AttributeKey.stringKey("reckoner.team");
    private static final double NANOS = 1e9;

    private final URI upstream;
    private final BoundedNames models;
    private final BoundedNames teams;
    private final List<Generation> generations = new ArrayList<>();
    private final DoubleCounter cost;

    GenAiMetrics(MetricSettings settings, URI upstream, Meter meter) {
        this.upstream = upstream;
        models = new BoundedNames(settings.modelsMax());
        teams = new BoundedNames(settings.teamsMax());
        GenAiConventions conventions = settings.otlp().conventions();
        if (conventions != GenAiConventions.INFERENCE) {
            generations.add(new ClientGeneration(meter));
        }
        if (conventions != GenAiConventions.CLIENT) {
            generations.add(new InferenceGeneration(meter));
        }
        cost = meter.counterBuilder("reckoner.cost")
                .ofDoubles()
                .setUnit("{USD}")
                .setDescription("USD that were booked, as they were rated when the entry was made.")
                .build();
    }

    /** What a generation of the conventions makes of an exchange. */
    interface Generation {

        /** Records the tokens of one of its models. */
        void tokens(Tokens tokens, Attributes attributes);

        /** Records how long it took. */
        void duration(double seconds, Attributes attributes);

        /** Records when the first piece of its stream was passed on. */
        void firstChunk(double seconds, Attributes attributes);
    }

    /**
     * Billable tokens of one model.
     *
     * @param input with those that were read from a cache and written to one
     * @param reasoning those of the output that were spent on thinking, as far as the response says
     */
    record Tokens(long input, long output, long cacheRead, long cacheWritten, long reasoning) {}

    /** Records an entry; of what isn't metered, nothing. */
    void record(Entry entry) {
        Closing closing = entry.closing();
        if (!closing.opening().route().metered()) {
            return;
        }
        Map<String, List<Line>> byModel = new LinkedHashMap<>();
        for (Line line : entry.charge().lines()) {
            byModel.computeIfAbsent(model(line, closing), name -> new ArrayList<>())
                    .add(line);
        }
        byModel.forEach((model, lines) -> {
            Tokens tokens = tokens(lines, closing, model);
            Attributes attributes = attributes(closing, model).build();
            generations.forEach(generation -> generation.tokens(tokens, attributes));
            cost(lines, closing, model);
        });
        if (closing.opening().route() != Route.BATCH_ITEM && closing.outcome() != Outcome.FAILED_LOCAL_INTERRUPTED) {
            timed(closing);
        }
    }

    private void timed(Closing closing) {
        String served = closing.reading().model();
        AttributesBuilder builder = attributes(closing, served == null ? "" : models.of(served));
        if (!closing.outcome().ok()) {
            builder.put(ERROR, closing.outcome().name().toLowerCase(Locale.ROOT));
        }
        Attributes attributes = builder.build();
        Instant start = closing.opening().startedAt();
        double whole = seconds(start, closing.endedAt());
        generations.forEach(generation -> generation.duration(whole, attributes));
        Instant first = closing.firstByteAt();
        if (first != null && Boolean.TRUE.equals(closing.opening().asked().stream())) {
            double chunk = seconds(start, first);
            generations.forEach(generation -> generation.firstChunk(chunk, attributes));
        }
    }

    private void cost(List<Line> lines, Closing closing, String model) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Line line : lines) {
            BigDecimal amount = line.amount();
            sum = amount == null ? sum : sum.add(amount);
        }
        if (sum.signum() > 0) {
            Attribution.Part team = closing.opening().attribution().team();
            AttributesBuilder attributes = attributes(closing, model);
            if (team != null) {
                attributes.put(TEAM, teams.of(team.value()));
            }
            cost.add(sum.doubleValue(), attributes.build());
        }
    }

    /** A model that only a request has named could be anything. */
    private String model(Line line, Closing closing) {
        boolean real =
                line.amount() != null || line.model().equals(closing.reading().model());
        return real ? models.of(line.model()) : BoundedNames.OTHER;
    }

    private AttributesBuilder attributes(Closing closing, String model) {
        AttributesBuilder attributes = Attributes.builder()
                .put(OPERATION, "chat")
                .put(PROVIDER, "anthropic")
                .put(SERVER, upstream.getHost())
                .put(PORT, port());
        String asked = closing.opening().asked().model();
        if (asked != null) {
            attributes.put(REQUEST_MODEL, closing.reading().model() == null ? BoundedNames.OTHER : models.of(asked));
        }
        if (!model.isEmpty()) {
            attributes.put(RESPONSE_MODEL, model);
        }
        return attributes;
    }

    private long port() {
        if (upstream.getPort() >= 0) {
            return upstream.getPort();
        }
        return upstream.getScheme().equals("https") ? 443 : 80;
    }

    private Tokens tokens(List<Line> lines, Closing closing, String model) {
        Map<TokenType, Long> sums = new EnumMap<>(TokenType.class);
        lines.forEach(line -> sums.merge(line.type(), Math.max(0, line.quantity()), Long::sum));
        long read = sums.getOrDefault(TokenType.CACHE_READ, 0L);
        long written =
                sums.getOrDefault(TokenType.CACHE_WRITE_5M, 0L) + sums.getOrDefault(TokenType.CACHE_WRITE_1H, 0L);
        Usage usage = closing.reading().usage();
        String served = closing.reading().model();
        Long thinking =
                usage == null || served == null || !models.of(served).equals(model) ? null : usage.thinkingTokens();
        return new Tokens(
                sums.getOrDefault(TokenType.INPUT, 0L) + read + written,
                sums.getOrDefault(TokenType.OUTPUT, 0L),
                read,
                written,
                thinking == null ? 0 : thinking);
    }

    private static double seconds(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toNanos()) / NANOS;
    }
}
