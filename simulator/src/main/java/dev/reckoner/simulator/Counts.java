package dev.reckoner.simulator;

/** The billed quantities of one message, in the simulator's own words: five token classes and web searches. */
public record Counts(long input, long cacheWrite5m, long cacheWrite1h, long cacheRead, long output, long searches) {

    /** Nothing at all. */
    public static final Counts ZERO = new Counts(0, 0, 0, 0, 0, 0);

    /** The sum of both, class by class. */
    public Counts plus(Counts other) {
        return new Counts(
                Math.addExact(input, other.input),
                Math.addExact(cacheWrite5m, other.cacheWrite5m),
                Math.addExact(cacheWrite1h, other.cacheWrite1h),
                Math.addExact(cacheRead, other.cacheRead),
                Math.addExact(output, other.output),
                Math.addExact(searches, other.searches));
    }

    /** All tokens of all five classes. */
    public long tokens() {
        return input + cacheWrite5m + cacheWrite1h + cacheRead + output;
    }

    /** All tokens of the prompt, cached or not; this selects the prompt tier. */
    public long prompt() {
        return input + cacheWrite5m + cacheWrite1h + cacheRead;
    }

    Counts withOutput(long tokens) {
        return new Counts(input, cacheWrite5m, cacheWrite1h, cacheRead, tokens, searches);
    }
}
