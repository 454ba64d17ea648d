package dev.reckoner.ledger.limit;

import dev.reckoner.config.LimitRule.Subject;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a limit stands for one subject. Quantities are in the unit of its cap: USD, tokens, requests or exchanges; null
 * where the cap has none.
 *
 * @param subject of whom: one of those that the limit is for
 * @param spent what the books have, exact; of a budget in its period
 * @param pending what is counted beside it for exchanges that have no rate yet
 * @param reserved what exchanges in flight hold
 * @param left what could be held now
 * @param since the start of a budget's period
 * @param resetsAt its end
 */
public record Standing(
        Limit limit,
        Subject subject,
        @Nullable BigDecimal spent,
        @Nullable BigDecimal pending,
        @Nullable BigDecimal reserved,
        @Nullable BigDecimal left,
        @Nullable Instant since,
        @Nullable Instant resetsAt) {}
