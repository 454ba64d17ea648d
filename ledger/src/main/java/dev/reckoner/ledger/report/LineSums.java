package dev.reckoner.ledger.report;

import dev.reckoner.ledger.TokenType;
import dev.reckoner.ledger.store.CorrectionTable;
import dev.reckoner.ledger.store.EntryTable;
import dev.reckoner.ledger.store.LineTable;
import dev.reckoner.ledger.store.Tally;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Entries and lines brought into the shape of rollups: a row per entry that counts the exchange, and a row per line that
 * carries its quantity and amount. Metered routes only. A corrected exchange counts once, as it stands now; the lines of
 * all its revisions add up to what it costs, for each correction reverses those of the entry it replaces.
 */
final class LineSums {
    /** How many times {@link #SQL} asks for a range of {@code booked_at}: two parameters each. */
    static final int RANGES = 2;

    private static final String IN_RANGE = " where e.booked_at >= ? and e.booked_at < ? and " + EntryTable.METERED;

    /** Columns: booked_at, dims_id, those of {@link Tally#columns}, first_at, last_at. */
    static final String SQL = "select e.booked_at as booked_at, e.dims_id as dims_id, 1 as exchanges,"
            + " case when e.outcome = 'OK_UPSTREAM_COMPLETE' then 0 else 1 end as failed,"
            + " case when e.rating_status = 'PENDING' then 1 else 0 end as pending,"
            + " case when e.estimated then 1 else 0 end as estimated, "
            + each(type -> "0 as " + Tally.quantityColumn(type)) + ", "
            + each(type -> "cast(0 as numeric(38, 18)) as " + Tally.amountColumn(type))
            + ", e.booked_at as first_at, e.booked_at as last_at from entries e" + IN_RANGE + " and "
            + CorrectionTable.LATEST
            + " union all select e.booked_at, l.dims_id, 0, 0, 0, 0, "
            + each(type -> "case when l.token_type = '" + type + "' then l.quantity else 0 end") + ", "
            + each(type -> "case when l.token_type = '" + type + "' then coalesce(l.amount, 0) else 0 end")
            + ", e.booked_at, e.booked_at from entries e join lines l on " + LineTable.OF_ENTRY + IN_RANGE;

    private LineSums() {}

    private static String each(Function<TokenType, String> column) {
        return Arrays.stream(TokenType.values()).map(column).collect(Collectors.joining(", "));
    }
}
