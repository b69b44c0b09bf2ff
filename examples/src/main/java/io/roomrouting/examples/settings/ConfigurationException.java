package io.roomrouting.examples.settings;

/** The program cannot start as it is configured. The message is one line for the operator and holds no secret. */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String line;

    /**
     * Refuses a configuration.
     *
     * @param line the setting, its value unless it is secret, and what is accepted
     */
    public ConfigurationException(String line) {
        super(line);
        this.line = line;
    }

    /**
     * Refuses a configuration.
     *
     * @param line the setting, its value unless it is secret, and what is accepted
     * @param cause what reading the value threw; not shown, since it may hold the value
     */
    public ConfigurationException(String line, Throwable cause) {
        super(line, cause);
        this.line = line;
    }

    @Override
    public String getMessage() {
        return line;
    }
}
