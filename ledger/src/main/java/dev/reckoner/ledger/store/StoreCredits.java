package dev.reckoner.ledger.store;

import dev.reckoner.ledger.LedgerException;
import dev.reckoner.ledger.credit.CreditBook;
import dev.reckoner.ledger.credit.CreditEvent;
import dev.reckoner.ledger.credit.CreditNote;
import dev.reckoner.ledger.trail.Actor;
import dev.reckoner.ledger.trail.Change;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table {@code credit_events}: only ever inserted into, each note a transaction of its own. */
public final class StoreCredits implements CreditBook {
    private static final String TAKE = "update sequences set taken = taken + 1 where name = 'credit_events'";
    private static final String INSERT = "insert into credit_events (event_id, kind, holds_at, amount, up_to, source,"
            + " recorded_at) select taken, ?, ?, ?, ?, ?, ? from sequences where name = 'credit_events'";
    // index: primary key; a person types these
    private static final String LIST =
            "select event_id, kind, holds_at, amount, up_to, source, recorded_at from credit_events order by event_id";

    private final Store store;
    private final Clock clock;

    public StoreCredits(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public List<CreditEvent> events() {
        return store.read(connection -> {
            List<CreditEvent> events = new ArrayList<>();
            try (PreparedStatement list = connection.prepareStatement(LIST);
                    ResultSet result = list.executeQuery()) {
                RowReader in = new RowReader(result);
                while (in.next()) {
                    events.add(event(in));
                }
            }
            return events;
        });
    }

    @Override
    public void record(CreditNote note) {
        Instant now = clock.instant();
        try {
            store.write(connection -> {
                try (PreparedStatement take = connection.prepareStatement(TAKE);
                        PreparedStatement insert = connection.prepareStatement(INSERT)) {
                    take.executeUpdate();
                    new RowWriter(insert)
                            .row()
                            .word(note.kind())
                            .instant(note.at())
                            .money(note.amount())
                            .money(note.upTo())
                            .text(note.source())
                            .instant(now);
                    insert.executeUpdate();
                }
                Actor actor = Actor.parse(note.source());
                TrailTable.insert(
                        connection, now, actor, new Change(Change.What.CREDIT_NOTED, about(note), "", after(note)));
                return note;
            });
            store.sync();
        } catch (SQLException e) {
            throw new LedgerException("what was said of the credits can't be recorded: " + e.getMessage(), e);
        }
    }

    private static String about(CreditNote note) {
        return note.kind().name().toLowerCase(Locale.ROOT) + " at " + note.at().truncatedTo(ChronoUnit.SECONDS);
    }

    private static String after(CreditNote note) {
        BigDecimal amount = note.amount();
        BigDecimal upTo = note.upTo();
        if (amount == null) {
            return "";
        }
        return amount.toPlainString() + " USD" + (upTo == null ? "" : " up to " + upTo.toPlainString() + " USD");
    }

    private static CreditEvent event(RowReader in) throws SQLException {
        long id = in.longOrZero();
        CreditNote.Kind kind = in.word(CreditNote.Kind.class);
        Instant at = in.instant();
        return new CreditEvent(id, new CreditNote(kind, at, in.money(), in.money(), in.textOrEmpty()), in.instant());
    }
}
