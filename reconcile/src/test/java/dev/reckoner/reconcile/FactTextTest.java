package dev.reckoner.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Facts are worded as their records word themselves: the hash of an archived result doesn't depend on who words it. */
final class FactTextTest {

    @Test
    void facts_areWordedAsTheirRecordsDo() {
        LocalDate day = LocalDate.parse("2026-11-20");
        Cell full = Cell.ofTokens(
                day, "wrkspc_1", "output_tokens", new Cell.Terms("claude-opus-5", "standard", "0-200k", "us", "fast"));
        Cell bare = Cell.ofOther(day, null, Cell.WEB_SEARCH);
        List<Record> facts = List.of(
                new LedgerLine(full, "apikey_1", LedgerLine.Kind.ESTIMATED, 17, new BigDecimal("0.00000000000012300")),
                new LedgerLine(bare, null, LedgerLine.Kind.EXACT, -3, new BigDecimal("1E+3")),
                new BilledUsage(full, "apikey_1", 5),
                new BilledUsage(bare, null, "ada@example.org", 5),
                new BilledCost(full, new BigDecimal("-12.5")),
                new BilledCost(bare, BigDecimal.ZERO),
                full);

        for (Record fact : facts) {
            assertEquals(fact.toString(), FactText.of(fact));
        }
        assertEquals("null", FactText.of(null));
    }
}
