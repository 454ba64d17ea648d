package dev.reckoner.ledger.correct;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.Charge;
import dev.reckoner.ledger.Line;
import dev.reckoner.ledger.RatingStatus;
import dev.reckoner.ledger.TokenType;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ChargesTest {
    private final Charge charge = charge(RatingStatus.RATED, null, line(1_000, "3", "0.003", "v1"));

    @Test
    void decimalsOfAnotherScale_areTheSame() {
        Charge stored =
                charge(RatingStatus.RATED, null, line(1_000, "3.000000000000000000", "0.003000000000000000", "v1"));
        assertTrue(Charges.same(charge, stored));
    }

    @Test
    void anotherVersionOfTheRow_chargesTheSame() {
        assertTrue(Charges.same(charge, charge(RatingStatus.RATED, null, line(1_000, "3", "0.003", "v2"))));
    }

    @Test
    void anythingElse_isAnotherCharge() {
        assertFalse(Charges.same(charge, charge(RatingStatus.AMBIGUOUS, null, line(1_000, "3", "0.003", "v1"))));
        assertFalse(Charges.same(charge, charge(RatingStatus.RATED, "a remark", line(1_000, "3", "0.003", "v1"))));
        assertFalse(Charges.same(charge, charge(RatingStatus.RATED, null, line(1_001, "3", "0.003", "v1"))));
        assertFalse(Charges.same(charge, charge(RatingStatus.RATED, null, line(1_000, "3", "0.004", "v1"))));
        assertFalse(Charges.same(charge, charge(RatingStatus.RATED, null, line(1_000, null, null, null))));
        assertFalse(Charges.same(charge, charge(RatingStatus.RATED, null)));
        assertFalse(Charges.same(charge, new Charge(charge.lines(), RatingStatus.RATED, null, true, "bytes/4")));
    }

    private static Charge charge(RatingStatus status, @Nullable String reason, Line... lines) {
        return new Charge(List.of(lines), status, reason, false, null);
    }

    private static Line line(long quantity, @Nullable String rate, @Nullable String amount, @Nullable String version) {
        return new Line(
                0,
                "claude-x",
                TokenType.INPUT,
                quantity,
                rate == null ? null : new BigDecimal(rate),
                BigDecimal.ONE,
                amount == null ? null : new BigDecimal(amount),
                null,
                null,
                null,
                null,
                version);
    }
}
