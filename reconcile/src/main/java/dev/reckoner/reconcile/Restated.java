package dev.reckoner.reconcile;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/**
 * A day whose bill the vendor changed after it had been pulled as complete.
 *
 * @param since when it was last pulled as it was before
 * @param before USD then
 * @param now USD now; the same where other lines make up the same sum
 */
public record Restated(LocalDate day, Instant since, BigDecimal before, BigDecimal now) {

    /** Now minus before, USD. */
    public BigDecimal difference() {
        return now.subtract(before);
    }
}
