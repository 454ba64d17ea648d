package dev.reckoner.ledger.report;

import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.TokenCounts;
import dev.reckoner.ledger.insight.ExchangeFact;
import dev.reckoner.ledger.insight.ExchangeSource;
import dev.reckoner.ledger.store.CorrectionTable;
import dev.reckoner.ledger.store.Dims;
import dev.reckoner.ledger.store.EntryTable;
import dev.reckoner.ledger.store.Nanos;
import dev.reckoner.ledger.store.RowReader;
import dev.reckoner.ledger.store.Store;
import dev.reckoner.ledger.store.Tuples;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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

    // index: entries_booked; primary key of corrections
    private static final String SELECT = "select e.dims_id, e.started_at, e.booked_at, e.outcome, " + STREAMED
            + ", e.input_tokens, e.output_tokens, e.cache_creation_input_tokens, e.cache_read_input_tokens,"
            + " e.ephemeral_5m_input_tokens, e.ephemeral_1h_input_tokens, coalesce(e.web_search_requests, 0), e.amount"
            + " from entries e where e.booked_at >= ? and e.booked_at < ? and "
            + EntryTable.METERED + " and " + CorrectionTable.LATEST;

    private static final String ORDER = " order by e.booked_at, e.entry_id";
    private static final int ROWS_FETCHED = 1_000;

    private final Store store;

    /** Exchanges of that store. */
    public ExchangeScan(Store store) {
        this.store = store;
    }

    @Override
    public void read(Instant from, Instant until, Map<Dimension, List<String>> where, Consumer<ExchangeFact> to) {
        TupleFilter filter = TupleFilter.of(where);
        store.readSnapshot(connection -> {
            try (Tuples.Lookup tuples = store.tuples().over(connection)) {
                read(connection, from, until, id -> filter.takes(tuples.of(id)) ? tuples.of(id) : null, to);
            }
            return 0;
        });
    }

    /** Finds a tuple; null for one that the question isn't about. */
    @FunctionalInterface
    private interface Finder {
        @Nullable
        Dims find(UUID id) throws SQLException;
    }

    private static void read(
            Connection connection, Instant from, Instant until, Finder tuples, Consumer<ExchangeFact> to)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SELECT + ORDER)) {
            query.setFetchSize(ROWS_FETCHED);
            query.setLong(1, Nanos.of(from));
            query.setLong(2, Nanos.of(until));
            try (ResultSet result = query.executeQuery()) {
                RowReader in = new RowReader(result);
                while (in.next()) {
                    Dims tuple = tuples.find(in.uuid());
                    if (tuple != null) {
                        to.accept(fact(tuple, in));
                    }
                }
            }
        }
    }

    private static ExchangeFact fact(Dims tuple, RowReader in) throws SQLException {
        Instant startedAt = in.instant();
        Instant bookedAt = in.instant();
        Outcome outcome = in.word(Outcome.class);
        Boolean streamed = in.flag();
        Map<Dimension, String> group = new EnumMap<>(Dimension.class);
        for (Dimension dimension : GROUP) {
            group.put(dimension, tuple.of(dimension));
        }
        TokenCounts tokens =
                new TokenCounts(in.number(), in.number(), in.number(), in.number(), in.number(), in.number());
        return new ExchangeFact(
                startedAt, bookedAt, outcome, streamed, group, tokens, in.longOrZero(), in.moneyOrZero());
    }
}
