package io.roomrouting.examples.system;

import static org.awaitility.Awaitility.await;

import io.roomrouting.examples.browser.TurnServerCondition;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Coturn on loopback, as an operator would run it beside the chat room; ends with the test. */
final class TurnServer implements AutoCloseable {

    private static final String SECRET = "what the relay and the chat room share";

    private final Process process;
    private final int port;
    private final Path log;

    private TurnServer(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /** Starts it and waits until it listens. */
    static TurnServer start(Path directory) throws IOException {
        int port = Integer.parseInt(FreePorts.next());
        Path log = directory.resolve("turnserver.log");
        Process process = new ProcessBuilder(
                        TurnServerCondition.TURN_SERVER.toString(),
                        "-n",
                        "--use-auth-secret",
                        "--static-auth-secret=" + SECRET,
                        "--realm=example.com",
                        "--listening-ip=127.0.0.1",
                        "--relay-ip=127.0.0.1",
                        "--listening-port=" + port,
                        "--allow-loopback-peers",
                        "--no-cli",
                        "--no-tls",
                        "--no-dtls",
                        "--log-file=stdout",
                        "--userdb=" + directory.resolve("turn.sqlite"),
                        "--pidfile=" + directory.resolve("turn.pid"))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        TurnServer server = new TurnServer(process, port, log);
        await("a TURN server that listens; see " + log)
                .pollInterval(Duration.ofMillis(20))
                .atMost(Waiting.PATIENCE)
                .until(server::listens);
        return server;
    }

    /** What the chat room has to be told about it. */
    Map<String, String> settings() {
        return Map.of("TURN_SECRET", SECRET, "TURN_URLS", "turn:127.0.0.1:" + port);
    }

    private boolean listens() {
        if (!process.isAlive()) {
            throw new AssertionError("the TURN server ended with " + process.exitValue() + "; see " + log);
        }
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return probe.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(Waiting.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
        }
    }
}
