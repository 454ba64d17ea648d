package dev.reckoner.app.otlp;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.Meter;

/** The generation of {@code gen_ai.client.token.usage}: one histogram of tokens for input and output. */
final class ClientGeneration implements GenAiMetrics.Generation {
    private static final AttributeKey<String> TOKEN_TYPE = AttributeKey.stringKey("gen_ai.token.type");

    private final LongHistogram tokens;
    private final DoubleHistogram duration;
    private final DoubleHistogram firstChunk;

    ClientGeneration(Meter meter) {
        tokens = Instruments.tokens(meter, "gen_ai.client.token.usage", "Number of input and output tokens used.");
        duration = Instruments.seconds(meter, "gen_ai.client.operation.duration", "GenAI operation duration.");
        firstChunk = Instruments.seconds(
                meter, "gen_ai.client.operation.time_to_first_chunk", "Time to receive the first chunk of a stream.");
    }

    @Override
    public void tokens(GenAiMetrics.Tokens used, Attributes attributes) {
        tokens.record(
                used.input(), attributes.toBuilder().put(TOKEN_TYPE, "input").build());
        tokens.record(
                used.output(), attributes.toBuilder().put(TOKEN_TYPE, "output").build());
    }

    @Override
    public void duration(double seconds, Attributes attributes) {
        duration.record(seconds, attributes);
    }

    @Override
    public void firstChunk(double seconds, Attributes attributes) {
        firstChunk.record(seconds, attributes);
    }
}
