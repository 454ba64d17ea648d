package dev.reckoner.proxy.record;

import java.time.Clock;
import java.util.concurrent.atomic.LongAdder;

/**
 * What all exchanges share.
 *
 * @param clock the clock of all instants in the books
 * @param finished counts those that have come to their end
 */
record Shared(Clock clock, Seldom warnings, LongAdder finished) {}
