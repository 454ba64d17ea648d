package dev.reckoner.ledger.report;

import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.LedgerException;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.Uninterrupted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks once, when the books are opened, what most people ask first: the last month, a day at a time and the latest first, then
 * the rest of a year, and the hours of two weeks. Who comes after finds it remembered, instead of waiting for a disk that has
 * not been read yet.
 */
public final class WarmUp implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int DAYS_OF_HOURS = 14;
    private static final int DAYS_OF_MONTH = 30;
    private static final int DAYS_OF_YEAR = 366;

    private static final List<List<Dimension>> OF_MONTH = List.of(
            List.of(),
            List.of(Dimension.MODEL),
            List.of(Dimension.USER),
            List.of(Dimension.TEAM),
            List.of(Dimension.PROJECT),
            List.of(Dimension.KEY),
            List.of(Dimension.TAG),
            List.of(Dimension.SESSION));

    /** One for each table of daily rollups: behind it, whatever that table can be asked is added up from memory. */
    private static final List<List<Dimension>> OF_YEAR =
            List.of(List.of(Dimension.MODEL), List.of(Dimension.USER), List.of(Dimension.TAG));

    private static final List<List<Dimension>> OF_HOURS = List.of(List.of(Dimension.USER));

    private final Reports reports;
    private final Consumer<BooleanSupplier> tuples;
    private final Instant until;
    private final Thread thread = new Thread(this::run, "warm-up");
    private volatile boolean ended;

    /**
     * Asks those books.
     *
     * @param tuples reads ahead what days are summed by, as long as it is told to go on
     * @param now some instant of the last day that is asked for
     */
    public WarmUp(Reports reports, Consumer<BooleanSupplier> tuples, Instant now) {
        this.reports = reports;
        this.tuples = tuples;
        this.until = Buckets.start(now, Bucket.DAY).plus(DAY);
        thread.setDaemon(true);
    }

    /** Begins to ask. */
    public void start() {
        thread.start();
    }

    /** Ends after the question in hand. */
    @Override
    public void close() {
        ended = true;
        if (thread.isAlive()) {
            Uninterrupted.join(thread);
        }
    }

    private void run() {
        try {
            tuples.accept(() -> !ended);
            int days = days();
            for (int day = 1; day <= Math.min(days, DAYS_OF_YEAR) && !ended; day++) {
                ask(day, Bucket.DAY, day <= DAYS_OF_MONTH ? OF_MONTH : OF_YEAR);
            }
            for (int day = 1; day <= Math.min(days, DAYS_OF_HOURS) && !ended; day++) {
                ask(day, Bucket.HOUR, OF_HOURS);
            }
        } catch (LedgerException e) {
            LOG.warn("The last year can't be read ahead; whoever asks for it will be told why", e);
        }
    }

    /** How many days there are since the books' first, the last one included; 0 where they are empty. */
    private int days() {
        ReportQuery all = new ReportQuery(Instant.EPOCH, until, Bucket.ALL, List.of(), Map.of());
        return reports.report(all).stream()
                .mapToInt(row -> 1 + (int) Duration.between(row.first(), until).toDays())
                .max()
                .orElse(0);
    }

    private void ask(int day, Bucket bucket, List<List<Dimension>> asked) {
        Instant from = until.minus(DAY.multipliedBy(day));
        for (List<Dimension> by : asked) {
            if (!ended) {
                reports.report(new ReportQuery(from, from.plus(DAY), bucket, by, Map.of()));
            }
        }
    }
}
