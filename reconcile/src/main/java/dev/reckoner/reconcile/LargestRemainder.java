package dev.reckoner.reconcile;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Splits an amount by weights into parts of a fixed number of places that sum to the amount exactly: everyone gets the
 * floor of the share, and what is left over goes, one smallest unit each, to the largest remainders; among equal ones to
 * the first.
 */
public final class LargestRemainder {

    private LargestRemainder() {}

    /**
     * The parts, in the order of the weights.
     *
     * @param amount any sign
     * @param weights none negative, at least one above zero
     * @param places decimals of a part, at least those of the amount
     * @throws ArithmeticException where the amount has more places
     */
    public static List<BigDecimal> split(BigDecimal amount, List<BigInteger> weights, int places) {
        BigInteger whole = amount.abs().setScale(places).unscaledValue();
        BigInteger sum = weights.stream().reduce(BigInteger.ZERO, BigInteger::add);
        if (sum.signum() <= 0 || weights.stream().anyMatch(weight -> weight.signum() < 0)) {
            throw new IllegalArgumentException(
                    "the weights " + weights + " don't share anything; expected none below" + " zero and one above");
        }
        List<BigInteger> units = new ArrayList<>(weights.size());
        List<BigInteger> remainders = new ArrayList<>(weights.size());
        BigInteger left = whole;
        for (BigInteger weight : weights) {
            BigInteger[] share = whole.multiply(weight).divideAndRemainder(sum);
            units.add(share[0]);
            remainders.add(share[1]);
            left = left.subtract(share[0]);
        }
        IntStream.range(0, weights.size())
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> remainders.get(i)).reversed())
                .limit(left.intValueExact())
                .forEach(i -> units.set(i, units.get(i).add(BigInteger.ONE)));
        return units.stream()
                .map(unit -> new BigDecimal(amount.signum() < 0 ? unit.negate() : unit, places))
                .toList();
    }
}
