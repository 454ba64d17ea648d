/**
 * Measures what the product costs: micro benchmarks ({@code .micro}) and whole exchanges beside nginx ({@code .relay}).
 * Bodies that all of them use are made here. Open {@link dev.reckoner.bench.Bodies}.
 */
@NullMarked
package dev.reckoner.bench;

import org.jspecify.annotations.NullMarked;
