package dev.reckoner.ledger.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reckoner.ledger.Bucket;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BucketsTest {

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T12:34:56.789Z, MINUTE, 2026-11-21T12:34:00Z",
        "2026-11-21T12:34:56.789Z, HOUR, 2026-11-21T12:00:00Z",
        "2026-11-21T12:34:56.789Z, ALL, 2026-11-21T12:00:00Z",
        "2026-11-21T23:59:59.999999999Z, DAY, 2026-11-21T00:00:00Z",
        "2026-11-21T12:34:56.789Z, WEEK, 2026-11-16T00:00:00Z",
        "2026-11-16T00:00:00Z, WEEK, 2026-11-16T00:00:00Z",
        "2026-11-15T23:59:59.999999999Z, WEEK, 2026-11-09T00:00:00Z",
        "2027-01-01T00:00:00Z, WEEK, 2026-12-28T00:00:00Z",
        "2028-02-29T12:00:00Z, MONTH, 2028-02-01T00:00:00Z",
        "2026-12-31T23:59:59.999999999Z, MONTH, 2026-12-01T00:00:00Z",
        "1969-12-31T23:59:59Z, WEEK, 1969-12-29T00:00:00Z"
    })
    void start_isTheLastTurnBefore(Instant instant, Bucket bucket, Instant start) {
        assertEquals(start, Buckets.start(instant, bucket));
        assertEquals(start, Buckets.start(start, bucket));
    }
}
