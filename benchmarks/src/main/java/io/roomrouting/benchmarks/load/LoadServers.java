package io.roomrouting.benchmarks.load;

import io.roomrouting.benchmarks.AskedServer;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Starts servers in processes of their own, so that what they cost can be told from what the clients cost. */
final class LoadServers {

    private static final List<String> JVM_OPTIONS =
            List.of("-Xmx1g", "-XX:+UseSerialGC", "-Dorg.slf4j.simpleLogger.defaultLogLevel=error");

    private LoadServers() {}

    static Running start(Contender contender) throws IOException {
        return new Running(contender, AskedServer.start(JVM_OPTIONS, contender.main(), List.of(), Redirect.INHERIT));
    }

    /** A running server. */
    static final class Running implements AutoCloseable {

        private final Contender contender;
        private final AskedServer server;

        private Running(Contender contender, AskedServer server) {
            this.contender = contender;
            this.server = server;
        }

        LoadClient connect(String room, String user, boolean sender, Selector selector) throws IOException {
            String ticket = server.ask("ticket " + room + " " + user);
            return LoadClient.connect(server.port(), contender.dialect(room, ticket), sender, selector);
        }

        /** The processor time that the server has taken so far. */
        Duration cpu() {
            return server.process().info().totalCpuDuration().orElse(Duration.ZERO);
        }

        /** Resident memory in KiB after a full collection; NaN where the system does not tell. */
        double residentKib() throws IOException {
            server.ask("collect");
            Path status = Path.of("/proc", Long.toString(server.process().pid()), "status");
            if (!Files.isReadable(status)) {
                return Double.NaN;
            }
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(Double.NaN);
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
