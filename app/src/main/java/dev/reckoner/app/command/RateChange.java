package dev.reckoner.app.command;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One price or factor that two rate tables see differently for a stretch of time.
 *
 * @param subject a model, a server tool, or {@code *}
 * @param terms speed and prompt size, "" where they don't matter
 * @param what the class of tokens or the factor
 * @param from null for ever
 * @param to null for open
 * @param before null where the one table has none
 * @param after null where the other has none
 */
record RateChange(
        String subject,
        String terms,
        String what,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable BigDecimal before,
        @Nullable BigDecimal after) {}
