package dev.reckoner.ledger.insight;

import dev.reckoner.config.Rate;
import dev.reckoner.ledger.Dimension;
import java.time.Instant;
import java.util.Map;

/**
 * Under which terms something was served, as far as they decide its price.
 *
 * @param at an instant at which the prices held
 * @param us whether the geography's factor is on it
 */
record Terms(String model, Rate.Speed speed, boolean batch, boolean priority, boolean us, Instant at) {

    static Terms of(Map<Dimension, String> group, Instant at) {
        String tier = group.getOrDefault(Dimension.SERVICE_TIER, "");
        return new Terms(
                group.getOrDefault(Dimension.MODEL, ""),
                "fast".equals(group.get(Dimension.SPEED)) ? Rate.Speed.FAST : Rate.Speed.STANDARD,
                "batch".equals(tier),
                "priority".equals(tier),
                "us".equals(group.get(Dimension.INFERENCE_GEO)),
                at);
    }

    Terms on(String other) {
        return new Terms(other, speed, batch, priority, us, at);
    }

    Terms at(Rate.Speed other) {
        return new Terms(model, other, batch, priority, us, at);
    }

    Terms at(Instant other) {
        return new Terms(model, speed, batch, priority, us, other);
    }

    Terms asBatch() {
        return new Terms(model, speed, true, priority, us, at);
    }
}
