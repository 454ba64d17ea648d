package dev.reckoner.app.export.parquet;

/** What a column holds, and how that is written. */
public enum ColumnType {
    /** Text in UTF-8. */
    TEXT(6),
    /** A signed whole number of 64 bits. */
    COUNT(2),
    /** An exact decimal of 38 digits, 18 of them behind the point: what the ledger keeps. */
    AMOUNT(7),
    /** An instant in UTC, in microseconds. */
    INSTANT(2),
    /** Yes or no. */
    FLAG(0);

    static final int PRECISION = 38;
    static final int SCALE = 18;
    static final int AMOUNT_BYTES = 16;

    private static final int UTF8 = 0;
    private static final int DECIMAL = 5;
    private static final int TIMESTAMP_MICROS = 10;

    private final int physical;

    ColumnType(int physical) {
        this.physical = physical;
    }

    int physical() {
        return physical;
    }

    /** The column's element of the schema (parquet.thrift, SchemaElement): optional, since any cell may be empty. */
    void describe(Thrift element, String name) {
        element.i32(1, physical);
        if (this == AMOUNT) {
            element.i32(2, AMOUNT_BYTES);
        }
        element.i32(3, 1);
        element.text(4, name);
        switch (this) {
            case TEXT -> {
                element.i32(6, UTF8);
                element.struct(10, logical -> logical.struct(1, ColumnType::empty));
            }
            case AMOUNT -> {
                element.i32(6, DECIMAL);
                element.i32(7, SCALE);
                element.i32(8, PRECISION);
                element.struct(
                        10,
                        logical -> logical.struct(5, decimal -> {
                            decimal.i32(1, SCALE);
                            decimal.i32(2, PRECISION);
                        }));
            }
            case INSTANT -> {
                element.i32(6, TIMESTAMP_MICROS);
                element.struct(
                        10,
                        logical -> logical.struct(8, timestamp -> {
                            timestamp.flag(1, true);
                            timestamp.struct(2, unit -> unit.struct(2, ColumnType::empty));
                        }));
            }
            case COUNT, FLAG -> {
                // their physical types say all
            }
        }
    }

    /** A struct that says all by being there. */
    @SuppressWarnings("unused") // the shape of whoever writes the fields of a struct
    private static void empty(Thrift struct) {}
}
