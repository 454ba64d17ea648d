package dev.reckoner.reconcile.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.reconcile.BilledCost;
import dev.reckoner.reconcile.Cell;
import dev.reckoner.reconcile.MemoryArchive;
import dev.reckoner.reconcile.Restated;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A bill that changes after it was pulled is told from one that doesn't. */
final class BilledDaysTest {

    private static final LocalDate DAY = LocalDate.parse("2026-11-02");
    private static final LocalDate UNTIL = LocalDate.parse("2026-11-04");
    private static final Instant FIRST = Instant.parse("2026-11-05T10:00:00Z");

    private final MemoryArchive archive = new MemoryArchive();
    private final BilledDays days = new BilledDays(archive);

    BilledDaysTest() {
        archive.at(FIRST);
    }

    private static BilledCost cost(LocalDate day, String model, String usd) {
        return new BilledCost(
                Cell.ofTokens(day, null, "output_tokens", new Cell.Terms(model, "standard", null, null, null)),
                new BigDecimal(usd));
    }

    private static void expect(List<Restated> found, Instant since, String before, String now) {
        assertEquals(1, found.size(), found.toString());
        assertEquals(DAY, found.get(0).day());
        assertEquals(since, found.get(0).since());
        assertEquals(0, new BigDecimal(before).compareTo(found.get(0).before()), found.toString());
        assertEquals(0, new BigDecimal(now).compareTo(found.get(0).now()), found.toString());
    }

    @Test
    void sameBill_inAnotherOrderAndSpelling_isNotRestated() {
        assertEquals(List.of(), days.keep(DAY, UNTIL, List.of(cost(DAY, "a", "1.50"), cost(DAY, "b", "2"))));
        assertEquals(List.of(), days.keep(DAY, UNTIL, List.of(cost(DAY, "b", "2.0"), cost(DAY, "a", "1.5"))));
        assertEquals(
                List.of(),
                days.keep(DAY, UNTIL, List.of(cost(DAY, "b", "2"), cost(DAY, "a", "1"), cost(DAY, "a", "0.5"))));
        assertEquals(2, archive.list("billed_day", 10).size(), "one document a day, however often it is pulled");
    }

    @Test
    void amounts_areThoseOfTheLastPull_ofTheDaysAskedFor() {
        days.keep(DAY, UNTIL, List.of(cost(DAY, "a", "1.5"), cost(DAY.plusDays(1), "a", "2")));
        archive.at(FIRST.plusSeconds(60));
        days.keep(DAY, DAY.plusDays(1), List.of(cost(DAY, "a", "1.75")));

        assertEquals(Map.of(DAY, new BigDecimal("1.75")), days.amounts(DAY, DAY.plusDays(1)));
        assertEquals(2, days.amounts(DAY.minusDays(1), UNTIL).size());
        assertEquals(Map.of(), days.amounts(UNTIL, UNTIL.plusDays(9)));
    }

    @Test
    void changedDay_isRestated_andEveryLaterPullSaysSo() {
        days.keep(DAY, UNTIL, List.of(cost(DAY, "a", "1.5")));
        archive.at(FIRST.plusSeconds(60));
        List<BilledCost> changed = List.of(cost(DAY, "a", "1.75"));

        expect(days.keep(DAY, UNTIL, changed), FIRST, "1.5", "1.75");
        archive.at(FIRST.plusSeconds(120));
        expect(days.keep(DAY, UNTIL, changed), FIRST, "1.5", "1.75");
        expect(days.keep(DAY, UNTIL, List.of()), FIRST.plusSeconds(60), "1.75", "0");
    }

    @Test
    void sameSumOnOtherLines_isRestated() {
        days.keep(DAY, UNTIL, List.of(cost(DAY, "a", "1.5")));

        expect(days.keep(DAY, UNTIL, List.of(cost(DAY, "b", "1.5"))), FIRST, "1.5", "1.5");
    }

    @Test
    void dayWithoutABill_thatGetsOne_isRestated() {
        days.keep(DAY, UNTIL, List.of());

        expect(days.keep(DAY, UNTIL, List.of(cost(DAY, "a", "0.000001"))), FIRST, "0", "0.000001");
    }

    @Test
    void dayThatMayStillChange_isNotKept() {
        days.keep(DAY, UNTIL, List.of(cost(UNTIL, "a", "1.5")));

        assertEquals(List.of(), days.keep(DAY, UNTIL.plusDays(1), List.of(cost(UNTIL, "a", "9"))));
    }

    @Test
    void damagedDocument_isNamed() {
        archive.keep("billed_day", DAY.toString(), "{");

        String message = assertThrows(AdminApiException.class, () -> days.keep(DAY, UNTIL, List.of()))
                .getMessage();

        assertTrue(String.valueOf(message).contains("the bill of 2026-11-02 is damaged"), message);
    }
}
