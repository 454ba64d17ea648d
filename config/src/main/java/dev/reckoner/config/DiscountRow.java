package dev.reckoner.config;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A record of a rate file that is a {@link Discount}. */
final class DiscountRow {

    /** Four decimals, so that quantity × rate × both factors fits the eighteen decimals of an amount. */
    private static final Pattern FACTOR = Pattern.compile("[0-9](\\.[0-9]{1,4})?");

    private final RowFields fields;

    DiscountRow(RowFields fields) {
        this.fields = fields;
    }

    /** The discount, null where any field was bad. */
    @Nullable
    Discount discount() {
        int before = fields.problems();
        String target = fields.id(RateColumn.MODEL_ID, fields.field(RateColumn.MODEL_ID));
        Instant from = fields.from();
        Instant to = fields.to();
        String expected = "a factor above 0 such as 0.85, with at most four decimals";
        BigDecimal factor = fields.decimal(RateColumn.DISCOUNT_FACTOR, FACTOR, expected);
        boolean missing = !fields.stated(RateColumn.DISCOUNT_FACTOR);
        if (missing || (factor != null && factor.signum() == 0)) {
            fields.add(RateColumn.DISCOUNT_FACTOR, expected);
        }
        if (factor == null || fields.problems() > before) {
            return null;
        }
        return new Discount(
                target,
                from,
                to,
                factor,
                fields.field(RateColumn.SOURCES),
                fields.field(RateColumn.NOTE),
                fields.origin(),
                Digest.of("discount", target, RowFields.text(from), RowFields.text(to), RowFields.plain(factor)));
    }
}
