package dev.reckoner.ledger.correct;

import dev.reckoner.ledger.Charge;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Correction;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.LedgerException;
import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.SettleResult;
import dev.reckoner.ledger.Settlement;
import dev.reckoner.ledger.StoredEntry;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;

/**
 * Puts the vendor's own count in the place of what the ledger had to estimate, as corrections. The facts are corrected,
 * not the charge alone, so that whatever rates the entry again later goes by the vendor's count too; the raw usage stays
 * what was seen. Blocks; used once.
 */
public final class Settling {
    private final Rerating.Rates rates;
    private final Rerating.Outlet outlet;
    private final Clock clock;
    private BigDecimal before = BigDecimal.ZERO;
    private BigDecimal after = BigDecimal.ZERO;
    private long settled;
    private long superseded;

    /** A settling that has not begun. */
    public Settling(Rerating.Rates rates, Rerating.Outlet outlet, Clock clock) {
        this.rates = rates;
        this.outlet = outlet;
        this.clock = clock;
    }

    /**
     * Books the settlements.
     *
     * @param revisions finds the revisions of an exchange's entry, the latest last
     * @throws LedgerException where one can't be booked, or is about an exchange that is not in the books
     */
    public SettleResult run(List<Settlement> settlements, Function<ExchangeId, List<StoredEntry>> revisions) {
        try (Window window = new Window(outlet)) {
            for (Settlement settlement : settlements) {
                List<StoredEntry> known = revisions.apply(settlement.id());
                if (known.isEmpty()) {
                    throw new LedgerException(
                            "exchange " + settlement.id() + " is not in these books, so it can't be settled");
                }
                StoredEntry stored = known.get(known.size() - 1);
                if (stored.revision() == settlement.replaces()) {
                    window.book(correction(stored, settlement));
                } else {
                    superseded++;
                }
            }
            window.finish();
        }
        return new SettleResult(settled, superseded, before, after);
    }

    private Correction correction(StoredEntry stored, Settlement settlement) {
        Entry entry = stored.entry();
        Closing closing = entry.closing().with(read(entry.closing().reading(), settlement));
        Charge charge = rates.rate().apply(closing, entry.bookedAt());
        before = before.add(entry.charge().amount());
        after = after.add(charge.amount());
        settled++;
        return new Correction(
                new Entry(closing, charge, entry.bookedAt()),
                stored.revision(),
                clock.instant(),
                Correction.SETTLED,
                settlement.reason());
    }

    private static Reading read(Reading seen, Settlement settlement) {
        return new Reading(
                seen.messageId(),
                settlement.model(),
                settlement.usage(),
                /* usageFinal= */ true,
                seen.stopReason(),
                seen.contentEmpty(),
                seen.errorType(),
                seen.outputTextBytes(),
                seen.rawUsage(),
                /* fault= */ null);
    }
}
