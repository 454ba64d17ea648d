package dev.reckoner.simulator;

import java.util.SplittableRandom;

/** Ids in the vendor's shapes, a pure function of seed and number. */
final class Ids {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private final long seed;

    Ids(long seed) {
        this.seed = seed;
    }

    String request(long ordinal) {
        return "req_011" + base62(random(1, ordinal), 21);
    }

    String message(long ordinal) {
        return "msg_01" + base62(random(2, ordinal), 22);
    }

    String batch(long ordinal) {
        return "msgbatch_01" + base62(random(3, ordinal), 22);
    }

    /** The message of one item of a batch. */
    String item(long ordinal, int index) {
        return "msg_01" + base62(new SplittableRandom(((seed * 5 + ordinal) << 20) + index), 22);
    }

    private SplittableRandom random(long kind, long ordinal) {
        return new SplittableRandom(((seed * 3 + kind) << 40) + ordinal);
    }

    static String base62(SplittableRandom random, int length) {
        StringBuilder out = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            out.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        return out.toString();
    }
}
