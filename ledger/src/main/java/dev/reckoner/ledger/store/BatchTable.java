package dev.reckoner.ledger.store;

import dev.reckoner.ledger.BatchItem;
import dev.reckoner.ledger.BatchRecord;
import dev.reckoner.ledger.BatchRow;
import dev.reckoner.ledger.BatchState;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.ExchangeId;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code batches}: the last known state of each batch, and how many of its items are booked. */
public final class BatchTable {
    /** Columns of a whole row, for an alias {@code b}. */
    public static final String COLUMNS = "b." + columns().replace(", ", ", b.") + ", b.items_booked";

    // index: primary key
    private static final String SELECT_REVISIONS =
            "select b.batch_id, b.revision from batches b where b.batch_id = any(?)";

    private static final String INSERT = "insert into batches (" + columns() + ", items_booked) values ("
            + columns().replaceAll("\\w+", "?") + ", 0)";

    // index: primary key
    private static final String UPDATE =
            "update batches set " + columns().replaceAll("(\\w+)", "$1 = ?") + " where batch_id = ?";

    // index: primary key
    private static final String COUNT = "update batches set items_booked = items_booked + ? where batch_id = ?";

    // index: batches_seen
    private static final String SELECT_LATEST =
            "select " + COLUMNS + " from batches b order by b.seen_at desc, b.batch_id desc limit ?";

    private BatchTable() {}

    /** Reads the rows that a query selected by {@link #COLUMNS}; their amounts are not in them. */
    public static List<BatchRow> select(PreparedStatement query) throws SQLException {
        List<BatchRow> rows = new ArrayList<>();
        try (ResultSet result = query.executeQuery()) {
            RowReader in = new RowReader(result);
            while (in.next()) {
                rows.add(new BatchRow(batch(in), in.longOrZero(), BigDecimal.ZERO));
            }
        }
        return rows;
    }

    /** The batches heard of last, at most so many, the longest known first. */
    static List<BatchRecord> latest(Connection connection, int max) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SELECT_LATEST)) {
            query.setInt(1, max);
            List<BatchRecord> records = new ArrayList<>();
            for (BatchRow row : select(query)) {
                records.add(0, row.batch());
            }
            return records;
        }
    }

    /** Inserts batches, or puts them in the place of earlier states; later states stay. */
    static void put(Connection connection, Collection<BatchRecord> batches) throws SQLException {
        if (batches.isEmpty()) {
            return;
        }
        Map<String, Long> stored = revisions(connection, batches);
        try (PreparedStatement insert = connection.prepareStatement(INSERT);
                PreparedStatement update = connection.prepareStatement(UPDATE)) {
            for (BatchRecord batch : batches) {
                Long revision = stored.get(batch.id());
                if (revision == null) {
                    write(new RowWriter(insert).row(), batch).add();
                } else if (revision < batch.revision()) {
                    write(new RowWriter(update).row(), batch).text(batch.id()).add();
                }
            }
            insert.executeBatch();
            update.executeBatch();
        }
    }

    /** Counts newly booked entries of items under their batches. */
    static void count(Connection connection, Collection<Entry> entries) throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        for (Entry entry : entries) {
            BatchItem item = entry.closing().opening().item();
            if (item != null) {
                counts.merge(item.batchId(), 1L, Long::sum);
            }
        }
        if (counts.isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement(COUNT)) {
            RowWriter out = new RowWriter(update);
            for (Map.Entry<String, Long> count : counts.entrySet()) {
                out.row().number(count.getValue()).text(count.getKey()).add();
            }
            update.executeBatch();
        }
    }

    private static Map<String, Long> revisions(Connection connection, Collection<BatchRecord> batches)
            throws SQLException {
        Set<String> ids = new LinkedHashSet<>();
        batches.forEach(batch -> ids.add(batch.id()));
        Map<String, Long> revisions = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(SELECT_REVISIONS)) {
            query.setArray(1, connection.createArrayOf("varchar", ids.toArray()));
            try (ResultSet result = query.executeQuery()) {
                RowReader in = new RowReader(result);
                while (in.next()) {
                    revisions.put(in.textOrEmpty(), in.longOrZero());
                }
            }
        }
        return revisions;
    }

    private static String columns() {
        return "batch_id, revision, created_by, workspace_id, processing_status, created_at, ended_at, expires_at,"
                + " processing, succeeded, errored, canceled, expired, seen_at, collected_at, "
                + AttributionColumns.NAMES;
    }

    private static RowWriter write(RowWriter out, BatchRecord batch) throws SQLException {
        ExchangeId createdBy = batch.createdBy();
        BatchState state = batch.state();
        out.text(batch.id())
                .number(batch.revision())
                .uuidOrNull(createdBy == null ? null : createdBy.value())
                .text(batch.workspaceId())
                .text(state.status())
                .instant(state.createdAt())
                .instant(state.endedAt())
                .instant(state.expiresAt());
        write(out, state.counts());
        out.instant(batch.seenAt()).instant(batch.collectedAt());
        AttributionColumns.write(out, batch.creator());
        return out;
    }

    private static void write(RowWriter out, BatchState.@Nullable Counts counts) throws SQLException {
        out.number(counts == null ? null : counts.processing())
                .number(counts == null ? null : counts.succeeded())
                .number(counts == null ? null : counts.errored())
                .number(counts == null ? null : counts.canceled())
                .number(counts == null ? null : counts.expired());
    }

    private static BatchRecord batch(RowReader in) throws SQLException {
        String id = in.textOrEmpty();
        long revision = in.longOrZero();
        UUID createdBy = in.uuidOrNull();
        String workspaceId = in.text();
        BatchState state =
                new BatchState(in.text(), in.instantOrNull(), in.instantOrNull(), in.instantOrNull(), counts(in));
        Instant seenAt = in.instant();
        Instant collectedAt = in.instantOrNull();
        return new BatchRecord(
                id,
                revision,
                createdBy == null ? null : new ExchangeId(createdBy),
                AttributionColumns.read(in),
                workspaceId,
                state,
                seenAt,
                collectedAt);
    }

    private static BatchState.@Nullable Counts counts(RowReader in) throws SQLException {
        Long processing = in.number();
        Long succeeded = in.number();
        Long errored = in.number();
        Long canceled = in.number();
        Long expired = in.number();
        if (processing == null || succeeded == null || errored == null || canceled == null || expired == null) {
            return null;
        }
        return new BatchState.Counts(processing, succeeded, errored, canceled, expired);
    }
}
