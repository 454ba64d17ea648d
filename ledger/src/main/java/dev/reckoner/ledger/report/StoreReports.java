package dev.reckoner.ledger.report;

import dev.reckoner.ledger.ArrivalQuery;
import dev.reckoner.ledger.Arrivals;
import dev.reckoner.ledger.Audit;
import dev.reckoner.ledger.BatchQuery;
import dev.reckoner.ledger.BatchRow;
import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.DetailQuery;
import dev.reckoner.ledger.Details;
import dev.reckoner.ledger.EntryQuery;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.Lag;
import dev.reckoner.ledger.Opening;
import dev.reckoner.ledger.RateLimitQuery;
import dev.reckoner.ledger.RateLimitRow;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.Revision;
import dev.reckoner.ledger.SessionPage;
import dev.reckoner.ledger.SessionQuery;
import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.ledger.Unsettled;
import dev.reckoner.ledger.journal.Frame;
import dev.reckoner.ledger.journal.JournalDamage;
import dev.reckoner.ledger.store.Store;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The books as the store holds them. Any number of threads may ask at once, while the applier writes: each answer shows
 * whole batches only.
 *
 * <p>Groups by tag overlap: an exchange with several tags counts under each. A filter on a tag chooses exchanges, and
 * grouped by tag they show all their tags.
 */
public final class StoreReports implements Reports {
    private final Store store;
    private final RollupMemory<List<String>> memory =
            new RollupMemory<>(Runtime.getRuntime().maxMemory());
    private final RollupMemory<UUID> ofDays =
            new RollupMemory<>(Runtime.getRuntime().maxMemory());
    private final Supplier<Lag> lag;
    private final Supplier<List<JournalDamage>> damage;

    /**
     * Reports over that store.
     *
     * @param lag how far the store is behind
     * @param damage what could not be read of the journal, for the audit
     */
    public StoreReports(Store store, Supplier<Lag> lag, Supplier<List<JournalDamage>> damage) {
        this.store = store;
        this.lag = lag;
        this.damage = damage;
    }

    @Override
    public List<ReportRow> report(ReportQuery query) {
        return store.readSnapshot(connection -> new SumQuery(query).run(connection, store, memory, ofDays));
    }

    @Override
    public SessionPage sessions(SessionQuery query) {
        return store.readSnapshot(connection -> SessionSearch.page(connection, query));
    }

    @Override
    public List<StoredEntry> entries(EntryQuery query) {
        return store.read(connection -> EntrySearch.list(connection, query));
    }

    @Override
    public List<StoredEntry> find(String id) {
        return store.read(connection -> EntrySearch.find(connection, id));
    }

    @Override
    public List<Revision> history(ExchangeId id) {
        return store.readSnapshot(connection -> EntrySearch.history(connection, id));
    }

    @Override
    public Arrivals arrivals(ArrivalQuery query) {
        return store.readSnapshot(connection -> ArrivalSearch.list(connection, query));
    }

    @Override
    public List<BatchRow> batches(BatchQuery query) {
        return store.read(connection -> BatchSearch.list(connection, query));
    }

    @Override
    public Details details(DetailQuery query) {
        return store.readSnapshot(connection -> DetailSums.sum(connection, query));
    }

    @Override
    public Unsettled unsettled(DetailQuery query) {
        return store.readSnapshot(connection -> UnsettledSearch.find(connection, query));
    }

    @Override
    public List<RateLimitRow> rateLimits(RateLimitQuery query) {
        return store.readSnapshot(connection -> query.bucket() == Bucket.HOUR
                ? KeptPeaks.sum(connection, store.tuples(), query)
                : RateLimitSums.sum(connection, store.tuples(), query));
    }

    @Override
    public List<Opening> openings() {
        return store.inFlight().stream().map(StoreReports::opening).toList();
    }

    @Override
    public Audit verify() {
        List<JournalDamage> damaged = damage.get();
        return store.readSnapshot(connection -> new Auditor(connection, store.tuples(), damaged).audit());
    }

    @Override
    public Lag lag() {
        return lag.get();
    }

    private static Opening opening(Frame frame) {
        if (frame instanceof Frame.Noted noted) {
            return noted.soFar().opening();
        }
        if (frame instanceof Frame.Opened opened) {
            return opened.opening();
        }
        throw new IllegalArgumentException("An entry is no opening: " + frame.id());
    }
}
