package dev.reckoner.ledger.store;

import dev.reckoner.ledger.Charge;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.Line;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings entries to a form in which equal means equal by value: money without a say of trailing zeros. */
public final class Same {

    private Same() {}

    /** The entry with every amount, rate and factor at the same scale. */
    public static Entry entry(Entry entry) {
        Charge charge = entry.charge();
        List<Line> lines = charge.lines().stream().map(Same::line).toList();
        return new Entry(
                entry.closing(),
                new Charge(lines, charge.status(), charge.reason(), charge.estimated(), charge.estimateMethod()),
                entry.bookedAt());
    }

    private static Line line(Line line) {
        return new Line(
                line.attempt(),
                line.model(),
                line.type(),
                line.quantity(),
                money(line.rate()),
                line.factor().setScale(18),
                money(line.amount()),
                line.serviceTier(),
                line.speed(),
                line.inferenceGeo(),
                line.contextWindow(),
                line.rateVersion());
    }

    private static @Nullable BigDecimal money(@Nullable BigDecimal amount) {
        return amount == null ? null : amount.setScale(18);
    }
}
