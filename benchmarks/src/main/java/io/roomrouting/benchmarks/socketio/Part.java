package io.roomrouting.benchmarks.socketio;

import io.roomrouting.benchmarks.chaos.check.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Something that a server is put through, and what is promised of it. */
interface Part {

    /**
     * Does it, with a server of its own.
     *
     * @param log where the server logs
     * @return what was found
     */
    List<Finding> run(Path log) throws IOException, InterruptedException;
}
