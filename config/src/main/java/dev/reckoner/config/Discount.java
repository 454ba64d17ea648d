package dev.reckoner.config;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One dated discount of the operator's: a factor on every price of a model or a server tool.
 *
 * @param target the canonical id of a model, the name of a server tool, or {@link #EVERYTHING}
 * @param from first instant at which it holds, null for always
 * @param to first instant at which it no longer holds, null for open
 * @param factor what prices are multiplied by, above 0, of at most four decimals: 0.85 takes 15 % off
 * @param origin file and line it was read from
 * @param version short stable digest of its content, kept behind a row's on every line it applies to
 */
public record Discount(
        String target,
        @Nullable Instant from,
        @Nullable Instant to,
        BigDecimal factor,
        String sources,
        String note,
        String origin,
        String version)
        implements Dated {

    /** The target of a discount on whatever has none of its own. */
    public static final String EVERYTHING = "*";

    Discount on(String canonical) {
        return new Discount(canonical, from, to, factor, sources, note, origin, version);
    }
}
