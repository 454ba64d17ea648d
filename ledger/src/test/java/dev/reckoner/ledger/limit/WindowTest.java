package dev.reckoner.ledger.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.Cap;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WindowTest {

    @ParameterizedTest
    @CsvSource({
        "1/day, 2026-11-21T13:00:00Z, 2026-11-21T00:00:00Z, 2026-11-22T00:00:00Z",
        "1/day, 2026-11-21T00:00:00Z, 2026-11-21T00:00:00Z, 2026-11-22T00:00:00Z",
        "1/day Europe/Berlin, 2026-11-21T23:30:00Z, 2026-11-21T23:00:00Z, 2026-11-22T23:00:00Z",
        "1/day Asia/Kolkata, 2026-11-21T18:29:59Z, 2026-11-20T18:30:00Z, 2026-11-21T18:30:00Z",
        "1/day Europe/Berlin, 2026-03-29T12:00:00Z, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z",
        "1/day Europe/Berlin, 2026-10-25T12:00:00Z, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z",
        "1/week, 2026-11-22T23:59:59Z, 2026-11-16T00:00:00Z, 2026-11-23T00:00:00Z",
        "1/week America/New_York, 2026-11-02T04:59:59Z, 2026-10-26T04:00:00Z, 2026-11-02T05:00:00Z",
        "1/month, 2028-02-29T12:00:00Z, 2028-02-01T00:00:00Z, 2028-03-01T00:00:00Z",
        "1/month Europe/Berlin, 2026-12-31T23:30:00Z, 2026-12-31T23:00:00Z, 2027-01-31T23:00:00Z",
        "1/month America/Sao_Paulo, 2018-11-04T12:00:00Z, 2018-11-01T03:00:00Z, 2018-12-01T02:00:00Z",
        "1/day America/Sao_Paulo, 2018-11-04T12:00:00Z, 2018-11-04T03:00:00Z, 2018-11-05T02:00:00Z",
    })
    void window_ofAnInstant_isTheCalendarPeriodInTheZone(String cap, Instant at, Instant start, Instant end) {
        assertEquals(new Window(start, end), Window.of(budget(cap), at));
    }

    @Test
    void windows_ofManyInstantsAndZones_holdThemAndFollowEachOther() {
        long seed = 20_261_121;
        Random random = new Random(seed);
        var zones = ZoneId.getAvailableZoneIds().stream().sorted().toList();
        for (int i = 0; i < 20_000; i++) {
            String zone = zones.get(random.nextInt(zones.size()));
            String period = new String[] {"day", "week", "month"}[random.nextInt(3)];
            // from 2000 on no zone has skipped or repeated a midnight in a way that the calendar can't tell
            Instant at = Instant.ofEpochSecond(1_577_836_800L + random.nextInt(600_000_000));
            Cap.Budget budget = budget("1/" + period + " " + zone);

            Window window = Window.of(budget, at);

            String which = "seed " + seed + ": " + budget + " at " + at;
            assertTrue(window.holds(at), which);
            assertEquals(window.end(), Window.of(budget, window.end()).start(), which);
            Duration length = Duration.between(window.start(), window.end());
            assertTrue(length.compareTo(Duration.ofDays(32)) < 0 && length.compareTo(Duration.ofHours(20)) > 0, which);
        }
    }

    private static Cap.Budget budget(String text) {
        return (Cap.Budget) Cap.parse(text).orElseThrow();
    }
}
