package dev.reckoner.app.alert;

import dev.reckoner.ledger.Lag;
import dev.reckoner.ledger.alert.Alert;
import dev.reckoner.ledger.alert.Alerts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

/** Raises an alert while the store is further behind the journal than it may be. One thread's own. */
public final class LagWatch implements Runnable {
    private static final Duration LOOK_INTERVAL = Duration.ofMinutes(1);

    private final Supplier<Lag> lag;
    private final Duration most;
    private final Alerts alerts;
    private final Clock clock;
    private Instant notBefore = Instant.MIN;

    /** Watches that lag. */
    public LagWatch(Supplier<Lag> lag, Duration most, Alerts alerts, Clock clock) {
        this.lag = lag;
        this.most = most;
        this.alerts = alerts;
        this.clock = clock;
    }

    @Override
    public void run() {
        Instant now = clock.instant();
        Lag behind = lag.get();
        if (behind.age().compareTo(most) <= 0 || now.isBefore(notBefore)) {
            return;
        }
        notBefore = now.plus(LOOK_INTERVAL);
        alerts.raise(new Alert(
                Alert.Kind.STORE_BEHIND,
                "store",
                now,
                "the store is " + behind.age().toSeconds() + " s behind the journal, by " + behind.frames()
                        + " records: reports and limits don't know them yet; look at its disk, and at the log",
                Map.of(
                        "seconds", String.valueOf(behind.age().toSeconds()),
                        "records", String.valueOf(behind.frames()))));
    }
}
