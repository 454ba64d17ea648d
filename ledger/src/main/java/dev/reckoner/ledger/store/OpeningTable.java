package dev.reckoner.ledger.store;

import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.Opening;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.journal.Frame;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The table {@code openings}: what is in flight, each exchange with its last known facts. */
final class OpeningTable {
    // index: primary key
    private static final String SELECT_EXISTING = "select exchange_id from openings where exchange_id = any(?)";

    // whole table, which is only what is in flight
    private static final String SELECT_ALL =
            "select exchange_id, noted, " + FactsWriter.COLUMNS + " from openings order by started_at, exchange_id";

    private static final String INSERT = "insert into openings (exchange_id, noted, " + FactsWriter.COLUMNS
            + ") values (?, ?, " + FactsWriter.COLUMNS.replaceAll("\\w+", "?") + ")";

    // index: primary key
    private static final String DELETE = "delete from openings where exchange_id = ?";

    private OpeningTable() {}

    /** Which of these exchanges are in flight. */
    static Set<ExchangeId> existing(Connection connection, Collection<ExchangeId> ids) throws SQLException {
        return Ids.existing(connection, SELECT_EXISTING, ids);
    }

    /** The last known facts of all exchanges in flight, oldest first. */
    static List<Frame> select(Connection connection) throws SQLException {
        List<Frame> frames = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(SELECT_ALL);
                ResultSet result = query.executeQuery()) {
            RowReader in = new RowReader(result);
            while (in.next()) {
                ExchangeId id = new ExchangeId(in.uuid());
                boolean noted = in.isTrue();
                Closing facts = new FactsReader(in).read(id);
                frames.add(noted ? new Frame.Noted(facts) : new Frame.Opened(facts.opening()));
            }
        }
        return frames;
    }

    static void insert(Connection connection, Collection<Frame> frames) throws SQLException {
        if (frames.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            RowWriter out = new RowWriter(insert);
            FactsWriter facts = new FactsWriter(out);
            for (Frame frame : frames) {
                out.row().uuid(frame.id().value()).flag(frame instanceof Frame.Noted);
                facts.write(facts(frame));
                out.add();
            }
            insert.executeBatch();
        }
    }

    static void delete(Connection connection, Collection<ExchangeId> ids) throws SQLException {
        if (ids.isEmpty()) {
            return;
        }
        try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
            RowWriter out = new RowWriter(delete);
            for (ExchangeId id : ids) {
                out.row().uuid(id.value()).add();
            }
            delete.executeBatch();
        }
    }

    private static Closing facts(Frame frame) {
        if (frame instanceof Frame.Noted noted) {
            return noted.soFar();
        }
        if (frame instanceof Frame.Opened opened) {
            return nothingKnown(opened.opening());
        }
        throw new IllegalArgumentException("An entry is no opening: " + frame.id());
    }

    private static Closing nothingKnown(Opening opening) {
        return new Closing(
                opening,
                opening.startedAt(),
                null,
                0,
                Outcome.FAILED_LOCAL_INTERRUPTED,
                null,
                null,
                null,
                null,
                0,
                0,
                Reading.NOTHING,
                null);
    }
}
