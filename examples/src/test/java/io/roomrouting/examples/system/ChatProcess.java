package io.roomrouting.examples.system;

import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link SocketIoChat} in a process of its own, which can be killed. */
final class ChatProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChatProcess.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;

    private ChatProcess(Process process) {
        this.process = process;
    }

    /** Starts it, and waits until it listens. */
    static ChatProcess start(String secret, String port, String databaseUrl) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ChatProcess.class.getName(),
                port,
                databaseUrl);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("SECRET", secret);
        Process process = builder.start();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !process.isAlive() || listensAt(Integer.parseInt(port)));
        return new ChatProcess(process);
    }

    private static boolean listensAt(int port) {
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return probe.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends it as a machine that loses power does. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.toHandle().destroyForcibly();
    }

    /**
     * Runs it.
     *
     * @param arguments the port, and the database
     */
    public static void main(String[] arguments) {
        HikariConfig connections = new HikariConfig();
        connections.setJdbcUrl(arguments[1]);
        connections.setMaximumPoolSize(5);
        int port = Integer.parseInt(arguments[0]);
        SocketIoChat chat = SocketIoChat.start(System.getenv("SECRET"), port, new HikariDataSource(connections));
        LOG.info("Listening at {}", chat.url());
    }
}
