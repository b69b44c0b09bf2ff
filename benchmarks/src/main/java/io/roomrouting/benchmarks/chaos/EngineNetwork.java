package io.roomrouting.benchmarks.chaos;

import io.roomrouting.benchmarks.engines.EngineServer;
import io.roomrouting.benchmarks.engines.PostgresServer;
import io.roomrouting.benchmarks.engines.RedisServer;
import io.roomrouting.testkit.TcpProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The engine of a fleet, and a line to it for each process. */
final class EngineNetwork implements AutoCloseable {

    private final EngineServer server;
    private final Map<String, TcpProxy> lines = new LinkedHashMap<>();

    private EngineNetwork(EngineServer server) {
        this.server = server;
    }

    static EngineNetwork start(EngineKind kind, Path directory) throws IOException {
        EngineServer server = switch (kind) {
            case POSTGRESQL -> new PostgresServer(directory.resolve("postgresql"));
            case REDIS -> new RedisServer(directory.resolve("redis"));
            case LIST -> throw new IllegalArgumentException("a list needs no engine");
        };
        server.start();
        return new EngineNetwork(server);
    }

    /** Where a process finds the engine, by its own line; the same at each of its starts. */
    String lineFor(String process) throws IOException {
        TcpProxy line = lines.get(process);
        if (line == null) {
            line = new TcpProxy(server.port());
            lines.put(process, line);
        }
        return server.url(line.port());
    }

    /** Where this process finds the engine, whatever is cut. */
    String direct() {
        return server.url(server.port());
    }

    void cut(String process) {
        line(process).set(TcpProxy.Mode.CUT);
    }

    void heal(String process) {
        line(process).set(TcpProxy.Mode.PASS);
    }

    void cutAll() {
        lines.values().forEach(line -> line.set(TcpProxy.Mode.CUT));
    }

    void healAll() {
        lines.values().forEach(line -> line.set(TcpProxy.Mode.PASS));
    }

    private TcpProxy line(String process) {
        TcpProxy line = lines.get(process);
        if (line == null) {
            throw new IllegalArgumentException("no line for " + process);
        }
        return line;
    }

    /** Ends the engine and starts it again with what it has on its disk. */
    void restart() throws IOException {
        server.stop();
        server.start();
    }

    @Override
    public void close() throws IOException {
        for (TcpProxy line : lines.values()) {
            line.close();
        }
        server.close();
    }
}
