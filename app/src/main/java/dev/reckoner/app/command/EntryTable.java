package dev.reckoner.app.command;

import dev.reckoner.app.output.Column;
import dev.reckoner.app.output.Numbers;
import dev.reckoner.app.output.Table;
import dev.reckoner.app.output.Text;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.Charge;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.Line;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.RatingStatus;
import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.ledger.TokenType;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Entries as a table: one line each, with the end of its id, which {@code explain} accepts. */
final class EntryTable {
    /** Characters of an id's end that are shown. */
    static final int ID_CHARS = 8;

    private static final int PLACES = 4;
    private static final int USER_LEAST = 8;
    private static final int MODEL_LEAST = 12;
    private static final int NOTE_LEAST = 18;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final List<Column> COLUMNS = List.of(
            new Column("Ended (UTC)", false, 0, Integer.MAX_VALUE),
            new Column("Id", false, 0, Integer.MAX_VALUE),
            Column.text("User", USER_LEAST),
            Column.text("Model", MODEL_LEAST),
            Column.number("Input", 2),
            Column.number("Cached", 2),
            Column.number("Output", 1),
            Column.number("Cost"),
            Column.text("Note", NOTE_LEAST));

    /** Cells of a line while following, when no later line's width is known. */
    private static final String FOLLOWED = "%-14s  %-8s  %-8s  %-17s  %9s  %s";

    private final Shell shell;

    EntryTable(Shell shell) {
        this.shell = shell;
    }

    void print(List<StoredEntry> entries) {
        if (entries.isEmpty()) {
            shell.out().println("No entries.");
            return;
        }
        Table table = new Table(COLUMNS);
        entries.forEach(stored -> table.row(cells(stored.entry())));
        table.print(shell.out(), shell.columns(), shell.colours());
        Footnotes notes = new Footnotes();
        notes.add("Input is uncached, Cached is what was written to and read from the cache. USD, rounded half-even to "
                + PLACES + " places. More on one: reckoner explain ID");
        notes.print(shell);
    }

    /** Prints more lines below those printed before. */
    void follow(List<StoredEntry> entries, boolean first) {
        if (first) {
            shell.out()
                    .println(
                            String.format(Locale.ROOT, FOLLOWED, "Ended (UTC)", "Id", "User", "Model", "Cost", "Note"));
        }
        for (StoredEntry stored : entries) {
            List<String> cells =
                    cells(stored.entry()).stream().map(Text::harmless).toList();
            String line = String.format(
                    Locale.ROOT,
                    FOLLOWED,
                    cells.get(0),
                    cells.get(1),
                    Text.cut(cells.get(2), USER_LEAST),
                    Text.cut(cells.get(3), 17),
                    cells.get(7),
                    cells.get(8));
            shell.out().println(Text.cut(line.stripTrailing(), shell.columns()));
        }
    }

    private static List<String> cells(Entry entry) {
        Closing closing = entry.closing();
        String id = entry.id().toString();
        return List.of(
                TIME.format(closing.endedAt()),
                id.substring(id.length() - ID_CHARS),
                value(closing.opening().attribution().user()),
                model(closing),
                tokens(entry, TokenType.INPUT),
                cached(entry),
                tokens(entry, TokenType.OUTPUT),
                entry.charge().status() == RatingStatus.NOT_BILLED ? "-" : cost(entry.charge(), PLACES),
                note(entry));
    }

    private static String value(Attribution.@Nullable Part part) {
        return part == null ? "-" : part.value();
    }

    private static String model(Closing closing) {
        String served = closing.reading().model();
        String asked = closing.opening().asked().model();
        String known = served == null ? asked : served;
        return known == null ? "-" : Names.model(known);
    }

    private static String tokens(Entry entry, TokenType type) {
        return (entry.charge().estimates(type) ? "~" : "") + Numbers.count(sum(entry, type));
    }

    private static String cached(Entry entry) {
        return Numbers.count(sum(entry, TokenType.CACHE_WRITE_5M)
                + sum(entry, TokenType.CACHE_WRITE_1H)
                + sum(entry, TokenType.CACHE_READ));
    }

    private static long sum(Entry entry, TokenType type) {
        return entry.charge().lines().stream()
                .filter(line -> line.type() == type)
                .mapToLong(Line::quantity)
                .sum();
    }

    /** The cost of one charge with its marks. */
    static String cost(Charge charge, int places) {
        boolean pending = charge.status() == RatingStatus.PENDING;
        if (pending && charge.amount().signum() == 0) {
            return "?";
        }
        String marks = (pending ? "?" : "") + (charge.estimated() ? "~" : "");
        return marks + Numbers.usd(charge.amount(), places);
    }

    private static String note(Entry entry) {
        Closing closing = entry.closing();
        if (closing.outcome() == Outcome.FAILED_UPSTREAM_STATUS) {
            return "status " + closing.status();
        }
        if (!closing.outcome().ok()) {
            return Names.of(closing.outcome()).substring("failed_".length()).replace('_', ' ');
        }
        RatingStatus status = entry.charge().status();
        return status == RatingStatus.RATED
                ? ""
                : Names.of(status) + ": " + entry.charge().reason();
    }
}
