package dev.reckoner.simulator;

import dev.reckoner.simulator.Fault.Kind;
import java.util.SplittableRandom;

/** Gives a share of the requests a fault, a pure function of seed and request number. */
final class RandomFaults implements FaultSource {
    private static final int EVENTS = 14;
    private static final int BYTES = 4000;
    private static final long[] STATUSES = {429, 500, 503, 529};

    private final long seed;
    private final double rate;

    RandomFaults(long seed, double rate) {
        this.seed = seed;
        this.rate = rate;
    }

    @Override
    public Fault choose(long ordinal, String path) {
        SplittableRandom random = new SplittableRandom(seed * 41 + ordinal);
        if (random.nextDouble() >= rate) {
            return Fault.NONE;
        }
        return switch (random.nextInt(11)) {
            case 0, 1 -> Fault.of(Kind.STATUS, STATUSES[random.nextInt(STATUSES.length)]);
            case 2 -> Fault.of(Kind.HTML_ERROR);
            case 3 -> Fault.of(Kind.ERROR_EVENT_AFTER, random.nextInt(EVENTS));
            case 4 -> Fault.of(Kind.RESET_AFTER_EVENTS, random.nextInt(EVENTS));
            case 5 -> Fault.of(Kind.CLOSE_AFTER_EVENTS, random.nextInt(EVENTS));
            case 6 -> Fault.of(Kind.CLOSE_AFTER_BYTES, random.nextInt(BYTES));
            case 7 -> Fault.of(Kind.SHORT_LENGTH);
            case 8 -> Fault.of(Kind.SLOW_HEAD);
            case 9 -> Fault.of(Kind.DRIBBLE);
            default -> Fault.of(Kind.NO_STOP);
        };
    }
}
