/**
 * Parquet files, as far as an export needs them: flat, plain, gzipped. Open
 * {@link dev.reckoner.app.export.parquet.ParquetFile} first.
 */
@NullMarked
package dev.reckoner.app.export.parquet;

import org.jspecify.annotations.NullMarked;
