package dev.reckoner.app.command;

import dev.reckoner.app.output.Json;
import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.ledger.EntryQuery;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.StoredEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code entries}: lists the newest entries of the ledger, or prints them as they come. */
@Command(name = "entries", sortOptions = false, description = "List the newest entries, or follow them as they come.")
final class EntriesCommand implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Shell shell;
    private final Door door;
    private final Pause pause;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with new entries until interrupted.")
    private boolean follow;

    @Mixin
    private final LimitOption limit = new LimitOption();

    @Option(
            names = {"-a", "--all"},
            description = "Also exchanges of routes that aren't metered, such as count_tokens.")
    private boolean all;

    @Mixin
    private final PeriodOptions period = new PeriodOptions();

    @Mixin
    private final FilterOptions filter = new FilterOptions();

    @Mixin
    private final EntryOptions only = new EntryOptions();

    @Mixin
    private final FormatOptions format = new FormatOptions();

    @Mixin
    private final ReadOptions read = new ReadOptions();

    EntriesCommand(Shell shell, Door door, Pause pause) {
        this.shell = shell;
        this.door = door;
        this.pause = pause;
    }

    @Override
    public Integer call() {
        try (OpenBooks books = read.open(shell, door)) {
            List<StoredEntry> newest = new ArrayList<>(books.reports().entries(query(null)));
            Collections.reverse(newest);
            if (follow) {
                follow(books.reports(), newest);
            } else {
                list(newest);
            }
        }
        return ExitCodes.FINE;
    }

    private void list(List<StoredEntry> entries) {
        if (format.json()) {
            Json.print(
                    shell.out(),
                    false,
                    object -> object.array("entries", list -> {
                        for (StoredEntry stored : entries) {
                            list.object(json -> EntryData.write(json, stored));
                        }
                    }));
        } else if (format.csv()) {
            EntryData.csv(shell.out(), entries, true);
        } else {
            new EntryTable(shell).print(entries);
        }
    }

    private void follow(Reports reports, List<StoredEntry> newest) {
        EntryTable table = new EntryTable(shell);
        long last = 0;
        boolean first = true;
        List<StoredEntry> entries = newest;
        do {
            for (StoredEntry stored : entries) {
                last = Math.max(last, stored.sequence());
            }
            if (format.json()) {
                entries.forEach(stored -> Json.print(shell.out(), true, json -> EntryData.write(json, stored)));
            } else if (format.csv()) {
                EntryData.csv(shell.out(), entries, first);
            } else {
                table.follow(entries, first);
            }
            first = false;
            if (shell.out().checkError()) {
                return; // nobody reads any more
            }
            boolean full = entries.size() == limit.limit() && last > 0;
            if (!full && !pause.pause(PAUSE)) {
                return;
            }
            entries = reports.entries(query(last));
        } while (true);
    }

    private EntryQuery query(@Nullable Long after) {
        Period asked = period.given() ? period.period(shell.clock(), new Span(7, "d")) : null;
        return new EntryQuery(
                asked == null ? null : asked.from(),
                asked == null ? null : asked.until(),
                filter.where(),
                after,
                !all,
                after == null ? limit.limit() : LimitOption.MOST,
                only.filter(),
                null);
    }
}
