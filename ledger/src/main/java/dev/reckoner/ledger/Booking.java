package dev.reckoner.ledger;

import dev.reckoner.config.Settings.BookingInstant;
import dev.reckoner.ledger.alert.Alert;
import dev.reckoner.ledger.alert.Alerts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
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
    private final Alerts alerts;
    private final Consumer<Entry> made;

    /**
     * Books by that rating.
     *
     * @param made is told of each entry; never throws
     */
    Booking(BookingInstant instant, BiFunction<Closing, Instant, Charge> rating, Alerts alerts, Consumer<Entry> made) {
        this.instant = instant;
        this.rating = rating;
        this.alerts = alerts;
        this.made = made;
    }

    @Override
    public Entry apply(Closing closing) {
        Instant at = instant == BookingInstant.START ? closing.opening().startedAt() : closing.endedAt();
        Charge charge = charge(closing, at);
        if (charge.status() == RatingStatus.PENDING) {
            tell(closing, charge);
        }
        Entry entry = new Entry(closing, charge, at);
        made.accept(entry);
        return entry;
    }

    /** Tells of the models that have no rate; whatever else keeps an entry pending concerns that entry alone. */
    private void tell(Closing closing, Charge charge) {
        charge.lines().stream()
                .filter(line -> line.amount() == null)
                .map(Line::model)
                .distinct()
                .forEach(model -> alerts.raise(new Alert(
                        Alert.Kind.PENDING_RATES,
                        model,
                        closing.endedAt(),
                        "entries of " + model + " are pending: no rate is known for it; add one to a file of"
                                + " rating.rates_files",
                        Map.of(
                                "model",
                                model,
                                "exchange",
                                closing.opening().id().toString()))));
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
