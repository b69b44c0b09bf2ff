package io.roomrouting.examples;

import io.roomrouting.examples.settings.Setting;
import io.roomrouting.examples.settings.Settings;
import java.io.IOException;
import java.util.List;

/** A sub-command of the runnable jar: one of the bundled systems. */
interface Command {

    /** What is typed on the command line. */
    String name();

    /** What it runs, in one sentence. */
    String summary();

    /** Every setting that it reads, in the order of its help. */
    List<Setting<?>> settings();

    /**
     * Starts the system and returns once it serves; it then runs until the process is asked to end.
     *
     * @throws io.roomrouting.examples.settings.ConfigurationException before anything has been started
     * @throws IOException if it cannot listen
     */
    void start(Settings settings) throws IOException;
}
