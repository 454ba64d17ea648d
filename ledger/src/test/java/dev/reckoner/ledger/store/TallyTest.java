package dev.reckoner.ledger.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.Line;
import dev.reckoner.ledger.TokenType;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TallyTest {
    private final Entry entry = new RandomEntries(new Random(1)).entry();

    @Test
    void lines_addUp_exactly() {
        Tally tally = new Tally();
        tally.line(entry, line(3, "0.1"));
        tally.line(entry, line(4, "0.2"));

        assertEquals(7, tally.sums().quantity(TokenType.OUTPUT));
        assertEquals(0, new BigDecimal("0.3").compareTo(tally.sums().amount()));
        assertEquals(0, tally.sums().exchanges());
    }

    @Test
    void sameAs_comparesAmountsByValue() {
        Tally one = new Tally();
        one.line(entry, line(3, "0.10"));
        Tally other = new Tally();
        other.line(entry, line(3, "0.1"));
        assertTrue(one.sameAs(other));

        other.line(entry, line(0, "0.000000000000000001"));
        assertFalse(one.sameAs(other));
    }

    @Test
    void quantityBeyondALong_isRefusedRatherThanWrapped() {
        Tally tally = new Tally();
        tally.line(entry, line(Long.MAX_VALUE, "1"));
        assertThrows(ArithmeticException.class, () -> tally.line(entry, line(1, "1")));
    }

    private static Line line(long quantity, String amount) {
        return new Line(
                0,
                "m",
                TokenType.OUTPUT,
                quantity,
                BigDecimal.ONE,
                BigDecimal.ONE,
                new BigDecimal(amount),
                null,
                null,
                null,
                null,
                null);
    }
}
