package dev.reckoner.app.export;

import dev.reckoner.app.command.Shell;
import dev.reckoner.app.output.Numbers;
import dev.reckoner.ledger.ArrivalQuery;
import dev.reckoner.ledger.Arrivals;
import dev.reckoner.ledger.Arrivals.Arrival;
import dev.reckoner.ledger.Reports;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes entries from the books, page by page in the order of their arrival, to where their rows go. Used once. */
final class Run<R> {
    /** Entries in memory at once. */
    static final int PAGE_MAX = 1_000;

    /** Entries of a part: what a run that breaks off may lose. */
    static final long PART_MAX = 1_000_000;

    private static final long PROGRESS = 100_000;

    private final Reports reports;
    private final Shell shell;
    private final Function<Arrival, List<R>> rows;
    private final Output<R> output;
    private final @Nullable Checkpoint checkpoint;
    private long entries;
    private long written;
    private long uncommitted;
    private Instant latest = Instant.EPOCH;

    Run(
            Reports reports,
            Shell shell,
            Function<Arrival, List<R>> rows,
            Output<R> output,
            @Nullable Checkpoint checkpoint) {
        this.reports = reports;
        this.shell = shell;
        this.rows = rows;
        this.output = output;
        this.checkpoint = checkpoint;
    }

    /** Exports what was booked in that time and arrived behind an entry. */
    void from(long after, @Nullable Instant from, @Nullable Instant until) throws IOException {
        if (checkpoint != null && !checkpoint.exists()) {
            checkpoint.write(after);
        }
        long last = after;
        boolean more = true;
        while (more) {
            Arrivals page = reports.arrivals(new ArrivalQuery(from, until, last, PAGE_MAX));
            for (Arrival arrival : page.arrivals()) {
                take(arrival);
            }
            last = page.last();
            more = page.more();
            if (output.inParts() && (uncommitted >= PART_MAX || output.full())) {
                commit(last);
            }
        }
        commit(last);
        say("Exported " + counted(entries, "entry", "entries") + " in " + counted(written, "row", "rows"));
    }

    private void take(Arrival arrival) throws IOException {
        boolean taken = false;
        for (R row : rows.apply(arrival)) {
            output.add(row);
            written++;
            taken = true;
        }
        if (!taken) {
            return;
        }
        uncommitted++;
        entries++;
        Instant bookedAt = arrival.entry().entry().bookedAt();
        latest = bookedAt.isAfter(latest) ? bookedAt : latest;
        if (entries % PROGRESS == 0) {
            say(Numbers.count(entries) + " entries, up to " + LocalDate.ofInstant(latest, ZoneOffset.UTC));
        }
    }

    private void commit(long last) throws IOException {
        output.commit(last);
        if (checkpoint != null) {
            checkpoint.write(last);
        }
        uncommitted = 0;
    }

    private void say(String progress) {
        shell.err().println(progress);
        shell.err().flush();
    }

    private static String counted(long count, String one, String many) {
        return Numbers.count(count) + " " + (count == 1 ? one : many);
    }
}
