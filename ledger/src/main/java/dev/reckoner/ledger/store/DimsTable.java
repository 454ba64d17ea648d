package dev.reckoner.ledger.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * The table {@code dims}: every tuple once, with its tags beside it; and {@code dims_days}, those without session once more.
 * Confined to the applier's thread.
 */
public final class DimsTable {
    /** Tuples remembered as stored; one that was forgotten is only inserted in vain. */
    static final int REMEMBERED_MAX = 20_000;

    static final String VALUES = "user_name, team, project, session_id, tags, key_hash, key_hint, workspace_id,"
            + " model, service_tier, speed, inference_geo, context_window, virtual_key";

    private static final String INTO =
            " (dims_id, " + VALUES + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing";

    private static final String INSERT = "insert into dims" + INTO;

    private static final String INSERT_OF_DAYS = "insert into dims_days" + INTO;

    private static final String INSERT_TAG =
            "insert into dims_tags (dims_id, tag) values (?, ?) on conflict do nothing";

    private static final List<String> TABLES = List.of("dims", "dims_days");

    private final Cache<Dims, UUID> stored;
    private final Tuples byId = new Tuples(0);

    DimsTable() {
        this(REMEMBERED_MAX);
    }

    DimsTable(int rememberedMax) {
        stored = Caffeine.newBuilder().maximumSize(rememberedMax).build();
    }

    /** Tables and ids of the tuples whose values are not those that the id was made of. */
    public static List<String> misnamed(Connection connection) throws SQLException {
        List<String> misnamed = new ArrayList<>();
        for (String table : TABLES) {
            // whole table
            String sql = "select dims_id, " + VALUES + " from " + table;
            try (PreparedStatement query = connection.prepareStatement(sql);
                    ResultSet result = query.executeQuery()) {
                RowReader in = new RowReader(result);
                while (in.next()) {
                    UUID id = in.uuid();
                    if (!id.equals(dims(in).id())) {
                        misnamed.add(table + " " + id);
                    }
                }
            }
        }
        return misnamed;
    }

    /** The id of a tuple, computed once while it is remembered. */
    UUID identify(Dims dims) {
        UUID id = stored.getIfPresent(dims);
        return id == null ? dims.id() : id;
    }

    /** A tuple by its id. */
    Dims tuple(Connection connection, UUID id) throws SQLException {
        try (Tuples.Lookup lookup = byId.over(connection)) {
            return lookup.of(id);
        }
    }

    boolean isStored(Dims dims) {
        return stored.getIfPresent(dims) != null;
    }

    /** Inserts tuples that may not be there yet. */
    void insert(Connection connection, Collection<Dims> tuples) throws SQLException {
        if (tuples.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT);
                PreparedStatement insertOfDays = connection.prepareStatement(INSERT_OF_DAYS);
                PreparedStatement insertTag = connection.prepareStatement(INSERT_TAG)) {
            RowWriter out = new RowWriter(insert);
            RowWriter outOfDays = new RowWriter(insertOfDays);
            RowWriter outTag = new RowWriter(insertTag);
            for (Dims dims : tuples) {
                UUID id = dims.id();
                add(out, id, dims);
                if (dims.session().isEmpty()) {
                    add(outOfDays, id, dims);
                }
                for (String tag : tags(dims)) {
                    outTag.row().uuid(id).text(tag).add();
                }
            }
            insert.executeBatch();
            insertOfDays.executeBatch();
            insertTag.executeBatch();
        }
    }

    private static void add(RowWriter out, UUID id, Dims dims) throws SQLException {
        out.row().uuid(id);
        for (String part : dims.parts()) {
            out.text(part);
        }
        out.add();
    }

    /** Remembers tuples as stored: only after the commit, so that a rollback leaves nothing to forget. */
    void remember(Collection<Dims> tuples) {
        for (Dims dims : tuples) {
            stored.put(dims, dims.id());
        }
    }

    /** Reads a tuple from its columns, in the order of {@link #VALUES}. */
    static Dims dims(RowReader in) throws SQLException {
        return new Dims(
                in.textOrEmpty(),
                in.textOrEmpty(),
                in.textOrEmpty(),
                in.textOrEmpty(),
                in.textOrEmpty(),
                in.textOrEmpty(),
                in.textOrEmpty(),
                in.textOrEmpty(),
                in.textOrEmpty(),
                in.textOrEmpty(),
                in.textOrEmpty(),
                in.textOrEmpty(),
                in.textOrEmpty(),
                in.textOrEmpty());
    }

    private static List<String> tags(Dims dims) {
        return JsonColumns.texts(dims.tags().isEmpty() ? null : dims.tags());
    }
}
