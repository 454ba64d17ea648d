package dev.reckoner.app.otlp;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.Meter;

/** The generation of {@code gen_ai.client.inference.usage.input_tokens}: counters for sums, histograms for operations. */
final class InferenceGeneration implements GenAiMetrics.Generation {
    private static final AttributeKey<String> MODALITY = AttributeKey.stringKey("gen_ai.token.modality");
    private static final String UNKNOWN = "unknown";
    private static final String USAGE = "gen_ai.client.inference.usage.";

    private final LongCounter input;
    private final LongCounter output;
    private final LongCounter cacheRead;
    private final LongCounter cacheWritten;
    private final LongCounter reasoning;
    private final LongHistogram inputOfOne;
    private final LongHistogram outputOfOne;
    private final DoubleHistogram duration;
    private final DoubleHistogram firstChunk;

    InferenceGeneration(Meter meter) {
        input = Instruments.counter(meter, USAGE + "input_tokens", "Input tokens, those of caches included.");
        output = Instruments.counter(meter, USAGE + "output_tokens", "Output tokens.");
        cacheRead = Instruments.counter(meter, USAGE + "cache_read.input_tokens", "Input tokens read from a cache.");
        cacheWritten =
                Instruments.counter(meter, USAGE + "cache_write.input_tokens", "Input tokens written to a cache.");
        reasoning = Instruments.counter(meter, USAGE + "reasoning.output_tokens", "Output tokens spent on thinking.");
        inputOfOne = Instruments.tokens(
                meter, "gen_ai.client.inference.operation.input_tokens", "Input tokens of an operation.");
        outputOfOne = Instruments.tokens(
                meter, "gen_ai.client.inference.operation.output_tokens", "Output tokens of an operation.");
        duration = Instruments.seconds(meter, "gen_ai.client.inference.duration", "Duration of an operation.");
        firstChunk = Instruments.seconds(
                meter, "gen_ai.client.inference.time_to_first_chunk", "Time to receive the first chunk of a stream.");
    }

    @Override
    public void tokens(GenAiMetrics.Tokens used, Attributes attributes) {
        Attributes counted = attributes.toBuilder().put(MODALITY, UNKNOWN).build();
        input.add(used.input(), counted);
        output.add(used.output(), counted);
        cacheRead.add(used.cacheRead(), counted);
        cacheWritten.add(used.cacheWritten(), counted);
        reasoning.add(used.reasoning(), counted);
        inputOfOne.record(used.input(), attributes);
        outputOfOne.record(used.output(), attributes);
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
