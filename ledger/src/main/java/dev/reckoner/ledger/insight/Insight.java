package dev.reckoner.ledger.insight;

import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.TokenType;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One way in which money could have been kept, with its arithmetic.
 *
 * @param title what it is about, in a few words
 * @param assumption what has to be true for the saving to be one
 * @param exchanges those concerned; where sums tell, all of an app or a user under the terms concerned
 * @param leftOut exchanges that couldn't be priced otherwise, because their amount isn't their usage at one rate
 * @param paid what they cost, USD, exact
 * @param instead what they would have cost
 * @param saving {@code paid} − {@code instead}
 * @param steps the arithmetic; their savings add up to {@code saving}
 * @param owners whose it is, the largest first, at most {@link #OWNERS_MAX}
 * @param moreOwners how many there are besides
 * @param facts figures of this kind alone, by name
 */
public record Insight(
        Kind kind,
        Certainty certainty,
        Basis basis,
        String title,
        String assumption,
        long exchanges,
        long leftOut,
        BigDecimal paid,
        BigDecimal instead,
        BigDecimal saving,
        List<Step> steps,
        List<Owner> owners,
        int moreOwners,
        Map<String, String> facts) {

    /** Owners that are named. */
    public static final int OWNERS_MAX = 20;

    public Insight {
        steps = List.copyOf(steps);
        owners = List.copyOf(owners);
        facts = Map.copyOf(facts);
    }

    /** Whether the same answers would have come. */
    public enum Certainty {
        /** The same answers, for less. */
        CERTAIN,
        /** The same answers, if the assumption holds. */
        ASSUMED,
        /** Arithmetic alone: other answers, or none. */
        HYPOTHETICAL
    }

    /** What was looked at. */
    public enum Basis {
        /** Sums over the whole time. */
        SUMS,
        /** Exchanges one by one, of {@link InsightReport#read}. */
        EXCHANGES
    }

    /**
     * One product of the arithmetic: quantity × (rate − rate instead) ÷ 1,000,000 = saving.
     *
     * @param what a model, a model and the one instead, or an outcome
     * @param type what is counted; null where whole exchanges are
     * @param rate USD per million that was paid, null where it isn't one rate
     * @param insteadRate USD per million instead, null where it isn't one rate
     */
    public record Step(
            String what,
            @Nullable TokenType type,
            long quantity,
            @Nullable BigDecimal rate,
            @Nullable BigDecimal insteadRate,
            BigDecimal paid,
            BigDecimal instead,
            BigDecimal saving) {}

    /** Whose part of it is how large. */
    public record Owner(Map<Dimension, String> group, BigDecimal paid, BigDecimal instead, BigDecimal saving) {
        public Owner {
            group = Collections.unmodifiableMap(new TreeMap<>(group));
        }
    }
}
