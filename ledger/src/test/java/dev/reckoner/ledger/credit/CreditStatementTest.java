package dev.reckoner.ledger.credit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.credit.CreditNote.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is left of credits: by hand, and against the plainest sum over random notes, hours and bills. */
final class CreditStatementTest {
    private static final Instant SET_AT = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-11T12:00:00Z");

    private final List<CreditEvent> events = new ArrayList<>();
    private final NavigableMap<Instant, BigDecimal> booked = new TreeMap<>();
    private final Map<LocalDate, BigDecimal> billed = new HashMap<>();

    private void note(Kind kind, String at, @Nullable String amount, @Nullable String upTo) {
        events.add(new CreditEvent(
                events.size() + 1L,
                new CreditNote(
                        kind,
                        Instant.parse(at),
                        amount == null ? null : new BigDecimal(amount),
                        upTo == null ? null : new BigDecimal(upTo),
                        "test"),
                NOW));
    }

    private void spent(String hour, String amount) {
        booked.put(Instant.parse(hour), new BigDecimal(amount));
    }

    private CreditStatement statement(@Nullable String warnBelow) {
        return CreditStatement.of(
                        events,
                        new Spending(booked, 3, billed),
                        warnBelow == null ? null : new BigDecimal(warnBelow),
                        NOW)
                .orElseThrow();
    }

    private static void equal(String expected, @Nullable BigDecimal found) {
        assertNotNull(found);
        assertEquals(0, new BigDecimal(expected).compareTo(found), () -> "found " + found + ", expected " + expected);
    }

    @Test
    void nothingStated_hasNoStatement() {
        note(Kind.ADDED, "2026-11-01T00:00:00Z", "5", null);
        note(Kind.SET, "2026-11-12T00:00:00Z", "5", null);
        assertTrue(CreditStatement.of(events, new Spending(booked, 0, billed), null, NOW)
                .isEmpty());
    }

    @Test
    void remaining_isWhatWasStatedAndAdded_lessWhatWasSpent() {
        note(Kind.SET, "2026-11-01T00:00:00Z", "500", null);
        note(Kind.ADDED, "2026-11-03T10:00:00Z", "100.5", null);
        note(Kind.ADDED, "2026-10-31T10:00:00Z", "77", null);
        spent("2026-11-02T10:00:00Z", "20.000000000000000001");
        spent("2026-11-11T11:00:00Z", "7");
        CreditStatement statement = statement(null);
        equal("573.499999999999999999", statement.remaining());
        equal("100.5", statement.added());
        assertEquals(1, statement.topUps());
        equal("27.000000000000000001", statement.booked());
        assertEquals(0, statement.billedDays());
        assertEquals(3, statement.pending());
        assertFalse(statement.low());
    }

    @Test
    void laterStatement_replacesEverythingBefore_inTheOrderOfWhatHolds() {
        note(Kind.SET, "2026-11-05T00:00:00Z", "80", null);
        note(Kind.SET, "2026-11-01T00:00:00Z", "500", null);
        note(Kind.ADDED, "2026-11-04T00:00:00Z", "1000", null);
        note(Kind.ADDED, "2026-11-05T00:00:00Z", "5", null);
        equal("85", statement(null).remaining());
        assertEquals(Instant.parse("2026-11-05T00:00:00Z"), statement(null).statedAt());
    }

    @Test
    void dayWithABill_countsAsBilled_whereItIsWhole() {
        note(Kind.SET, "2026-11-01T06:00:00Z", "500", null);
        spent("2026-11-01T06:00:00Z", "1");
        spent("2026-11-02T10:00:00Z", "20");
        spent("2026-11-02T23:00:00Z", "2");
        spent("2026-11-03T00:00:00Z", "4");
        billed.put(LocalDate.parse("2026-11-01"), new BigDecimal("99"));
        billed.put(LocalDate.parse("2026-11-02"), new BigDecimal("30.5"));
        CreditStatement statement = statement(null);
        equal("30.5", statement.billed());
        equal("22", statement.billedBooked());
        assertEquals(1, statement.billedDays());
        equal("5", statement.booked());
        equal("464.5", statement.remaining());
    }

    @Test
    void reloadRule_isAssumedToHaveFilledUp_afterEachHourThatWentBelow() {
        note(Kind.SET, "2026-11-01T00:00:00Z", "100", null);
        note(Kind.AUTO_RELOAD, "2026-10-01T00:00:00Z", "50", "200");
        spent("2026-11-02T10:00:00Z", "50");
        spent("2026-11-02T11:00:00Z", "0.01");
        spent("2026-11-03T10:00:00Z", "160");
        spent("2026-11-05T10:00:00Z", "190");
        note(Kind.AUTO_RELOAD, "2026-11-04T00:00:00Z", null, null);
        CreditStatement statement = statement(null);
        assertEquals(
                List.of(
                        new CreditStatement.Reload(Instant.parse("2026-11-02T12:00:00Z"), new BigDecimal("150.01")),
                        new CreditStatement.Reload(Instant.parse("2026-11-03T11:00:00Z"), new BigDecimal("160"))),
                statement.reloads());
        equal("310.01", statement.assumed());
        equal("10", statement.remaining());
        assertNull(statement.rule());
    }

    @Test
    void rate_isOfTheLastSevenDays_andTheEndFollows() {
        note(Kind.SET, "2026-11-01T00:00:00Z", "500", null);
        spent("2026-11-02T10:00:00Z", "325");
        spent("2026-11-04T00:00:00Z", "70");
        spent("2026-11-11T11:00:00Z", "5");
        CreditStatement statement = statement(null);
        equal("10", statement.perDay());
        assertEquals(Instant.parse("2026-11-21T12:00:00Z"), statement.runsOut());
    }

    @Test
    void nothingSpentLately_neverRunsOut_andNothingLeftRunsOutNow() {
        note(Kind.SET, "2026-11-01T00:00:00Z", "10", null);
        assertNull(statement(null).runsOut());
        spent("2026-11-10T10:00:00Z", "11");
        assertEquals(NOW, statement(null).runsOut());
        equal("-1", statement(null).remaining());
    }

    @Test
    void balanceStatedJustNow_hasNoRateYet() {
        note(Kind.SET, "2026-11-11T11:30:00Z", "10", null);
        spent("2026-11-11T11:30:00Z", "1");
        assertNull(statement(null).perDay());
        equal("9", statement(null).remaining());
    }

    @Test
    void warning_isTheLastNote_elseTheSetting() {
        note(Kind.SET, "2026-11-01T00:00:00Z", "50", null);
        assertFalse(statement("50").low());
        assertTrue(statement("50.01").low());
        note(Kind.WARN, "2026-11-02T00:00:00Z", "20", null);
        assertFalse(statement("50.01").low());
        note(Kind.WARN, "2026-11-03T00:00:00Z", null, null);
        assertNull(statement("50.01").warnBelow());
    }

    @Test
    void note_thatMakesNoSense_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> note(Kind.SET, "2026-11-01T00:00:00Z", null, null));
        assertThrows(IllegalArgumentException.class, () -> note(Kind.ADDED, "2026-11-01T00:00:00Z", "-1", null));
        assertThrows(IllegalArgumentException.class, () -> note(Kind.AUTO_RELOAD, "2026-11-01T00:00:00Z", "5", "5"));
        assertThrows(IllegalArgumentException.class, () -> note(Kind.AUTO_RELOAD, "2026-11-01T00:00:00Z", "5", null));
        assertThrows(IllegalArgumentException.class, () -> note(Kind.WARN, "2026-11-01T00:00:00Z", "5", "6"));
    }

    @Test
    void remaining_ofRandomNotesAndBills_isThePlainSum() {
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            events.clear();
            booked.clear();
            billed.clear();
            BigDecimal expected = random(random);
            note(Kind.SET, SET_AT.toString(), expected.toPlainString(), null);
            for (int i = random.nextInt(4); i > 0; i--) {
                BigDecimal added = random(random);
                note(Kind.ADDED, SET_AT.plusSeconds(random.nextInt(900_000)).toString(), added.toPlainString(), null);
                expected = expected.add(added);
            }
            for (int i = random.nextInt(60); i > 0; i--) {
                booked.put(SET_AT.plus(random.nextInt(250), ChronoUnit.HOURS), random(random));
            }
            for (int day = 0; day < 10; day++) {
                if (random.nextBoolean()) {
                    billed.put(LocalDate.parse("2026-11-01").plusDays(day), random(random));
                }
            }
            for (Map.Entry<Instant, BigDecimal> hour : booked.entrySet()) {
                LocalDate day = LocalDate.parse(hour.getKey().toString().substring(0, 10));
                expected = billed.containsKey(day) ? expected : expected.subtract(hour.getValue());
            }
            for (BigDecimal day : billed.values()) {
                expected = expected.subtract(day);
            }
            CreditStatement statement = statement(null);
            String plain = expected.toPlainString();
            assertEquals(0, expected.compareTo(statement.remaining()), "seed " + seed + ": expected " + plain);
            equal(
                    statement
                            .stated()
                            .add(statement.added())
                            .subtract(statement.billed())
                            .subtract(statement.booked())
                            .toPlainString(),
                    statement.remaining());
        }
    }

    private static BigDecimal random(Random random) {
        return BigDecimal.valueOf(random.nextInt(1_000_000_000), random.nextInt(12));
    }
}
