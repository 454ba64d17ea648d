package dev.reckoner.reconcile;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the vendor's analytics state beside bill and usage report, as evidence (api-facts §4.3).
 *
 * @param discounts the factor between list price and amount, where it is one over everything of a model on a day and isn't 1
 * @param requests how many requests the vendor counts and how many the ledger
 */
public record Stated(Map<ModelDay, BigDecimal> discounts, Map<KeyModelDay, Requests> requests) {

    /** Nothing is stated. */
    public static final Stated NOTHING = new Stated(Map.of(), Map.of());

    public Stated {
        discounts = Map.copyOf(discounts);
        requests = Map.copyOf(requests);
    }

    /** The factor on the list price that is stated for a cell; null where none is. */
    public @Nullable BigDecimal discount(Cell cell) {
        String model = cell.model();
        return model == null ? null : discounts.get(new ModelDay(cell.day(), model));
    }

    /** The factors that are stated for some model on a day, without repetition. */
    public Set<BigDecimal> discounts(LocalDate day) {
        Set<BigDecimal> factors = new TreeSet<>();
        discounts.forEach((of, factor) -> {
            if (of.day().equals(day)) {
                factors.add(factor);
            }
        });
        return factors;
    }

    /** The requests of a cell's model on a key; null where they aren't stated. */
    public @Nullable Requests requests(Cell cell, @Nullable String apiKeyId) {
        String model = cell.model();
        return model == null
                ? null
                : requests.get(new KeyModelDay(cell.day(), Objects.requireNonNullElse(apiKeyId, ""), model));
    }

    /** A model on a day. */
    public record ModelDay(LocalDate day, String model) {}

    /**
     * A model on a key on a day.
     *
     * @param apiKeyId empty without a key
     */
    public record KeyModelDay(LocalDate day, String apiKeyId, String model) {}

    /** Requests as the vendor counts them and as the ledger does. */
    public record Requests(long billed, long ledger) {

        /** The same with more of either. */
        public Requests plus(Requests more) {
            return new Requests(billed + more.billed, ledger + more.ledger);
        }

        @Override
        public String toString() {
            return billed + (billed == 1 ? " request" : " requests") + " billed that day, " + ledger + " in the ledger";
        }
    }
}
