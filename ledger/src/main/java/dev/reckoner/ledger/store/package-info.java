/**
 * The queryable half of the ledger: schema, tables, and the one thread that moves the journal's frames into them. JDBC
 * lives only here and in the reports. Open {@link dev.reckoner.ledger.store.Applier} first.
 */
@NullMarked
package dev.reckoner.ledger.store;

import org.jspecify.annotations.NullMarked;
