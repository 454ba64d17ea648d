package dev.reckoner.ledger.store;

import dev.reckoner.ledger.Correction;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.ExchangeId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The corrections of a batch on their way into the tables, after its entries. One that doesn't correct the latest
 * revision changes nothing: it came before, or another one was faster. Used once, on the applier's thread.
 */
final class BatchCorrections {
    private static final Logger LOG = LoggerFactory.getLogger(BatchCorrections.class);

    private final List<Correction> corrections;
    private final BatchRows rows;
    private final List<CorrectionTable.Numbered> numbered = new ArrayList<>();

    BatchCorrections(List<Correction> corrections, DimsTable dims) {
        this.corrections = corrections;
        this.rows = new BatchRows(dims);
    }

    /** Writes what the corrections change; the batch's entries are in the tables already. */
    void write(Connection connection) throws SQLException {
        if (corrections.isEmpty()) {
            return;
        }
        Map<ExchangeId, BatchRows.Booked> latest = new HashMap<>(EntryTable.latest(
                connection, corrections.stream().map(Correction::id).toList()));
        List<Correction> taken = taken(latest);
        if (taken.isEmpty()) {
            return;
        }
        long entryId = MarkTable.takeEntryIds(connection, taken.size());
        for (Correction correction : taken) {
            correct(latest, correction, entryId++);
        }
        rows.write(connection);
        CorrectionTable.insert(connection, numbered);
    }

    /** The hours whose sums they change. */
    Set<Long> hours() {
        return rows.hours();
    }

    /** To be called after the commit. */
    void committed(Taken taken) {
        rows.committed();
        for (CorrectionTable.Numbered correction : numbered) {
            taken.correction(
                    correction.replaced().entry(), correction.correction().entry());
        }
    }

    private void correct(Map<ExchangeId, BatchRows.Booked> latest, Correction correction, long entryId) {
        BatchRows.Booked replaced = latest.get(correction.id());
        if (replaced == null) {
            throw new IllegalStateException("A correction was taken of an exchange without an entry");
        }
        latest.put(correction.id(), rows.book(entryId, correction.replaces() + 1, correction.entry()));
        rows.reverse(replaced, entryId);
        numbered.add(new CorrectionTable.Numbered(entryId, replaced.entry(), correction));
    }

    /** Those that correct the latest revision when their turn has come. */
    private List<Correction> taken(Map<ExchangeId, BatchRows.Booked> latest) {
        List<Correction> taken = new ArrayList<>();
        Correction ignored = null;
        Map<ExchangeId, Integer> revisions = new HashMap<>();
        latest.forEach((id, booked) -> revisions.put(id, booked.entry().revision()));
        for (Correction correction : corrections) {
            boolean next = Integer.valueOf(correction.replaces()).equals(revisions.get(correction.id()));
            if (next && sameBooking(correction, latest.get(correction.id()))) {
                taken.add(correction);
                revisions.put(correction.id(), correction.replaces() + 1);
            } else {
                ignored = correction;
            }
        }
        if (ignored != null) {
            LOG.info(
                    "{} corrections were not of the latest revision and change nothing, such as {} of exchange {}",
                    corrections.size() - taken.size(),
                    ignored.cause(),
                    ignored.id());
        }
        return taken;
    }

    /** Whether an entry stays in its hour and on its route, so that reversal and entry add up in every report. */
    private static boolean sameBooking(Correction correction, BatchRows.@Nullable Booked booked) {
        if (booked == null) {
            return false;
        }
        Entry replaced = booked.entry().entry();
        Entry entry = correction.entry();
        return Nanos.of(entry.bookedAt()) == Nanos.of(replaced.bookedAt())
                && entry.closing().opening().route()
                        == replaced.closing().opening().route();
    }
}
