package dev.reckoner.ledger.store;

import dev.reckoner.ledger.LedgerException;
import dev.reckoner.ledger.alert.Alert;
import dev.reckoner.ledger.alert.AlertBook;
import dev.reckoner.ledger.alert.AlertQuery;
import dev.reckoner.ledger.alert.AlertQueue;
import dev.reckoner.ledger.alert.Outbox;
import dev.reckoner.ledger.alert.StoredAlert;
import dev.reckoner.ledger.alert.StoredAlert.Delivery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table {@code alerts}. Every change is a transaction of its own, durable when it returns. */
public final class StoreOutbox implements Outbox {
    private static final String COLUMNS =
            "alert_id, kind, about, raised_at, message, facts, repeats, last_at, delivery,"
                    + " attempts, sent_at, problem, due_at";

    // whoever keeps an alert holds this row until its transaction ends: two servers never keep the same one
    private static final String TAKE = "update sequences set taken = taken + 1 where name = 'alerts'";
    // index: alerts_about
    private static final String LATEST =
            "select alert_id, raised_at from alerts where kind = ? and about = ? order by raised_at desc limit 1";
    private static final String INSERT =
            "insert into alerts (alert_id, kind, about, raised_at, message, facts, repeats,"
                    + " last_at, delivery, attempts, due_at) select taken, ?, ?, ?, ?, ?, ?, ?, ?, 0, ? from sequences"
                    + " where name = 'alerts'";
    private static final String TAKEN = "select taken from sequences where name = 'alerts'";
    private static final String REPEATED =
            "update alerts set repeats = repeats + ?, last_at = greatest(last_at, ?) where alert_id = ?";
    // index: alerts_due
    private static final String DUE = "select " + COLUMNS + " from alerts where due_at <= ? order by due_at limit 1";
    private static final String CLAIM =
            "update alerts set due_at = ?, attempts = attempts + 1 where alert_id = ? and due_at = ?";
    private static final String SENT =
            "update alerts set delivery = 'SENT', due_at = null, attempts = greatest(attempts, 1), sent_at = ?,"
                    + " problem = null where alert_id = ?";
    private static final String AGAIN = "update alerts set due_at = ?, problem = ? where alert_id = ?";
    private static final String FAILED =
            "update alerts set delivery = 'FAILED', due_at = null, attempts = greatest(attempts, 1), problem = ?"
                    + " where alert_id = ?";
    // index: alerts_last
    private static final String LIST =
            "select " + COLUMNS + " from alerts where last_at >= ? order by last_at desc, alert_id desc limit ?";

    private final Store store;

    public StoreOutbox(Store store) {
        this.store = store;
    }

    @Override
    public Optional<Long> keep(AlertQueue.Waiting raised, Duration repeatAfter, Delivery state) {
        return changed("kept", connection -> {
            try (PreparedStatement take = connection.prepareStatement(TAKE)) {
                take.executeUpdate();
            }
            Long repeated = repeated(connection, raised.alert(), repeatAfter);
            if (repeated != null) {
                countUp(connection, repeated, raised);
                return Optional.empty();
            }
            insert(connection, raised, state);
            return Optional.of(taken(connection));
        });
    }

    @Override
    public Optional<StoredAlert> claim(Instant now, Duration lease) {
        return changed("claimed", connection -> {
            try (PreparedStatement due = connection.prepareStatement(DUE)) {
                new RowWriter(due).row().instant(now);
                try (ResultSet result = due.executeQuery()) {
                    RowReader in = new RowReader(result);
                    if (!in.next()) {
                        return Optional.empty();
                    }
                    StoredAlert alert = alert(in);
                    return claimed(connection, alert, in.number(), now.plus(lease));
                }
            }
        });
    }

    @Override
    public void sent(long id, Instant at) {
        changed("marked as sent", connection -> {
            try (PreparedStatement update = connection.prepareStatement(SENT)) {
                new RowWriter(update).row().instant(at).number(id);
                return update.executeUpdate();
            }
        });
    }

    @Override
    public void again(long id, Instant next, String problem) {
        changed("put off", connection -> {
            try (PreparedStatement update = connection.prepareStatement(AGAIN)) {
                new RowWriter(update).row().instant(next).text(problem).number(id);
                return update.executeUpdate();
            }
        });
    }

    @Override
    public void failed(long id, String problem) {
        changed("given up", connection -> {
            try (PreparedStatement update = connection.prepareStatement(FAILED)) {
                new RowWriter(update).row().text(problem).number(id);
                return update.executeUpdate();
            }
        });
    }

    @Override
    public List<StoredAlert> list(AlertQuery query) {
        Instant since = query.since();
        int limit = Math.max(1, Math.min(query.limit(), AlertBook.LISTED_MAX));
        return store.read(connection -> {
            try (PreparedStatement list = connection.prepareStatement(LIST)) {
                new RowWriter(list)
                        .row()
                        .instant(since == null ? Instant.MIN : since)
                        .count(limit);
                List<StoredAlert> alerts = new ArrayList<>();
                try (ResultSet result = list.executeQuery()) {
                    RowReader in = new RowReader(result);
                    while (in.next()) {
                        alerts.add(alert(in));
                    }
                }
                return alerts;
            }
        });
    }

    private static @Nullable Long repeated(Connection connection, Alert alert, Duration repeatAfter)
            throws SQLException {
        try (PreparedStatement latest = connection.prepareStatement(LATEST)) {
            new RowWriter(latest).row().word(alert.kind()).text(alert.about());
            try (ResultSet result = latest.executeQuery()) {
                RowReader in = new RowReader(result);
                if (!in.next()) {
                    return null;
                }
                Long id = in.number();
                boolean soon = alert.at().isBefore(in.instant().plus(repeatAfter));
                return soon || alert.kind().once() ? id : null;
            }
        }
    }

    private static void countUp(Connection connection, long id, AlertQueue.Waiting raised) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(REPEATED)) {
            new RowWriter(update)
                    .row()
                    .number(raised.times())
                    .instant(raised.alert().at())
                    .number(id);
            update.executeUpdate();
        }
    }

    private static void insert(Connection connection, AlertQueue.Waiting raised, Delivery state) throws SQLException {
        Alert alert = raised.alert();
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            new RowWriter(insert)
                    .row()
                    .word(alert.kind())
                    .text(alert.about())
                    .instant(alert.at())
                    .text(alert.message())
                    .text(JsonColumns.ofFacts(alert.facts()))
                    .number(raised.times() - 1)
                    .instant(alert.at())
                    .word(state)
                    .instant(state == Delivery.WAITING ? alert.at() : null);
            insert.executeUpdate();
        }
    }

    private static long taken(Connection connection) throws SQLException {
        try (PreparedStatement taken = connection.prepareStatement(TAKEN);
                ResultSet result = taken.executeQuery()) {
            RowReader in = new RowReader(result);
            in.next();
            return in.longOrZero();
        }
    }

    /** Whoever was faster has moved the instant at which it is due. */
    private static Optional<StoredAlert> claimed(
            Connection connection, StoredAlert alert, @Nullable Long due, Instant until) throws SQLException {
        try (PreparedStatement claim = connection.prepareStatement(CLAIM)) {
            new RowWriter(claim).row().instant(until).number(alert.id()).number(due);
            return claim.executeUpdate() == 1 ? Optional.of(alert.attempted()) : Optional.empty();
        }
    }

    private static StoredAlert alert(RowReader in) throws SQLException {
        long id = in.longOrZero();
        Alert.Kind kind = in.word(Alert.Kind.class);
        String about = in.textOrEmpty();
        Instant at = in.instant();
        Alert alert = new Alert(kind, about, at, in.textOrEmpty(), JsonColumns.facts(in.text()));
        long repeats = in.longOrZero();
        Instant lastAt = in.instant();
        Delivery delivery = in.word(Delivery.class);
        return new StoredAlert(id, alert, repeats, lastAt, delivery, in.count(), in.instantOrNull(), in.text());
    }

    private <T> T changed(String what, Store.Query<T> transaction) {
        try {
            T result = store.write(transaction);
            store.sync();
            return result;
        } catch (SQLException e) {
            throw new LedgerException("an alert can't be " + what + ": " + e.getMessage(), e);
        }
    }
}
