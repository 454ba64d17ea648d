package dev.reckoner.ledger;

import dev.reckoner.config.Settings.BookingInstant;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the entry of a closing: decides the instant and has it rated. Never throws: what can't be rated by a fault of
 * ours is booked as pending, with its usage (P5, P8). Called on the journal's writer thread.
 */
final class Booking implements Function<Closing, Entry> {
    private static final Logger LOG = LoggerFactory.getLogger(Booking.class);

    private final BookingInstant instant;
    private final BiFunction<Closing, Instant, Charge> rating;

    Booking(BookingInstant instant, BiFunction<Closing, Instant, Charge> rating) {
        this.instant = instant;
        this.rating = rating;
    }

    @Override
    public Entry apply(Closing closing) {
        Instant at = instant == BookingInstant.START ? closing.opening().startedAt() : closing.endedAt();
        return new Entry(closing, charge(closing, at), at);
    }

    private Charge charge(Closing closing, Instant at) {
        try {
            return rating.apply(closing, at);
        } catch (RuntimeException e) {
            LOG.error(
                    "exchange {}: rating failed, it is booked as pending",
                    closing.opening().id(),
                    e);
            String reason = "rating_failed: " + e.getClass().getSimpleName();
            return new Charge(List.of(), RatingStatus.PENDING, reason, false, null);
        }
    }
}
