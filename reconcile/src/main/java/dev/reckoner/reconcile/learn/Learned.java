package dev.reckoner.reconcile.learn;

import dev.reckoner.config.Discount;
import dev.reckoner.config.Rate;
import dev.reckoner.config.ToolPrice;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that would make the rate table price what was billed as it was billed.
 *
 * @param notes what the bill tells and no row can say, a sentence each
 * @param first the first day that a row changes, null where there is none
 */
public record Learned(
        List<Rate> rates,
        List<Discount> discounts,
        List<ToolPrice> tools,
        List<String> notes,
        @Nullable LocalDate first) {

    public Learned {
        rates = List.copyOf(rates);
        discounts = List.copyOf(discounts);
        tools = List.copyOf(tools);
        notes = List.copyOf(notes);
    }

    /** Whether there is no row. */
    public boolean nothing() {
        return rates.isEmpty() && discounts.isEmpty() && tools.isEmpty();
    }
}
