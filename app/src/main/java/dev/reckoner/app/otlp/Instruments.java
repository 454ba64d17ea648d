package dev.reckoner.app.otlp;

import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.Meter;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Instruments with the units and bounds that the GenAI conventions ask for. */
final class Instruments {
    private static final String TOKEN = "{token}";

    /** 0.01 s doubled up to 81.92 s. */
    private static final List<Double> SECONDS =
            IntStream.range(0, 14).mapToObj(step -> 0.01 * (1 << step)).toList();

    /** 1 token, times four up to 67,108,864. */
    private static final List<Long> TOKENS =
            LongStream.iterate(1, bound -> bound * 4).limit(14).boxed().toList();

    private Instruments() {}

    static LongCounter counter(Meter meter, String name, String description) {
        return meter.counterBuilder(name)
                .setUnit(TOKEN)
                .setDescription(description)
                .build();
    }

    static LongHistogram tokens(Meter meter, String name, String description) {
        return meter.histogramBuilder(name)
                .ofLongs()
                .setUnit(TOKEN)
                .setDescription(description)
                .setExplicitBucketBoundariesAdvice(TOKENS)
                .build();
    }

    static DoubleHistogram seconds(Meter meter, String name, String description) {
        return meter.histogramBuilder(name)
                .setUnit("s")
                .setDescription(description)
                .setExplicitBucketBoundariesAdvice(SECONDS)
                .build();
    }
}
