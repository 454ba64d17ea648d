/**
 * Micro benchmarks of the parts that every exchange passes: taps, head checks, rater, journal. Run by JMH through
 * {@code bench/run micro}. Open {@link dev.reckoner.bench.micro.TapBench}.
 */
@NullMarked
package dev.reckoner.bench.micro;

import org.jspecify.annotations.NullMarked;
