package dev.reckoner.ledger.report;

import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.TokenCounts;
import dev.reckoner.ledger.insight.ExchangeFact;
import dev.reckoner.ledger.insight.ExchangeSource;
import dev.reckoner.ledger.store.CorrectionTable;
import dev.reckoner.ledger.store.EntryTable;
import dev.reckoner.ledger.store.Nanos;
import dev.reckoner.ledger.store.RowReader;
import dev.reckoner.ledger.store.Store;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Metered exchanges one by one, without their lines, as they stand after their corrections. */
public final class ExchangeScan implements ExchangeSource {
    private static final List<Dimension> GROUP = List.of(
            Dimension.USER,
            Dimension.PROJECT,
            Dimension.SESSION,
            Dimension.KEY,
            Dimension.MODEL,
            Dimension.SERVICE_TIER,
            Dimension.SPEED,
            Dimension.INFERENCE_GEO);

    // a body that was read and doesn't say asks for no stream
    private static final String STREAMED =
            "case when e.asked_stream is null and e.asked_model is not null then false else e.asked_stream end";

    // index: entries_booked; primary keys of dims and corrections
    private static final String SELECT = "select e.started_at, e.booked_at, e.outcome, " + STREAMED + ", "
            + GROUP.stream().map(DimensionSql::group).collect(Collectors.joining(", "))
            + ", e.input_tokens, e.output_tokens, e.cache_creation_input_tokens, e.cache_read_input_tokens,"
            + " e.ephemeral_5m_input_tokens, e.ephemeral_1h_input_tokens, coalesce(e.web_search_requests, 0), e.amount"
            + " from entries e join dims d on d.dims_id = e.dims_id where e.booked_at >= ? and e.booked_at < ? and "
            + EntryTable.METERED + " and " + CorrectionTable.LATEST + " and ";

    private static final String ORDER = " order by e.booked_at, e.entry_id";
    private static final int ROWS_FETCHED = 1_000;

    private final Store store;

    /** Exchanges of that store. */
    public ExchangeScan(Store store) {
        this.store = store;
    }

    @Override
    public void read(Instant from, Instant until, Map<Dimension, List<String>> where, Consumer<ExchangeFact> to) {
        DimensionSql.Filter filter = DimensionSql.filter(where);
        store.readSnapshot(connection -> {
            read(connection, from, until, filter, to);
            return 0;
        });
    }

    private static void read(
            Connection connection, Instant from, Instant until, DimensionSql.Filter filter, Consumer<ExchangeFact> to)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SELECT + filter.condition() + ORDER)) {
            query.setFetchSize(ROWS_FETCHED);
            int parameter = 1;
            query.setLong(parameter++, Nanos.of(from));
            query.setLong(parameter++, Nanos.of(until));
            for (String value : filter.parameters()) {
                query.setString(parameter++, value);
            }
            try (ResultSet result = query.executeQuery()) {
                RowReader in = new RowReader(result);
                while (in.next()) {
                    to.accept(fact(in));
                }
            }
        }
    }

    private static ExchangeFact fact(RowReader in) throws SQLException {
        Instant startedAt = in.instant();
        Instant bookedAt = in.instant();
        Outcome outcome = in.word(Outcome.class);
        Boolean streamed = in.flag();
        Map<Dimension, String> group = new EnumMap<>(Dimension.class);
        for (Dimension dimension : GROUP) {
            group.put(dimension, in.textOrEmpty());
        }
        TokenCounts tokens =
                new TokenCounts(in.number(), in.number(), in.number(), in.number(), in.number(), in.number());
        return new ExchangeFact(
                startedAt, bookedAt, outcome, streamed, group, tokens, in.longOrZero(), in.moneyOrZero());
    }
}
