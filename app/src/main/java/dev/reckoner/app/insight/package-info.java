/**
 * What would have been cheaper, and whether caching pays, on the command line. Open
 * {@link dev.reckoner.app.insight.InsightsCommand} first.
 */
@NullMarked
package dev.reckoner.app.insight;

import org.jspecify.annotations.NullMarked;
