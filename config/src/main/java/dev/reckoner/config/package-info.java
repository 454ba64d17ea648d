/**
 * What the operator may say: settings and the dated rate table. Open {@link dev.reckoner.config.Settings} for the
 * shape of the settings and {@link dev.reckoner.config.RateTable} for the prices.
 */
@NullMarked
package dev.reckoner.config;

import org.jspecify.annotations.NullMarked;
