package dev.reckoner.ledger;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an exchange costs: its lines, how far they can be relied on, and their exact sum.
 *
 * @param reason why it is pending, ambiguous or not billed; where rated, what was assumed or waived, usually null
 * @param estimated whether a quantity is an estimate (the end of the response, or all of it, was not seen)
 * @param estimateMethod name of the method behind the estimate, null where nothing is estimated
 */
public record Charge(
        List<Line> lines,
        RatingStatus status,
        @Nullable String reason,
        boolean estimated,
        @Nullable String estimateMethod) {

    /** How names of methods begin that go by the request. */
    private static final String REQUEST = "request_";

    public Charge {
        lines = List.copyOf(lines);
    }

    /** Whether quantities of that type are estimated: the input by a method that goes by the request, else the output. */
    public boolean estimates(TokenType type) {
        boolean byRequest = estimateMethod != null && estimateMethod.startsWith(REQUEST);
        return estimated && type == (byRequest ? TokenType.INPUT : TokenType.OUTPUT);
    }

    /** The sum of the amounts that are known, USD, exact. */
    public BigDecimal amount() {
        BigDecimal sum = BigDecimal.ZERO;
        for (Line line : lines) {
            BigDecimal amount = line.amount();
            if (amount != null) {
                sum = sum.add(amount);
            }
        }
        return sum;
    }
}
