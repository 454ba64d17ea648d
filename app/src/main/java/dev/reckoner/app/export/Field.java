package dev.reckoner.app.export;

import dev.reckoner.app.export.parquet.ColumnType;
import org.jspecify.annotations.Nullable;

/**
 * A column of an exported table.
 *
 * @param value where a row has it: a String, Long, BigDecimal, Instant or Boolean, as the type says, or null
 */
record Field<R>(String name, ColumnType type, Value<R> value) {

    /** Takes a column's value from a row. */
    @FunctionalInterface
    interface Value<R> {
        /** The value. */
        @Nullable
        Object of(R row);
    }
}
