package io.roomrouting.benchmarks.engines;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/** Redis, with a log of everything that was written: with the operating system before it is acknowledged. */
public final class RedisServer implements EngineServer {

    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int TRY_MILLIS = 200;
    private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String PONG = "+PONG";

    private final Path directory;
    private final int port;
    private @Nullable Process process;

    /**
     * Describes a server on a port that is free now.
     *
     * @param directory where it keeps its data
     * @throws IOException if there is no free port
     */
    public RedisServer(Path directory) throws IOException {
        this.directory = directory;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
    }

    @Override
    public void start() throws IOException {
        Files.createDirectories(directory);
        File program = ExecutableProvider.newJarResourceProvider().get();
        Process started = new ProcessBuilder(List.of(
                        program.getAbsolutePath(),
                        "--bind",
                        LOOPBACK,
                        "--port",
                        Integer.toString(port),
                        "--dir",
                        directory.toAbsolutePath().toString(),
                        "--save",
                        "",
                        "--appendonly",
                        "yes"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("redis.log").toFile()))
                .start();
        process = started;
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!answers()) {
            if (!started.isAlive() || System.nanoTime() > end) {
                throw new IOException("Redis does not start; see redis.log in " + directory);
            }
        }
    }

    /** Says whether it is there and has read what it keeps; waits a little if not. */
    private boolean answers() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TRY_MILLIS);
            socket.setSoTimeout(TRY_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write(PING);
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(PONG.length()), StandardCharsets.US_ASCII).equals(PONG);
        } catch (IOException notYet) {
            try {
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while Redis starts", e);
            }
            return false;
        }
    }

    @Override
    public void stop() throws IOException {
        Process running = process;
        process = null;
        if (running == null) {
            return;
        }
        running.destroy();
        try {
            if (!running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("Redis does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while Redis ends", e);
        }
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String url(int at) {
        return "redis://" + LOOPBACK + ":" + at;
    }

    @Override
    public void close() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
        }
    }
}
