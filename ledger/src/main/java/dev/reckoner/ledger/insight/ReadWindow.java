package dev.reckoner.ledger.insight;

import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.Reports;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The end of a time that is looked at exchange by exchange, because no sums have what is asked: the last days that
 * together have at most {@link #EXCHANGES_MAX} exchanges, or the last hours where one day has more.
 *
 * @param from first instant, inclusive
 * @param until last instant, exclusive
 * @param exchanges how many there are in it
 * @param whole whether it is the whole time that was asked for
 */
public record ReadWindow(Instant from, Instant until, long exchanges, boolean whole) {

    /** Exchanges that are looked at one by one, at most. */
    public static final int EXCHANGES_MAX = 25_000;

    /** Days that are looked at exchange by exchange, at most. */
    public static final int DAYS_MAX = 31;

    static ReadWindow of(Reports reports, Instant from, Instant until) {
        Instant earliest = until.minus(Duration.ofDays(DAYS_MAX));
        Instant start = from.isBefore(earliest) ? earliest : from;
        List<ReportRow> days = rows(reports, start, until, Bucket.DAY);
        ReadWindow byDay = back(days, start, until, from);
        if (byDay.exchanges() > 0 || days.isEmpty()) {
            return byDay;
        }
        return back(
                rows(reports, later(start, start(days.get(days.size() - 1))), until, Bucket.HOUR), start, until, from);
    }

    private static List<ReportRow> rows(Reports reports, Instant from, Instant until, Bucket bucket) {
        Instant end = Bucket.DAY == bucket ? until.plus(Duration.ofDays(1)).minusNanos(1) : until;
        return reports.report(new ReportQuery(from, end, bucket, List.of(), Map.of()));
    }

    /** As many of the last buckets as may be read. */
    private static ReadWindow back(List<ReportRow> buckets, Instant start, Instant until, Instant asked) {
        long exchanges = 0;
        Instant first = until;
        for (int i = buckets.size() - 1; i >= 0; i--) {
            long more = exchanges + buckets.get(i).sums().exchanges();
            if (more > EXCHANGES_MAX) {
                return new ReadWindow(first, until, exchanges, false);
            }
            exchanges = more;
            first = later(start, start(buckets.get(i)));
        }
        return new ReadWindow(start, until, exchanges, start.equals(asked));
    }

    private static Instant start(ReportRow row) {
        return Objects.requireNonNull(row.start(), "a bucket of a day or an hour has a start");
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
