package dev.reckoner.ledger.store;

import dev.reckoner.ledger.BatchRecord;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.journal.Frame;
import dev.reckoner.ledger.journal.Positioned;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a batch of frames changes in the store, given what is there already. Frames may come again, any number of times:
 * an exchange that is booked stays as it is, so a replay plans nothing. An exchange that begins and ends within the
 * batch never touches the openings. Corrections are no part of it ({@link BatchCorrections}).
 */
final class BatchPlan {
    private final Set<ExchangeId> booked;
    private final Set<ExchangeId> inFlight;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<ExchangeId, Frame> openings = new LinkedHashMap<>();
    private final Set<ExchangeId> closings = new HashSet<>();
    private final Map<String, BatchRecord> batches = new LinkedHashMap<>();

    /**
     * Plans a batch.
     *
     * @param booked which of the batch's exchanges have an entry in the store
     * @param inFlight which of them have an opening there
     */
    BatchPlan(List<Positioned> batch, Set<ExchangeId> booked, Set<ExchangeId> inFlight) {
        this.booked = new HashSet<>(booked);
        this.inFlight = inFlight;
        for (Positioned positioned : batch) {
            add(positioned.frame());
        }
    }

    /** Entries to insert. */
    List<Entry> entries() {
        return entries;
    }

    /** Openings to insert; those in flight before the batch are replaced. */
    Collection<Frame> openings() {
        return openings.values();
    }

    /** Exchanges whose opening must go, because they have ended or because newer facts take its place. */
    List<ExchangeId> replacedOrClosed() {
        return Stream.concat(closings.stream(), openings.keySet().stream())
                .filter(inFlight::contains)
                .sorted()
                .toList();
    }

    /** Batches with their last state, to be inserted or to take the place of an earlier one. */
    Collection<BatchRecord> batches() {
        return batches.values();
    }

    private void add(Frame frame) {
        ExchangeId id = frame.id();
        if (frame instanceof Frame.Batched batched) {
            batches.merge(batched.batch().id(), batched.batch(), BatchPlan::later);
            return;
        }
        if (frame instanceof Frame.Closed closed) {
            openings.remove(id);
            closings.add(id);
            if (booked.add(id)) {
                entries.add(closed.entry());
            }
            return;
        }
        if (booked.contains(id) || frame instanceof Frame.Corrected) {
            return;
        }
        // an opening that comes again must not hide what was noted since
        boolean known = inFlight.contains(id) || openings.containsKey(id);
        if (frame instanceof Frame.Noted || !known) {
            openings.put(id, frame);
        }
    }

    private static BatchRecord later(BatchRecord one, BatchRecord other) {
        return other.revision() >= one.revision() ? other : one;
    }
}
