/**
 * Limits: what may be spent and asked for, by whom, in what time. Open {@link dev.reckoner.ledger.limit.Admission}
 * first.
 */
@NullMarked
package dev.reckoner.ledger.limit;

import org.jspecify.annotations.NullMarked;
