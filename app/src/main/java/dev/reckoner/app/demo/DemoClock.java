package dev.reckoner.app.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** A clock that can be some days behind the real one, so that a demo has more than today to show. Any thread. */
final class DemoClock extends Clock {
    private final Clock real;
    private volatile Duration behind;

    DemoClock(Clock real, Duration behind) {
        this.real = real;
        this.behind = behind;
    }

    /** Goes on from that instant; never back. */
    void to(Instant instant) {
        behind = Duration.between(instant, real.instant());
    }

    /** Goes on with the real clock. */
    void now() {
        behind = Duration.ZERO;
    }

    @Override
    public Instant instant() {
        return real.instant().minus(behind);
    }

    @Override
    public ZoneId getZone() {
        return real.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new DemoClock(real.withZone(zone), behind);
    }
}
