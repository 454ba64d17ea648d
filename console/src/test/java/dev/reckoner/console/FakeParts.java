package dev.reckoner.console;

import dev.reckoner.config.RateTables;
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
        return of(reports, keys, limits, new FakeStatements());
    }

    static ConsoleParts with(FakeReports reports, Statements statements) {
        return of(reports, new FakeKeys(), new FakeLimits(), statements);
    }

    private static ConsoleParts of(FakeReports reports, Keys keys, Limits limits, Statements statements) {
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
                "1.2.3",
                statements,
                RateTables::builtIn);
    }
}
