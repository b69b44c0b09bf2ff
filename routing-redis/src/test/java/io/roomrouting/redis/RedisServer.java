package io.roomrouting.redis;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** A real server on a port of its own, which can be stopped, killed and started again with what it has on its disk. */
final class RedisServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final File program;
    private final Path directory;
    private final int port;
    private final List<String> settings;
    private @Nullable Process process;

    private RedisServer(File program, List<String> settings) {
        this.program = program;
        this.settings = settings;
        this.port = freePort();
        try {
            directory = Files.createTempDirectory(Path.of("target"), "redis-").toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts one that keeps nothing unless the settings say otherwise. */
    static RedisServer start(File program, String... settings) {
        RedisServer server = new RedisServer(program, Arrays.asList(settings));
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return server;
    }

    void start() {
        List<String> command = new ArrayList<>(List.of(
                program.getAbsolutePath(),
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--dir",
                directory.toString(),
                "--save",
                ""));
        command.addAll(settings);
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log.txt").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(this::answers);
    }

    private boolean answers() {
        if (process == null || !process.isAlive()) {
            throw new AssertionError("the server has ended; see " + directory.resolve("log.txt"));
        }
        try (Jedis jedis = admin()) {
            return !jedis.ping().isEmpty();
        } catch (JedisException e) {
            return String.valueOf(e.getMessage()).contains("NOAUTH");
        }
    }

    int port() {
        return port;
    }

    String uri() {
        return "redis://127.0.0.1:" + port;
    }

    Path directory() {
        return directory;
    }

    /** A client for what only tests do. */
    Jedis admin() {
        return new Jedis("127.0.0.1", port);
    }

    /** Ends it as a crash would. */
    void kill() {
        end(true);
    }

    /** Removes what it has on its disk. */
    void forget() {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void end(boolean forcibly) {
        Process running = process;
        if (running == null) {
            return;
        }
        if (forcibly) {
            running.destroyForcibly();
        } else {
            running.destroy();
        }
        try {
            if (!running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                running.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process = null;
    }

    @Override
    public void close() {
        end(true);
    }

    static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
