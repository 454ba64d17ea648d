package dev.reckoner.ledger.store;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads a result's columns from left to right: the mirror of {@link RowWriter}. */
public final class RowReader {
    private final ResultSet result;
    private int column;

    /** Reads that result, row by row. */
    public RowReader(ResultSet result) {
        this.result = result;
    }

    /** Moves on to the first column of the next row; false behind the last one. */
    public boolean next() throws SQLException {
        column = 0;
        return result.next();
    }

    /** Passes over columns. */
    public void skip(int columns) {
        column += columns;
    }

    /** The next column as text. */
    public @Nullable String text() throws SQLException {
        return result.getString(++column);
    }

    /** The next column as text, "" where it is null. */
    public String textOrEmpty() throws SQLException {
        String text = text();
        return text == null ? "" : text;
    }

    /** The next column as one of the words of an enum. */
    public <E extends Enum<E>> E word(Class<E> type) throws SQLException {
        return Enum.valueOf(type, textOrEmpty());
    }

    /** The next column as a whole number, null where it is null. */
    public @Nullable Long number() throws SQLException {
        long value = result.getLong(++column);
        return result.wasNull() ? null : value;
    }

    /** The next column as a whole number, 0 where it is null. */
    public long longOrZero() throws SQLException {
        return result.getLong(++column);
    }

    /** The next column as a small whole number, 0 where it is null. */
    public int count() throws SQLException {
        return result.getInt(++column);
    }

    /** The next column as a truth value, null where it is null. */
    public @Nullable Boolean flag() throws SQLException {
        boolean value = result.getBoolean(++column);
        return result.wasNull() ? null : value;
    }

    /** The next column as a truth value, false where it is null. */
    public boolean isTrue() throws SQLException {
        return result.getBoolean(++column);
    }

    /** The next column as an instant, null where it is null. */
    public @Nullable Instant instantOrNull() throws SQLException {
        Long nanos = number();
        return nanos == null ? null : Nanos.toInstant(nanos);
    }

    /** The next column as an instant, 1970 where it is null. */
    public Instant instant() throws SQLException {
        return Nanos.toInstant(longOrZero());
    }

    /** The next column as money, null where it is null. */
    public @Nullable BigDecimal money() throws SQLException {
        return result.getBigDecimal(++column);
    }

    /** The next column as money, 0 where it is null. */
    public BigDecimal moneyOrZero() throws SQLException {
        BigDecimal money = money();
        return money == null ? BigDecimal.ZERO : money;
    }

    /** The next column as an id, null where it is null. */
    public @Nullable UUID uuidOrNull() throws SQLException {
        return result.getObject(++column, UUID.class);
    }

    /** The next column as an id. */
    public UUID uuid() throws SQLException {
        return result.getObject(++column, UUID.class);
    }
}
