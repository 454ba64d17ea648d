package dev.reckoner.ledger.store;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Tells the pool which connections are dead. The embedded database closes itself when it can't write, as on a full disk,
 * and its connections go on saying that they are valid; a new one opens it again. Server errors stay as the pool knows them.
 */
final class ClosedDatabase implements SQLExceptionOverride {
    private static final int H2_DATABASE_IS_CLOSED = 90098;
    private static final int H2_OBJECT_CLOSED = 90007;
    private static final int H2_CALLED_AT_SHUTDOWN = 90121;
    private static final int H2_IO = 90031;
    private static final int H2_IO_WITH_TEXT = 90028;

    @java.lang.Override
    public Override adjudicate(SQLException exception) {
        return switch (exception.getErrorCode()) {
            case H2_DATABASE_IS_CLOSED, H2_OBJECT_CLOSED, H2_CALLED_AT_SHUTDOWN, H2_IO, H2_IO_WITH_TEXT ->
                Override.MUST_EVICT;
            default -> Override.CONTINUE_EVICT;
        };
    }
}
