package io.roomrouting.examples.engines;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;

/**
 * Tells the pool which failures of H2 mean that a connection is of no use any more: the process that had the file open has
 * ended, or the database was closed. The pool knows only the codes of other databases, looks at a connection only when it has
 * rested for half a second, and would lend a dead one for ever to who asks more often.
 */
public final class DeadConnections implements SQLExceptionOverride {

    /** Connection broken, database is closed, database was closed. See {@code org.h2.api.ErrorCode}. */
    private static final Set<String> LOST = Set.of("90067", "90098", "90121");

    /** For the pool, which makes it by its name. */
    public DeadConnections() {}

    @java.lang.Override
    public Override adjudicate(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && LOST.contains(state) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
