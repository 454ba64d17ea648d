package dev.reckoner.simulator.admin;

import java.math.BigDecimal;
import java.time.Instant;

/** Hours that are charged for and that no response shows. */
record Time(Instant at, Terms terms, CostType costType, BigDecimal hours) {}
