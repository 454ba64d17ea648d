package dev.reckoner.bench.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Medians and ratios by hand-computed values. */
final class SamplesTest {

    @Test
    void median_ofOddAndEvenCounts_isTheMiddle() {
        Samples samples = new Samples();
        samples.add("odd", sample(30));
        samples.add("odd", sample(10));
        samples.add("odd", sample(20));
        samples.add("even", sample(10));
        samples.add("even", sample(20));

        assertEquals(20, samples.median("odd", Sample::cpuMicros));
        assertEquals(15, samples.median("even", Sample::cpuMicros));
    }

    @Test
    void ratio_ofTwoTargets_comparesWithinEachRound() {
        Samples samples = new Samples();
        for (int round = 1; round <= 3; round++) {
            // The machine gets slower from round to round, and so do both: the ratio stays.
            samples.add("ours", sample(20L * round));
            samples.add("nginx", sample(10L * round));
        }

        assertEquals(2, samples.ratio("ours", "nginx", Sample::cpuMicros));
    }

    @Test
    void figures_ofThisProcess_grow() {
        ProcessFigures figures = ProcessFigures.of(ProcessHandle.current());

        assertTrue(figures.residentMib() > 10);
        assertTrue(figures.cpuMicros() > 0);
        assertEquals(0, ProcessFigures.NONE.cpuMicros());
        assertFalse(new Samples().has("nobody"));
    }

    private static Sample sample(long cpuMicros) {
        return new Sample(new Run(1, 1, 1, 1, 1), cpuMicros, cpuMicros, 1);
    }
}
