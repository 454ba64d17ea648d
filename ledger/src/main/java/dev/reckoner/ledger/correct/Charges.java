package dev.reckoner.ledger.correct;

import dev.reckoner.ledger.Charge;
import dev.reckoner.ledger.Line;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells whether two charges of an exchange say the same. */
final class Charges {

    private Charges() {}

    /**
     * Whether they say the same: decimals by value, since the store fills them up with zeros, and without the version of
     * the row, since a row that was only cut in two by a date charges nobody anything else.
     */
    static boolean same(Charge one, Charge other) {
        return one.status() == other.status()
                && Objects.equals(one.reason(), other.reason())
                && one.estimated() == other.estimated()
                && Objects.equals(one.estimateMethod(), other.estimateMethod())
                && sameLines(one.lines(), other.lines());
    }

    private static boolean sameLines(List<Line> some, List<Line> others) {
        if (some.size() != others.size()) {
            return false;
        }
        for (int place = 0; place < some.size(); place++) {
            if (!samePrice(some.get(place), others.get(place)) || !sameTerms(some.get(place), others.get(place))) {
                return false;
            }
        }
        return true;
    }

    private static boolean samePrice(Line one, Line other) {
        return one.quantity() == other.quantity()
                && same(one.rate(), other.rate())
                && same(one.factor(), other.factor())
                && same(one.amount(), other.amount());
    }

    private static boolean sameTerms(Line one, Line other) {
        return one.attempt() == other.attempt()
                && one.model().equals(other.model())
                && one.type() == other.type()
                && Objects.equals(one.serviceTier(), other.serviceTier())
                && Objects.equals(one.speed(), other.speed())
                && Objects.equals(one.inferenceGeo(), other.inferenceGeo())
                && Objects.equals(one.contextWindow(), other.contextWindow());
    }

    private static boolean same(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        return one.compareTo(other) == 0;
    }
}
