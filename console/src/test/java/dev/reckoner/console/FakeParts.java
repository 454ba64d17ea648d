package dev.reckoner.console;

import dev.reckoner.config.Settings;
import dev.reckoner.console.metrics.Metrics;
import dev.reckoner.ledger.Lag;
import dev.reckoner.ledger.Pulse;
import dev.reckoner.ledger.keys.Keys;
import dev.reckoner.ledger.limit.Limits;
import java.time.Duration;

/** Parts of a console whose books are fakes. */
final class FakeParts {

    static final Pulse STILL = new Pulse(0, 0, new Lag(0, Duration.ZERO));

    private FakeParts() {}

    static ConsoleParts of(FakeReports reports, Keys keys, Limits limits) {
        return new ConsoleParts(
                
                reports,
                reports,
                reports,
                reports,
                keys,
                reports,
                limits,
                reports,
                new Metrics(Settings.defaults().metrics()),
                () -> TestState.STATE,
                () -> reports.pulse.get(),
                "1.2.3");
    }
}
