package io.roomrouting.examples;

import io.roomrouting.examples.settings.Setting;
import io.roomrouting.examples.settings.Settings;
import java.util.List;

/** A sub-command of the runnable jar: one of the bundled systems. */
public interface Command {

    /** The version of the runnable jar, as its servers tell it. */
    String VERSION = "1.0.0";

    /**
     * Returns what is typed on the command line.
     *
     * @return one word
     */
    String name();

    /**
     * Says what it runs.
     *
     * @return one sentence
     */
    String summary();

    /**
     * Returns every setting that it reads, but for those of the log, which every command has; all are checked before it is
     * started.
     *
     * @return in the order of the help
     */
    List<Setting<?>> settings();

    /**
     * Starts the system.
     *
     * @param settings what the operator has set
     * @return the running system
     * @throws io.roomrouting.examples.settings.ConfigurationException if settings do not fit together
     * @throws java.io.UncheckedIOException if it cannot listen; the message is fit to be the only line that is told
     */
    Running start(Settings settings);

    /** A system that serves. */
    interface Running extends AutoCloseable {

        /** Stops it with grace; returns when it no longer serves. */
        @Override
        void close();
    }
}
