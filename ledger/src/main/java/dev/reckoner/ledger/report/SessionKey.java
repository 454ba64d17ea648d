package dev.reckoner.ledger.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reckoner.ledger.store.RowReader;
import java.sql.SQLException;
import java.util.UUID;

/** What a session is told apart by: the same id under somebody else is another session. */
record SessionKey(String session, String user, String team, String project) {
    /** Its columns of a table {@code d}. */
    static final String COLUMNS = "d.session_id, d.user_name, d.team, d.project";

    static SessionKey read(RowReader in) throws SQLException {
        return new SessionKey(in.textOrEmpty(), in.textOrEmpty(), in.textOrEmpty(), in.textOrEmpty());
    }

    /** Orders sessions that have the same value. */
    UUID tie() {
        String parts = session.length() + " " + user.length() + " " + team.length() + " " + session + user + team;
        return UUID.nameUUIDFromBytes((parts + project).getBytes(UTF_8));
    }
}
