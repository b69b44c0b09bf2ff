package io.roomrouting.examples.system;

import static org.awaitility.Awaitility.await;

import io.roomrouting.examples.Main;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The {@code chatroom} server in a process of its own, which can be killed. */
final class ChatProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;

    private ChatProcess(Process process) {
        this.process = process;
    }

    /** Starts it with these settings and no others, and waits until it listens at this port. */
    static ChatProcess start(Path directory, String port, Map<String, String> settings) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "chatroom");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("chatroom.log").toFile());
        builder.environment().clear();
        builder.environment().putAll(settings);
        builder.environment().put("PORT", port);
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
}
