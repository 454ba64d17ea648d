package dev.reckoner.ledger;

import java.util.List;
import java.util.Optional;

/** The door through which the books are read. Methods block on the database: never call them on an event loop. */
public interface Reports {

    /** Sums per bucket and group, ordered by bucket, then by group. Buckets without rows are absent. */
    List<ReportRow> report(ReportQuery query);

    /** Sessions that match, a page at a time; those without an id are no sessions. */
    SessionPage sessions(SessionQuery query);

    /** Entries that match, each exchange once, as it stands after its corrections. */
    List<StoredEntry> entries(EntryQuery query);

    /** The entries with this exchange id, vendor request-id or message id; several only for vendor ids. */
    List<StoredEntry> find(String id);

    /** An exchange's entry as it was booked and as each correction left it, oldest first; empty where there is none. */
    List<Revision> history(ExchangeId id);

    /** Entries in the order of their arrival, every revision of each, with the entry it replaced. */
    Arrivals arrivals(ArrivalQuery query);

    /** Batches that match, those heard of last first. */
    List<BatchRow> batches(BatchQuery query);

    /** Sums over lines by how far each can be relied on; reads line by line, so ask for days. */
    Details details(DetailQuery query);

    /** Entries whose usage was not wholly seen; reads entry by entry, so ask for days. */
    Unsettled unsettled(DetailQuery query);

    /** How near the traffic came to the vendor's rate limits; minutes are read entry by entry, so ask for a day of them. */
    List<RateLimitRow> rateLimits(RateLimitQuery query);

    /** Openings without an entry, oldest first: the exchanges in flight. */
    List<Opening> openings();

    /** Audits the whole of the books. */
    Audit verify();

    /** How far the store is behind. */
    Lag lag();

    /** Entry by exchange id. */
    default Optional<StoredEntry> entry(ExchangeId id) {
        return find(id.toString()).stream().findFirst();
    }
}
