package dev.reckoner.reconcile.chargeback;

import com.fasterxml.jackson.core.JacksonException;
import dev.reckoner.ledger.Archive;
import dev.reckoner.ledger.LedgerException;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.Optional;

/** The closed months in the archive. A month is closed once; what it was split into never changes. */
public final class ClosedMonths {

    /** What a closed month is called in the archive; the document's name is the month. */
    public static final String KIND = "month";

    private final Archive archive;

    public ClosedMonths(Archive archive) {
        this.archive = archive;
    }

    /**
     * The month as it was closed; empty where it is open.
     *
     * @throws LedgerException where what is kept of it can't be read
     */
    public Optional<MonthSplit> find(YearMonth month) {
        return archive.find(KIND, month.toString()).map(document -> {
            try {
                return MonthJson.read(document.body());
            } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
                throw new LedgerException(
                        "the closed month " + month + " can't be read: " + e.getMessage()
                                + "; nothing was charged or adjusted by it",
                        e);
            }
        });
    }

    void keep(MonthSplit split) {
        archive.keep(KIND, split.month().toString(), MonthJson.of(split).toString());
    }
}
