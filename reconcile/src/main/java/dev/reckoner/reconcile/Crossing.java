package dev.reckoner.reconcile;

import java.time.LocalDate;

/**
 * What an exchange that began on one day and ended on another adds to the cell it was booked in.
 *
 * @param line the line as booked; its amount and quantity are those of the exchanges that cross
 * @param other the day of the instant that it was not booked by
 */
public record Crossing(LedgerLine line, LocalDate other) {}
