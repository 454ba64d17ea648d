package dev.reckoner.bench.pages;

import dev.reckoner.config.RateTables;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.rating.Rater;
import dev.reckoner.ledger.store.BulkBooks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Fills a ledger directory with an organisation's entries, rated by the built-in table. */
public final class Fill {
    private static final int BATCH_MAX = 20_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Rater rater = new Rater(RateTables.builtIn());
    private final Organisation organisation = new Organisation(20_261_122);

    private Fill() {}

    /**
     * Fills.
     *
     * @param args how many entries, into which directory, up to which day, over how many days
     */
    public static void main(String[] args) throws IOException, SQLException {
        int entries = Integer.parseInt(args[0]);
        Path directory = Files.createDirectories(Path.of(args[1]));
        LocalDate last = LocalDate.parse(args[2]);
        if (Files.exists(directory.resolve("store.mv.db"))) {
            System.out.println(directory + " has books already; they are measured as they are");
            return;
        }
        try (BulkBooks books = new BulkBooks(directory)) {
            new Fill().fill(books, entries, last, Integer.parseInt(args[3]));
        }
    }

    private void fill(BulkBooks books, int entries, LocalDate last, int days) throws SQLException {
        long start = System.nanoTime();
        long weight = 0;
        for (int i = 0; i < days; i++) {
            weight += weight(last.minusDays(i));
        }
        long booked = 0;
        long passed = 0;
        for (int i = days - 1; i >= 0; i--) {
            LocalDate day = last.minusDays(i);
            passed += weight(day);
            int share = (int) (entries * passed / weight - booked);
            List<Closing> closings = organisation.day(day, share);
            book(books, closings.subList(0, share));
            booked += share;
            double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
            System.out.println(
                    String.format(Locale.ROOT, "%s: %,d entries, %.0f a second", day, booked, booked / seconds));
        }
    }

    private void book(BulkBooks books, List<Closing> closings) throws SQLException {
        for (int i = 0; i < closings.size(); i += BATCH_MAX) {
            List<Entry> batch = new ArrayList<>();
            for (Closing closing : closings.subList(i, Math.min(i + BATCH_MAX, closings.size()))) {
                batch.add(new Entry(closing, rater.rate(closing, closing.endedAt()), closing.endedAt()));
            }
            books.book(batch);
        }
    }

    private static int weight(LocalDate day) {
        boolean weekend = day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
        return weekend ? 1 : 4;
    }
}
