package io.roomrouting.benchmarks.engines;

import java.io.IOException;

/** A server process that keeps what it is told in a directory, and has it again when it is started again. */
public interface EngineServer extends AutoCloseable {

    /**
     * Starts it, for the first time or again at the same port. Waits until it answers.
     *
     * @throws IOException if it does not start
     */
    void start() throws IOException;

    /**
     * Ends it, with its data on the disk. Waits until it has ended.
     *
     * @throws IOException if it does not end
     */
    void stop() throws IOException;

    /**
     * Returns where it listens on the loopback interface.
     *
     * @return the port
     */
    int port();

    /**
     * Says how {@link Engine#open} finds it.
     *
     * @param port its own, or that of a proxy before it
     * @return the URL
     */
    String url(int port);

    @Override
    void close() throws IOException;
}
