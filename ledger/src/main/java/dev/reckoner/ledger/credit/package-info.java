/**
 * Prepaid credits: what the operator says of them, and what should be left by the books. Open
 * {@link dev.reckoner.ledger.credit.CreditStatement} first.
 */
@NullMarked
package dev.reckoner.ledger.credit;

import org.jspecify.annotations.NullMarked;
