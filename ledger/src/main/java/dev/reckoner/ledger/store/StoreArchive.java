package dev.reckoner.ledger.store;

import dev.reckoner.ledger.Archive;
import dev.reckoner.ledger.Document;
import dev.reckoner.ledger.LedgerException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table {@code documents}. Each document is a transaction of its own, durable when it is kept. */
public final class StoreArchive implements Archive {

    private static final String TAKE = "update sequences set taken = taken + 1 where name = 'documents'";
    private static final String INSERT = "insert into documents (document_id, kind, name, kept_at, body)"
            + " select taken, ?, ?, ?, ? from sequences where name = 'documents'";
    // index: documents_name
    private static final String FIND = "select kind, name, kept_at, body from documents where kind = ? and name = ?"
            + " order by document_id desc limit 1";
    // index: documents_name
    private static final String LIST =
            "select kind, name, kept_at, '' from documents where kind = ?" + " order by document_id desc limit ?";

    private final Store store;
    private final Clock clock;

    public StoreArchive(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public void keep(String kind, String name, String body) {
        Instant now = clock.instant();
        try {
            store.write(connection -> {
                try (PreparedStatement take = connection.prepareStatement(TAKE);
                        PreparedStatement insert = connection.prepareStatement(INSERT)) {
                    take.executeUpdate();
                    new RowWriter(insert)
                            .row()
                            .text(kind)
                            .text(name)
                            .instant(now)
                            .text(body);
                    return insert.executeUpdate();
                }
            });
            store.sync();
        } catch (SQLException e) {
            throw new LedgerException("the " + kind + " " + name + " can't be kept: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<Document> find(String kind, String name) {
        return store.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement(FIND)) {
                new RowWriter(query).row().text(kind).text(name);
                return documents(query).stream().findFirst();
            }
        });
    }

    @Override
    public List<Document> list(String kind, int limit) {
        return store.read(connection -> listed(connection, kind, limit));
    }

    private static List<Document> listed(Connection connection, String kind, int limit) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(LIST)) {
            new RowWriter(query).row().text(kind).count(limit);
            return documents(query);
        }
    }

    private static List<Document> documents(PreparedStatement query) throws SQLException {
        List<Document> documents = new ArrayList<>();
        try (ResultSet result = query.executeQuery()) {
            RowReader in = new RowReader(result);
            while (in.next()) {
                documents.add(new Document(in.textOrEmpty(), in.textOrEmpty(), in.instant(), in.textOrEmpty()));
            }
        }
        return documents;
    }
}
