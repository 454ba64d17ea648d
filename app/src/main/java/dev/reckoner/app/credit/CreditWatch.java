package dev.reckoner.app.credit;

import dev.reckoner.app.output.Numbers;
import dev.reckoner.ledger.Archive;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.alert.Alert;
import dev.reckoner.ledger.alert.Alerts;
import dev.reckoner.ledger.credit.CreditBook;
import dev.reckoner.ledger.credit.CreditStatement;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Raises an alert while fewer credits are left than asked for. One thread's own. */
public final class CreditWatch implements Runnable {
    private static final Duration LOOK_INTERVAL = Duration.ofMinutes(5);
    private static final int CENTS = 2;

    private final CreditBook credits;
    private final Reports reports;
    private final Archive archive;
    private final @Nullable BigDecimal warnBelow;
    private final Alerts alerts;
    private final Clock clock;
    private Instant notBefore = Instant.MIN;

    /**
     * A watch that has not looked yet.
     *
     * @param warnBelow when to warn where no note says so
     */
    public CreditWatch(
            CreditBook credits,
            Reports reports,
            Archive archive,
            @Nullable BigDecimal warnBelow,
            Alerts alerts,
            Clock clock) {
        this.credits = credits;
        this.reports = reports;
        this.archive = archive;
        this.warnBelow = warnBelow;
        this.alerts = alerts;
        this.clock = clock;
    }

    @Override
    public void run() {
        Instant now = clock.instant();
        if (now.isBefore(notBefore)) {
            return;
        }
        notBefore = now.plus(LOOK_INTERVAL);
        Drawn.up(credits.events(), reports, archive, warnBelow, now)
                .filter(CreditStatement::low)
                .ifPresent(statement -> alerts.raise(alert(statement)));
    }

    private static Alert alert(CreditStatement statement) {
        String remaining = Numbers.usd(statement.remaining(), CENTS);
        BigDecimal below = statement.warnBelow();
        Instant runsOut = statement.runsOut();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("remaining_usd", Numbers.exact(statement.remaining()));
        String message = "prepaid credits are low: " + remaining + " left";
        if (below != null) {
            message += ", fewer than " + Numbers.usd(below, CENTS);
            facts.put("warn_below_usd", Numbers.exact(below));
        }
        if (runsOut != null) {
            LocalDate day = LocalDate.ofInstant(runsOut, ZoneOffset.UTC);
            message += "; at this rate they last until " + day;
            facts.put("runs_out", day.toString());
        }
        return new Alert(Alert.Kind.CREDITS_LOW, "credits", statement.at(), message, facts);
    }
}
