package dev.reckoner.simulator.admin;

import java.time.Instant;

/** One bucket of one set of terms. */
record Cell(Instant from, Terms terms) {}
