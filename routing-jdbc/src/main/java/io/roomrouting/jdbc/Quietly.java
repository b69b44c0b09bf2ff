package io.roomrouting.jdbc;

import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tidying up after a failure that is reported already. */
final class Quietly {

    private static final Logger LOG = LoggerFactory.getLogger(Quietly.class);

    private Quietly() {}

    /** Something that gives back. */
    @FunctionalInterface
    interface Step {
        void run() throws SQLException;
    }

    static void run(Step step) {
        try {
            step.run();
        } catch (SQLException e) {
            LOG.debug("A connection could not be tidied up", e);
        }
    }
}
