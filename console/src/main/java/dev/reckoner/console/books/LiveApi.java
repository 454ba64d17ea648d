package dev.reckoner.console.books;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckoner.console.http.EventFeed;
import dev.reckoner.ledger.Pulse;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is told to those who follow the books: that they moved, and how far. What is in them they ask for themselves. */
public final class LiveApi implements EventFeed.Source {

    /** The stream. */
    public static final String LIVE = "live";

    private static final String BOOKS = "books";

    private final Supplier<Pulse> pulse;
    private final Clock clock;
    private final ObjectMapper mapper = BooksJson.mapper();

    private @Nullable Pulse last;
    private EventFeed.@Nullable Event told;

    /**
     * The data of an event.
     *
     * @param entry the number of the newest entry
     * @param at when that was seen
     * @param inFlight exchanges that have begun and not ended
     * @param lagMillis how far the store is behind
     */
    public record Moved(long entry, Instant at, long inFlight, long lagMillis) {}

    /** Tells of those books. */
    public LiveApi(Supplier<Pulse> pulse, Clock clock) {
        this.pulse = pulse;
        this.clock = clock;
    }

    /** The same event as before while neither an entry was booked nor an exchange began. Asked by one thread at a time. */
    @Override
    public synchronized EventFeed.Event read() {
        Pulse now = pulse.get();
        Pulse before = last;
        EventFeed.Event event = told;
        if (event == null || before == null || moved(before, now)) {
            event = event(now);
        }
        last = now;
        told = event;
        return event;
    }

    private static boolean moved(Pulse before, Pulse now) {
        return now.entry() != before.entry() || now.inFlight() != before.inFlight();
    }

    private EventFeed.Event event(Pulse now) {
        Moved data = new Moved(
                now.entry(), clock.instant(), now.inFlight(), now.lag().age().toMillis());
        return new EventFeed.Event(String.valueOf(now.entry()), BOOKS, written(data));
    }

    private String written(Moved data) {
        try {
            return mapper.writeValueAsString(data);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
