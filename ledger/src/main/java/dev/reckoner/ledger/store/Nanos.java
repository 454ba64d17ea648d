package dev.reckoner.ledger.store;

import java.time.Duration;
import java.time.Instant;

/**
 * Instants as the store keeps them: nanoseconds since 1970-01-01T00:00Z in a {@code long}, which reaches from 1677 to
 * 2262. A number has no time zone that a driver, a session or a server could apply.
 */
public final class Nanos {
    private static final long SECOND = 1_000_000_000L;
    private static final long HOUR = 3_600 * SECOND;
    private static final long HOURS_PER_DAY = 24;

    private Nanos() {}

    /** The instant as a number; an instant out of reach becomes the nearest one within. */
    public static long of(Instant instant) {
        try {
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), SECOND), instant.getNano());
        } catch (ArithmeticException outOfReach) {
            return instant.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /** The number as an instant. */
    public static Instant toInstant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
    }

    /** The nearest instant that can be kept. */
    public static Instant clamp(Instant instant) {
        return toInstant(of(instant));
    }

    /** The hour since 1970-01-01T00:00Z that an instant falls in. */
    public static long hour(Instant instant) {
        return Math.floorDiv(of(instant), HOUR);
    }

    /** The start of an hour since 1970-01-01T00:00Z. */
    public static Instant startOfHour(long hour) {
        return Instant.EPOCH.plus(Duration.ofHours(hour));
    }

    /** The day since 1970-01-01 that an hour belongs to. */
    static long dayOfHour(long hour) {
        return Math.floorDiv(hour, HOURS_PER_DAY);
    }
}
