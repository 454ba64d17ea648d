package dev.reckoner.ledger.rating;

import dev.reckoner.config.Rate;
import dev.reckoner.ledger.Usage;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Under which terms the response says it was served: speed, service tier and geography (api-facts §1.1, §3.2). Always
 * from the response, never from the request: fast may be asked for and standard served. A value that isn't known keeps
 * the charge pending.
 *
 * @param stated the usage the terms are from, for the values as stated
 * @param known whether every value is one that a rate can be chosen for
 */
record ServedTerms(Usage stated, Rate.Speed speed, boolean batch, boolean priority, boolean us, boolean known) {

    static ServedTerms of(Usage usage, Findings findings) {
        boolean speedKnown = known(usage.speed(), "standard", "fast");
        boolean tierKnown = known(usage.serviceTier(), "standard", "batch", "priority");
        // "global" and "not_available" (older models) carry no factor
        boolean geoKnown = known(usage.inferenceGeo(), "global", "not_available", "us");
        note(speedKnown, "unknown_speed", usage.speed(), findings);
        note(tierKnown, "unknown_service_tier", usage.serviceTier(), findings);
        note(geoKnown, "unknown_inference_geo", usage.inferenceGeo(), findings);
        return new ServedTerms(
                usage,
                "fast".equals(usage.speed()) ? Rate.Speed.FAST : Rate.Speed.STANDARD,
                "batch".equals(usage.serviceTier()),
                "priority".equals(usage.serviceTier()),
                "us".equals(usage.inferenceGeo()),
                speedKnown && tierKnown && geoKnown);
    }

    /** The factor on every token class of a row. */
    BigDecimal factor(Rate row) {
        return us ? row.usMultiplier() : BigDecimal.ONE;
    }

    private static boolean known(@Nullable String stated, String... values) {
        if (stated == null) {
            return true;
        }
        for (String value : values) {
            if (value.equals(stated)) {
                return true;
            }
        }
        return false;
    }

    private static void note(boolean known, String reason, @Nullable String value, Findings findings) {
        if (!known && value != null) {
            findings.pending(reason, value);
        }
    }
}
