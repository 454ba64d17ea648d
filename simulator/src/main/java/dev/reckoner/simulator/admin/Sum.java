package dev.reckoner.simulator.admin;

import dev.reckoner.simulator.Counts;

/** Receipts added up. */
record Sum(long requests, Counts counts) {

    Sum plus(Sum other) {
        return new Sum(requests + other.requests, counts.plus(other.counts));
    }
}
