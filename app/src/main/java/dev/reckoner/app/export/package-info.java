/**
 * The books for other programs: tables of entries, lines and days as CSV, FOCUS and Parquet, and ccusage's JSON. Open
 * {@link dev.reckoner.app.export.ExportCommand} first.
 */
@NullMarked
package dev.reckoner.app.export;

import org.jspecify.annotations.NullMarked;
