package dev.reckoner.ledger;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The source of exchange ids: UUIDv7 (RFC 9562 §5.7), strictly increasing within one source even when the clock stands
 * still or goes back. Safe on any thread, never blocks.
 */
public final class ExchangeIds {
    private static final int COUNTER_BITS = 12;
    private static final long COUNTER_MASK = (1L << COUNTER_BITS) - 1;
    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final Clock clock;
    private final SecureRandom random;

    /** Milliseconds above, counter below; the counter carries into the milliseconds when it is full (§6.2). */
    private final AtomicLong last = new AtomicLong();

    public ExchangeIds(Clock clock) {
        this(clock, new SecureRandom());
    }

    ExchangeIds(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    /** A new id, greater than every id this source gave before. */
    public ExchangeId next() {
        long now = clock.millis() << COUNTER_BITS;
        long stamp = last.updateAndGet(previous -> Math.max(previous + 1, now));
        long high = (stamp >>> COUNTER_BITS) << 16 | VERSION_7 | (stamp & COUNTER_MASK);
        long low = VARIANT | random.nextLong() >>> 2;
        return new ExchangeId(new UUID(high, low));
    }
}
