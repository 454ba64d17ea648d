package dev.reckoner.app.command;

import dev.reckoner.app.output.Column;
import dev.reckoner.app.output.Numbers;
import dev.reckoner.app.output.Table;
import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.RateLimitRow;
import dev.reckoner.ledger.RateLimitRow.Throttled;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Peaks per minute as a table, each with the part of the vendor's limit that it took. */
final class RateLimitTable {
    private static final int GROUP_LEAST = 10;
    private static final int USERS_SHOWN_MAX = 5;

    private final Shell shell;
    private final Bucket bucket;
    private final Dimension by;

    RateLimitTable(Shell shell, Bucket bucket, Dimension by) {
        this.shell = shell;
        this.bucket = bucket;
        this.by = by;
    }

    void print(List<RateLimitRow> rows, Period asked) {
        shell.out().println("Peaks per minute, " + asked.words());
        shell.out().println();
        if (rows.isEmpty()) {
            shell.out().println("No messages.");
            return;
        }
        Table table = new Table(List.of(
                Column.text(BucketLabel.title(bucket), Integer.MAX_VALUE),
                Column.text(Names.title(by), GROUP_LEAST),
                Column.number("Peak ITPM"),
                Column.number("of limit"),
                Column.number("Peak OTPM"),
                Column.number("of limit"),
                Column.number("Peak RPM", 1),
                Column.number("of limit", 2),
                Column.number("Cache rate"),
                Column.number("429s")));
        rows.forEach(row -> table.row(cells(row)));
        List<String> leftOut = table.print(shell.out(), shell.columns(), shell.colours());
        notes(rows, leftOut);
    }

    private List<String> cells(RateLimitRow row) {
        return List.of(
                BucketLabel.of(bucket, row.start()),
                by == Dimension.MODEL ? Names.model(row.group()) : Names.group(row.group()),
                Numbers.count(row.peakInput().most()),
                percent(row.peakInput().most(), row.limits().inputTokens()),
                Numbers.count(row.peakOutput().most()),
                percent(row.peakOutput().most(), row.limits().outputTokens()),
                Numbers.count(row.peakRequests().most()),
                percent(row.peakRequests().most(), row.limits().requests()),
                percent(row.cacheRead(), row.input() + row.cacheRead()),
                row.throttled() == 0 ? "-" : Numbers.count(row.throttled()));
    }

    private void notes(List<RateLimitRow> rows, List<String> leftOut) {
        Footnotes notes = new Footnotes();
        notes.add("ITPM: input and cache writes; what is read from the cache doesn't count. Input and requests stand in"
                + " the minute an exchange began in, output in the one it ended in. Batches, fast and priority traffic"
                + " have limits of their own and are left out.");
        boolean unknown = rows.stream().anyMatch(row -> row.limits().inputTokens() == null);
        if (unknown) {
            notes.add("-: the vendor stated no limit, or several that differ (--by model tells them apart).");
        }
        String throttled = throttled(rows);
        if (!throttled.isEmpty()) {
            notes.add("Refused by the vendor (429): " + throttled + ".");
        }
        if (!leftOut.isEmpty()) {
            notes.add("Left out to fit " + shell.columns() + " columns: " + String.join(", ", leftOut)
                    + "; a wider terminal, --json and --csv have them.");
        }
        notes.print(shell);
    }

    private static String throttled(List<RateLimitRow> rows) {
        Map<String, Long> users = new TreeMap<>();
        rows.forEach(row -> row.throttledUsers().forEach(user -> users.merge(user.user(), user.requests(), Long::sum)));
        List<String> shown = users.entrySet().stream()
                .map(user -> new Throttled(user.getKey(), user.getValue()))
                .sorted((one, other) -> Long.compare(other.requests(), one.requests()))
                .map(user -> Names.group(user.user()) + " " + Numbers.count(user.requests()))
                .toList();
        int more = shown.size() - USERS_SHOWN_MAX;
        return shown.stream().limit(USERS_SHOWN_MAX).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more users" : "");
    }

    /** Rounded down, so that 100 % means that it was reached; what isn't nothing is never shown as nothing. */
    static String percent(long part, @Nullable Long whole) {
        if (whole == null || whole == 0) {
            return "-";
        }
        long percent = Math.multiplyHigh(part, 100) == 0 ? part * 100 / whole : part / (whole / 100);
        return percent == 0 && part > 0 ? "<1 %" : percent + " %";
    }
}
