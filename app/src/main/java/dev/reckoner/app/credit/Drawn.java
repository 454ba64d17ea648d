package dev.reckoner.app.credit;

import dev.reckoner.ledger.Archive;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.credit.CreditEvent;
import dev.reckoner.ledger.credit.CreditNote;
import dev.reckoner.ledger.credit.CreditStatement;
import dev.reckoner.ledger.credit.Spending;
import dev.reckoner.reconcile.vendor.BilledDays;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The statement of credits, drawn up from the books and from what was kept of the bill. Blocks on both. */
public final class Drawn {

    private Drawn() {}

    /**
     * Draws it up; empty where no balance was ever stated.
     *
     * @param warnBelow when to warn where no note says so
     */
    public static Optional<CreditStatement> up(
            List<CreditEvent> events, Reports reports, Archive archive, @Nullable BigDecimal warnBelow, Instant now) {
        Optional<CreditNote> stated = CreditStatement.stated(events, now);
        if (stated.isEmpty()) {
            return Optional.empty();
        }
        Instant since = stated.get().at();
        LocalDate first = LocalDate.ofInstant(since, ZoneOffset.UTC);
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        Map<LocalDate, BigDecimal> billed = new BilledDays(archive).amounts(first, today);
        return CreditStatement.of(events, Spending.read(reports, since, now, billed), warnBelow, now);
    }
}
