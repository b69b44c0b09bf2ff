package io.roomrouting.jdbc;

import java.sql.SQLException;

/** The database answers, but this library cannot work with it. */
final class UnusableDatabase extends SQLException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes it.
     *
     * @param why continues the words "the database"
     */
    UnusableDatabase(String why) {
        super(why);
    }
}
