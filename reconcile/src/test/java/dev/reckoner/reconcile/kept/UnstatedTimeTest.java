package dev.reckoner.reconcile.kept;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reckoner.reconcile.Cause;
import dev.reckoner.reconcile.Cell;
import dev.reckoner.reconcile.Coverage;
import dev.reckoner.reconcile.Matched;
import dev.reckoner.reconcile.MemoryArchive;
import dev.reckoner.reconcile.Passed;
import dev.reckoner.reconcile.Reconciliation;
import dev.reckoner.reconcile.Variance;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each day as its latest reconciliation has it, once. */
final class UnstatedTimeTest {
    private static final LocalDate DAY = LocalDate.parse("2026-11-02");

    private final MemoryArchive archive = new MemoryArchive();
    private final UnstatedTime unstated = new UnstatedTime(archive);

    private void kept(String id, LocalDate from, LocalDate to, Variance... variances) {
        Passed whole = new Passed(null, null, 3, 4, BigDecimal.ONE, BigDecimal.TEN);
        Coverage coverage = new Coverage(whole, List.of(), List.of(), List.of(), List.of(), List.of());
        new KeptReconciliations(archive)
                .keep(new Reconciliation(
                        id,
                        from,
                        to,
                        Instant.parse("2026-11-21T10:00:00Z"),
                        BigDecimal.ZERO,
                        new Matched(BigDecimal.ONE, BigDecimal.TEN, List.of(variances), coverage, false),
                        List.of(),
                        List.of(),
                        "abc"));
    }

    private static Variance variance(LocalDate day, Cause cause, String billed) {
        Cell cell = new Cell(day, null, Cell.CODE_EXECUTION, null, null, null, null, null, null);
        return new Variance(cell, null, 0, 0, BigDecimal.ZERO, new BigDecimal(billed), cause, "a test");
    }

    private void assertSums(int days, String codeExecution, String sessionTime, LocalDate from, LocalDate to) {
        UnstatedTime.Sums sums = unstated.of(from, to);
        assertEquals(days, sums.days());
        assertEquals(0, new BigDecimal(codeExecution).compareTo(sums.codeExecution()), sums::toString);
        assertEquals(0, new BigDecimal(sessionTime).compareTo(sums.sessionTime()), sums::toString);
    }

    @Test
    void nothingReconciled_isNothing() {
        assertSums(0, "0", "0", DAY, DAY.plusDays(30));
    }

    @Test
    void dayThatWasReconciledAgain_countsOnce_asItIsNow() {
        kept(
                "rec_1",
                DAY,
                DAY.plusDays(2),
                variance(DAY, Cause.CONTAINER, "0.05"),
                variance(DAY.plusDays(1), Cause.CONTAINER, "0.10"),
                variance(DAY.plusDays(1), Cause.CONTAINER, "0.20"),
                variance(DAY.plusDays(2), Cause.SESSION_TIME, "0.08"),
                variance(DAY, Cause.RATE, "7"));
        assertSums(3, "0.35", "0.08", DAY.minusDays(9), DAY.plusDays(9));
        assertSums(1, "0.30", "0", DAY.plusDays(1), DAY.plusDays(1));

        kept("rec_2", DAY.plusDays(1), DAY.plusDays(3), variance(DAY.plusDays(3), Cause.CONTAINER, "0.15"));
        assertSums(4, "0.20", "0", DAY, DAY.plusDays(9));
        assertSums(0, "0", "0", DAY.plusDays(4), DAY.plusDays(9));
    }
}
