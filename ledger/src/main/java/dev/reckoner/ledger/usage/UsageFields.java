package dev.reckoner.ledger.usage;

import dev.reckoner.ledger.Iteration;
import dev.reckoner.ledger.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of a message's usage while its objects are merged. */
final class UsageFields {

    final Counts counts;

    @Nullable
    String serviceTier;

    @Nullable
    String inferenceGeo;

    @Nullable
    String speed;

    List<Iteration> iterations = List.of();

    UsageFields() {
        this(new Counts());
    }

    private UsageFields(Counts counts) {
        this.counts = counts;
    }

    UsageFields copy() {
        UsageFields copy = new UsageFields(counts.copy());
        copy.serviceTier = serviceTier;
        copy.inferenceGeo = inferenceGeo;
        copy.speed = speed;
        copy.iterations = iterations;
        return copy;
    }

    Usage usage() {
        return new Usage(
                counts.tokens(),
                counts.get(Count.THINKING),
                counts.get(Count.WEB_SEARCH),
                counts.get(Count.WEB_FETCH),
                counts.get(Count.CODE_EXECUTION),
                serviceTier,
                inferenceGeo,
                speed,
                iterations);
    }
}
