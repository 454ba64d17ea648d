package dev.reckoner.simulator.admin;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A price of one model and token class that is not the published one: at standard speed and, where prompts above
 * 100,000 tokens have prices of their own, below these.
 *
 * @param from the first UTC day
 * @param usdPerMillion before batch and geography factors
 * @param shownFrom when the reports begin to charge it, null for at once
 */
public record PriceChange(
        String model,
        TokenKind kind,
        LocalDate from,
        BigDecimal usdPerMillion,
        @Nullable Instant shownFrom) {

    /** Charged from the beginning. */
    public PriceChange(String model, TokenKind kind, LocalDate from, BigDecimal usdPerMillion) {
        this(model, kind, from, usdPerMillion, null);
    }

    boolean holds(LocalDate day, Instant now) {
        return !day.isBefore(from) && (shownFrom == null || !now.isBefore(shownFrom));
    }
}
