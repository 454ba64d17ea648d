package dev.reckoner.ledger.store;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Fills a statement's parameters from left to right, so that code reads in the order of the columns. */
final class RowWriter {
    private final PreparedStatement statement;
    private int column;

    RowWriter(PreparedStatement statement) {
        this.statement = statement;
    }

    /** Starts over with the first parameter. */
    RowWriter row() {
        column = 0;
        return this;
    }

    RowWriter text(@Nullable String value) throws SQLException {
        column++;
        if (value == null) {
            statement.setNull(column, Types.VARCHAR);
        } else {
            statement.setString(column, StorableText.of(value));
        }
        return this;
    }

    RowWriter word(@Nullable Enum<?> value) throws SQLException {
        return text(value == null ? null : value.name());
    }

    RowWriter number(@Nullable Long value) throws SQLException {
        column++;
        if (value == null) {
            statement.setNull(column, Types.BIGINT);
        } else {
            statement.setLong(column, value);
        }
        return this;
    }

    RowWriter count(int value) throws SQLException {
        statement.setInt(++column, value);
        return this;
    }

    RowWriter flag(@Nullable Boolean value) throws SQLException {
        column++;
        if (value == null) {
            statement.setNull(column, Types.BOOLEAN);
        } else {
            statement.setBoolean(column, value);
        }
        return this;
    }

    RowWriter instant(@Nullable Instant value) throws SQLException {
        return number(value == null ? null : Nanos.of(value));
    }

    RowWriter money(@Nullable BigDecimal value) throws SQLException {
        column++;
        if (value == null) {
            statement.setNull(column, Types.NUMERIC);
        } else {
            statement.setBigDecimal(column, value);
        }
        return this;
    }

    RowWriter uuid(UUID value) throws SQLException {
        statement.setObject(++column, value);
        return this;
    }

    RowWriter uuidOrNull(@Nullable UUID value) throws SQLException {
        column++;
        if (value == null) {
            statement.setNull(column, Types.OTHER);
        } else {
            statement.setObject(column, value);
        }
        return this;
    }

    void add() throws SQLException {
        statement.addBatch();
    }
}
