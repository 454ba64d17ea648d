package dev.reckoner.ledger;

import java.time.Instant;

/**
 * A question about how near the traffic came to the vendor's rate limits. Bounds are snapped down to the bucket's width.
 *
 * @param from first instant, inclusive
 * @param until last instant, exclusive
 * @param bucket {@link Bucket#MINUTE} or {@link Bucket#HOUR}
 * @param by {@link Dimension#MODEL}, {@link Dimension#USER} or {@link Dimension#KEY}
 */
public record RateLimitQuery(Instant from, Instant until, Bucket bucket, Dimension by) {

    public RateLimitQuery {
        boolean known = by == Dimension.MODEL || by == Dimension.USER || by == Dimension.KEY;
        boolean width = bucket == Bucket.MINUTE || bucket == Bucket.HOUR;
        if (!known || !width) {
            throw new IllegalArgumentException(
                    "found " + bucket + " by " + by + ", expected minute or hour by model, user or key");
        }
    }
}
