package dev.reckoner.ledger.report;

import dev.reckoner.ledger.DetailQuery;
import dev.reckoner.ledger.Details;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.LineDetail;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.ledger.store.CorrectionTable;
import dev.reckoner.ledger.store.EntryTable;
import dev.reckoner.ledger.store.LineTable;
import dev.reckoner.ledger.store.Nanos;
import dev.reckoner.ledger.store.RowReader;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Sums over lines by how far each can be relied on, of the exchanges as they stand after their corrections. Reads line
 * by line: for days, not for years.
 */
final class DetailSums {

    private static final List<Dimension> GROUP = List.of(
            Dimension.WORKSPACE,
            Dimension.KEY,
            Dimension.MODEL,
            Dimension.SERVICE_TIER,
            Dimension.CONTEXT_WINDOW,
            Dimension.INFERENCE_GEO,
            Dimension.SPEED);

    private static final String DAY = String.valueOf(Duration.ofDays(1).toNanos());

    // a charge says of itself whether its input or its output is estimated; see Charge.estimates
    private static final String ESTIMATED = "e.estimated and l.token_type ="
            + " case when e.estimate_method like 'request\\_%' escape '\\' then 'INPUT' else 'OUTPUT' end";

    private static final String KIND = "case when l.amount is null then 'PENDING' when l.factor = 0 then 'WAIVED'"
            + " when " + ESTIMATED + " and e.outcome = 'FAILED_LOCAL_INTERRUPTED' then 'INTERRUPTED'"
            + " when " + ESTIMATED + " then 'ESTIMATED' else 'EXACT' end";

    private static final String OTHER_DAY =
            "(case when e.booked_at = e.started_at then e.ended_at else e.started_at end) / " + DAY;

    private static final String BOOKED =
            " where e.booked_at >= ? and e.booked_at < ? and " + EntryTable.METERED + " and " + CorrectionTable.LATEST;

    // index: entries_booked; primary keys of lines and dims
    private static final String LINES = "select "
            + GROUP.stream().map(DimensionSql::group).collect(Collectors.joining(", "))
            + ", l.token_type, " + KIND + ", " + OTHER_DAY + ", e.booked_at / " + DAY
            + ", sum(l.quantity), sum(coalesce(l.amount, 0)) from entries e join lines l on " + LineTable.OWN_OF_ENTRY
            + " join dims d on d.dims_id = l.dims_id" + BOOKED + " group by "
            + GROUP.stream().map(DimensionSql::group).collect(Collectors.joining(", "))
            + ", l.token_type, " + KIND + ", " + OTHER_DAY + ", e.booked_at / " + DAY;

    // index: entries_booked; primary key of dims
    private static final String LOST = "select distinct " + DimensionSql.group(Dimension.KEY)
            + " from entries e join dims d on d.dims_id = e.dims_id" + BOOKED
            + " and e.outcome = 'FAILED_LOCAL_INTERRUPTED' and not e.usage_seen";

    private DetailSums() {}

    static Details sum(Connection connection, DetailQuery query) throws SQLException {
        List<LineDetail> lines = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(LINES)) {
            bind(statement, query);
            try (ResultSet result = statement.executeQuery()) {
                RowReader in = new RowReader(result);
                while (in.next()) {
                    lines.add(line(in));
                }
            }
        }
        List<String> lost = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(LOST)) {
            bind(statement, query);
            try (ResultSet result = statement.executeQuery()) {
                RowReader in = new RowReader(result);
                while (in.next()) {
                    lost.add(in.textOrEmpty());
                }
            }
        }
        return new Details(lines, lost);
    }

    private static void bind(PreparedStatement statement, DetailQuery query) throws SQLException {
        statement.setLong(1, Nanos.of(Nanos.clamp(query.from())));
        statement.setLong(2, Nanos.of(Nanos.clamp(query.until())));
    }

    private static LineDetail line(RowReader in) throws SQLException {
        Map<Dimension, String> group = new EnumMap<>(Dimension.class);
        for (Dimension dimension : GROUP) {
            group.put(dimension, in.textOrEmpty());
        }
        TokenType type = in.word(TokenType.class);
        LineDetail.Kind kind = in.word(LineDetail.Kind.class);
        long other = in.longOrZero();
        Instant otherDay = other == in.longOrZero() ? null : Instant.EPOCH.plus(Duration.ofDays(other));
        long quantity = in.longOrZero();
        BigDecimal amount = in.moneyOrZero();
        return new LineDetail(group, type, kind, otherDay, quantity, amount);
    }
}
