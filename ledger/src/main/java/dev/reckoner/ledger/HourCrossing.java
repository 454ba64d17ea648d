package dev.reckoner.ledger;

import java.time.Instant;

/**
 * A key and a model that had an exchange which began in one hour and ended in another.
 *
 * @param keyHint of the key, empty without one
 * @param model as rated
 * @param booked start of the hour it is booked in
 * @param other start of the hour of its other instant
 */
public record HourCrossing(String keyHint, String model, Instant booked, Instant other) {}
