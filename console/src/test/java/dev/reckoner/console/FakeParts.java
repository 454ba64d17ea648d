package dev.reckoner.console;

import dev.reckoner.config.HostPort;
import dev.reckoner.config.RateTables;
import dev.reckoner.config.Settings;
import dev.reckoner.console.access.Access;
import dev.reckoner.console.metrics.Metrics;
import dev.reckoner.ledger.Lag;
import dev.reckoner.ledger.Pulse;
import dev.reckoner.ledger.keys.Keys;
import dev.reckoner.ledger.limit.Limits;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;

/** Parts of a console whose books are fakes. */
final class FakeParts {

    static final Pulse STILL = new Pulse(0, 0, new Lag(0, Duration.ZERO));

    private FakeParts() {}

    /** Of a console that asks nobody to log in. */
    static ConsoleParts of(FakeReports reports, Keys keys, Limits limits) {
        return parts(reports, keys, limits, new FakeStatements(), open());
    }

    static ConsoleParts with(FakeReports reports, Statements statements) {
        return parts(reports, new FakeKeys(), new FakeLimits(), statements, open());
    }

    static ConsoleParts guarded(FakeReports reports, Access access) {
        return parts(reports, new FakeKeys(), new FakeLimits(), new FakeStatements(), access);
    }

    /** A console on loopback, at a port that the system chooses. */
    static ConsoleServer serving(ConsoleParts parts) {
        return ConsoleServer.start(
                new Settings.ConsoleSettings(new HostPort("127.0.0.1", 0)), parts, () -> true, Clock.systemUTC());
    }

    private static Access open() {
        return Access.open(new SecureRandom(), Clock.systemUTC());
    }

    private static ConsoleParts parts(
            FakeReports reports, Keys keys, Limits limits, Statements statements, Access access) {
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
                reports,
                access,
                () -> reports.pulse.get(),
                "1.2.3",
                statements,
                RateTables::builtIn);
    }
}
