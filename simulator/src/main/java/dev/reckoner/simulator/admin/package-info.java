/**
 * The simulator's side of the vendor's Admin API: usage and cost reports from its own receipts by its own billing code,
 * listings, and every difference that a bill can have from a ledger, on demand (api-facts §4, §6).
 * Open {@link dev.reckoner.simulator.admin.Admin} first, then {@link dev.reckoner.simulator.admin.Tariff}.
 */
@NullMarked
package dev.reckoner.simulator.admin;

import org.jspecify.annotations.NullMarked;
