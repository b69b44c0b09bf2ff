package io.roomrouting.examples.engines;

/**
 * A database.
 *
 * @param jdbcUrl as the driver takes it, without user and password
 * @param login as whom
 */
public record DatabaseUrl(String jdbcUrl, Login login) implements EngineUrl {

    /** How URLs look, in the words of an error message and the help. */
    public static final String FORM = "jdbc:postgresql://host/database (or postgres://…)"
            + " or jdbc:h2:file:/path (AUTO_SERVER=TRUE and WRITE_DELAY=0 are added and cannot be changed)";

    /**
     * Reads what an operator has written.
     *
     * @param text the URL, perhaps with a user and a password
     * @return the database
     * @throws IllegalArgumentException if it names none that can be used
     */
    public static DatabaseUrl of(String text) {
        return text.startsWith(H2Url.PREFIX) ? H2Url.read(text) : PostgresUrl.read(text);
    }

    DatabaseUrl withLogin(Login other) {
        return new DatabaseUrl(jdbcUrl, other);
    }

    boolean isEmbedded() {
        return jdbcUrl.startsWith(H2Url.PREFIX);
    }

    /** Without options, since an option may be a secret. */
    @Override
    public String toString() {
        return jdbcUrl.replaceFirst("[?;].*", "");
    }
}
