package dev.reckoner.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class LargestRemainderTest {

    private static List<BigDecimal> split(String amount, int places, long... weights) {
        return LargestRemainder.split(
                new BigDecimal(amount),
                LongStream.of(weights).mapToObj(BigInteger::valueOf).toList(),
                places);
    }

    private static List<BigDecimal> parts(String... parts) {
        return Arrays.stream(parts).map(BigDecimal::new).toList();
    }

    @Test
    void thirds_theFirstGetsTheCentLeftOver() {
        assertEquals(parts("0.34", "0.33", "0.33"), split("1", 2, 1, 1, 1));
    }

    @Test
    void unequalRemainders_theLargestGetTheUnits() {
        assertEquals(parts("0.18", "0.27", "0.55"), split("1.00", 2, 2, 3, 6));
    }

    @Test
    void negativeAmount_isSplitAsItsAmountWouldBe() {
        assertEquals(parts("-0.34", "-0.33", "-0.33"), split("-1", 2, 1, 1, 1));
    }

    @Test
    void zeroWeight_getsNothing() {
        assertEquals(parts("0.01", "0.00"), split("0.01", 2, 1, 0));
    }

    @Test
    void amountWithMorePlaces_isRefused() {
        assertThrows(ArithmeticException.class, () -> split("0.001", 2, 1));
    }

    @Test
    void noWeight_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> split("1", 2, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> split("1", 2, 2, -1));
    }

    @Test
    void anyAmountAndWeights_sumExactlyAndStayWithinAUnitOfTheShare() {
        long seed = 20_261_121;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            List<BigInteger> weights = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(40); i++) {
                weights.add(BigInteger.valueOf(random.nextInt(1_000_000_000)));
            }
            weights.add(BigInteger.ONE);
            BigDecimal amount = new BigDecimal(BigInteger.valueOf(random.nextLong() / 1_000), 8);

            List<BigDecimal> split = LargestRemainder.split(amount, weights, 8);

            assertEquals(amount, split.stream().reduce(BigDecimal.ZERO.setScale(8), BigDecimal::add));
            BigInteger sum = weights.stream().reduce(BigInteger.ZERO, BigInteger::add);
            for (int i = 0; i < split.size(); i++) {
                BigInteger off = split.get(i)
                        .unscaledValue()
                        .multiply(sum)
                        .subtract(amount.unscaledValue().multiply(weights.get(i)));
                assertTrue(off.abs().compareTo(sum) < 0, "a part is a unit or more off its share");
            }
        }
    }
}
