package dev.reckoner.ledger.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NanosTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "1969-12-31T23:59:59.999999999Z",
                "2026-11-21T12:00:00.123456789Z",
                "1677-09-21T00:12:44Z",
                "2262-04-11T23:47:16.854775807Z"
            })
    void instant_thereAndBack_isTheSame(String text) {
        Instant instant = Instant.parse(text);
        assertEquals(instant, Nanos.toInstant(Nanos.of(instant)));
    }

    @Test
    void instantOutOfReach_becomesTheNearest() {
        assertEquals(Long.MAX_VALUE, Nanos.of(Instant.MAX));
        assertEquals(Long.MIN_VALUE, Nanos.of(Instant.MIN));
        assertEquals(Nanos.toInstant(Long.MAX_VALUE), Nanos.clamp(Instant.MAX));
    }

    @Test
    void hour_turnsAtTheFullHour() {
        Instant turn = Instant.parse("2026-11-21T12:00:00Z");
        assertEquals(turn.getEpochSecond() / 3600, Nanos.hour(turn));
        assertEquals(Nanos.hour(turn) - 1, Nanos.hour(turn.minusNanos(1)));
        assertEquals(-1, Nanos.hour(Instant.EPOCH.minusNanos(1)));
    }
}
