package dev.reckoner.ledger;

/** Width of a report's time buckets; all in UTC, weeks start on Monday. */
public enum Bucket {
    ALL,
    MINUTE,
    HOUR,
    DAY,
    WEEK,
    MONTH
}
