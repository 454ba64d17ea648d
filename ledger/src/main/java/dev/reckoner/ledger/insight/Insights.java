package dev.reckoner.ledger.insight;

/** The door to what the books say about saving money. Methods block on the database: never call them on an event loop. */
public interface Insights {

    /** What would have been cheaper; the surest first, then the largest. */
    InsightReport insights(InsightQuery query);

    /** Whether caching pays, group by group, those that lose most first. */
    CacheReport cache(CacheQuery query);
}
