/**
 * The vendor's usage and cost reports, answered from our books: parameters, buckets, paging and cents as in the Admin
 * API (api-facts §4.1, §4.2), with the user dimension that it lacks. Open
 * {@link dev.reckoner.console.vendor.UsageReport} first.
 */
@NullMarked
package dev.reckoner.console.vendor;

import org.jspecify.annotations.NullMarked;
