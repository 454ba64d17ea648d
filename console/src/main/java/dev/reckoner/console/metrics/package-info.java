/**
 * What monitoring asks for: counts of what is booked, and how the server stands, in Prometheus' text formats. Here and
 * nowhere else money becomes binary floating point. Open {@link dev.reckoner.console.metrics.Metrics}.
 */
@NullMarked
package dev.reckoner.console.metrics;

import org.jspecify.annotations.NullMarked;
