package dev.reckoner.proxy.admit;

import dev.reckoner.ledger.Opening;
import dev.reckoner.ledger.Route;
import dev.reckoner.ledger.limit.Admission;
import dev.reckoner.ledger.limit.Ask;
import dev.reckoner.ledger.limit.Refusal;
import dev.reckoner.ledger.limit.Verdict;
import dev.reckoner.proxy.wire.HttpFault;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One exchange's admission: asked once, given back where no entry will settle it. Messages are asked for when their
 * body is whole, because model and {@code max_tokens} may stand anywhere in it; of a batch only who creates it is asked.
 * Everything else costs nothing and is never asked about. Event loop only.
 */
public final class Admitting {

    private final Admission admission;
    private final Route route;
    private final List<String> models;
    private Map<String, String> warnings = Map.of();
    private @Nullable Opening admitted;

    private Admitting(Admission admission, Route route, List<String> models) {
        this.admission = admission;
        this.route = route;
        this.models = models;
    }

    /**
     * The admission of an exchange; null where nothing has to be asked.
     *
     * @param models exact ids of those that the request's key may ask for; empty for all
     */
    public static @Nullable Admitting of(Admission admission, Route route, List<String> models) {
        boolean costs = route == Route.MESSAGES || route == Route.BATCHES;
        boolean asks = admission.any() || !models.isEmpty();
        return costs && asks ? new Admitting(admission, route, models) : null;
    }

    /** Whether the request's body has to be whole first. */
    public boolean needsBody() {
        return route == Route.MESSAGES;
    }

    /**
     * Asks, once.
     *
     * @param opening what is known of the exchange now
     * @return the answer for the client, null where the exchange may go upstream
     */
    public @Nullable HttpFault ask(Opening opening, long bodyBytes, Instant now) {
        String model = opening.asked().model();
        if (!models.isEmpty() && (model == null || !models.contains(model))) {
            return answer(new Refusal(Refusal.Kind.MODEL, "", notAllowed(model), null));
        }
        Ask ask = new Ask(route, opening.attribution(), opening.asked(), bodyBytes, now);
        Verdict verdict = admission.admit(opening.id(), ask);
        if (verdict instanceof Verdict.Refused refused) {
            return answer(refused.refusal());
        }
        if (verdict instanceof Verdict.Admitted allowed) {
            warnings = WarningFields.of(allowed.warnings());
        }
        admitted = opening;
        return null;
    }

    /** What the response's head tells of limits that are nearly used up. */
    public Map<String, String> warnings() {
        return warnings;
    }

    /**
     * The exchange is over.
     *
     * @param booked whether an entry settles what was reserved
     */
    public void over(boolean booked) {
        Opening reserved = admitted;
        if (reserved != null && !booked) {
            admission.release(reserved.id());
        }
        admitted = null;
    }

    /** A batch is refused too: its models stand in items that nobody has read yet. */
    private String notAllowed(@Nullable String model) {
        String found =
                route == Route.BATCHES ? "a batch, whose models are not checked" : model == null ? "no model" : model;
        return "This virtual key may ask for " + String.join(", ", models) + " only; found " + found + ".";
    }

    /** In the form that clients of the vendor know (api-facts §2.4, §5). */
    private static HttpFault answer(Refusal refusal) {
        String message = refusal.message();
        return switch (refusal.kind()) {
            case BUDGET -> new HttpFault(429, "billing_error", message, RefusalFields.lasting(refusal.retryAfter()));
            case RATE, CONCURRENCY ->
                new HttpFault(429, "rate_limit_error", message, RefusalFields.passing(refusal.retryAfter()));
            case MODEL -> new HttpFault(403, "permission_error", message, RefusalFields.lasting(null));
        };
    }
}
