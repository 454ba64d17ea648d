/**
 * What was used, from the vendor's JSON: usage objects are read defensively and merged by the SDK's rule. Open
 * {@link dev.reckoner.ledger.usage.UsageReader}.
 */
@NullMarked
package dev.reckoner.ledger.usage;

import org.jspecify.annotations.NullMarked;
