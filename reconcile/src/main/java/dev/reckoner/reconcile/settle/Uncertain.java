package dev.reckoner.reconcile.settle;

import dev.reckoner.config.RateTable;
import dev.reckoner.ledger.Charge;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Line;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.ledger.Usage;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An exchange whose usage the ledger did not wholly see.
 *
 * @param key as the vendor names it, null where the vendor doesn't list it
 * @param model canonical, null where it isn't known which one model served
 * @param first the hour it began in
 * @param last the last hour it may have ended in
 */
record Uncertain(
        StoredEntry stored, @Nullable String key, @Nullable String model, Instant first, Instant last) {

    /** A crash is noted when the proxy starts again, which may be days later; a request is over long before that. */
    private static final Duration REQUEST_MAX = Duration.ofHours(1);

    static Uncertain of(StoredEntry stored, @Nullable String key, RateTable rates) {
        Closing closing = stored.entry().closing();
        Instant start = closing.opening().startedAt();
        Instant end = closing.endedAt();
        boolean noted = closing.outcome() == Outcome.FAILED_LOCAL_INTERRUPTED;
        Instant over = noted && end.isAfter(start.plus(REQUEST_MAX)) ? start.plus(REQUEST_MAX) : end;
        return new Uncertain(
                stored,
                key,
                model(stored, rates),
                start.truncatedTo(ChronoUnit.HOURS),
                over.truncatedTo(ChronoUnit.HOURS));
    }

    private static @Nullable String model(StoredEntry stored, RateTable rates) {
        Closing closing = stored.entry().closing();
        Usage usage = closing.reading().usage();
        if (usage != null && !usage.iterations().isEmpty()) {
            return null;
        }
        Set<String> models = new LinkedHashSet<>();
        for (Line line : stored.entry().charge().lines()) {
            models.add(line.model());
        }
        if (models.isEmpty()) {
            String served = closing.reading().model();
            String stated = served == null ? closing.opening().asked().model() : served;
            return stated == null ? null : rates.canonicalModel(stated).orElse(stated);
        }
        return models.size() == 1 ? models.iterator().next() : null;
    }

    /** What the ledger has booked of a token class so far. */
    long booked(TokenType type) {
        return stored.entry().charge().lines().stream()
                .filter(line -> line.type() == type)
                .mapToLong(Line::quantity)
                .sum();
    }

    /** Whether its input was stated by the vendor, and its output alone is open. */
    boolean inputSeen() {
        Charge charge = stored.entry().charge();
        return stored.entry().closing().reading().usage() != null && !charge.estimates(TokenType.INPUT);
    }

    /** The most output that was asked for, null where that isn't known. */
    @Nullable
    Long outputMax() {
        return stored.entry().closing().opening().asked().maxTokens();
    }
}
