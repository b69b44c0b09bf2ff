package io.roomrouting.examples.hathora;

import io.roomrouting.HostAddress;
import io.roomrouting.testkit.hathora.ProcessLauncher;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts {@code session} of this jar as processes of their own, with the environment that a process has at Hathora. They take
 * over this process's settings but for those that name one server.
 */
final class SessionProcesses implements ProcessLauncher, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SessionProcesses.class);
    private static final Pattern LISTENING = Pattern.compile("Listening on \\S+:\\d+$");
    private static final long SECONDS_TO_STOP = 15;

    /** Set to nothing, which also hides what a file {@code .env} says. */
    private static final List<String> OF_ONE_SERVER = List.of("PORT", "HOST_ID", "PUBLIC_ADDRESS", "REGION");

    private final Queue<Process> started = new ConcurrentLinkedQueue<>();

    @Override
    public LaunchedProcess launch(ProcessOrder order) {
        try {
            HostAddress address = new HostAddress("localhost", freePort(), false);
            Process process = start(order, address);
            started.add(process);
            CompletableFuture<HostAddress> listening = new CompletableFuture<>();
            Thread output = new Thread(() -> passOn(order, address, process, listening), order.processId());
            output.setDaemon(true);
            output.start();
            LOG.info("{} is being started in {} for {}", order.processId(), order.region(), address);
            return new LaunchedProcess(
                    listening,
                    process.onExit().thenAccept(ended -> {
                        started.remove(ended);
                        LOG.info("{} has ended with {}", order.processId(), ended.exitValue());
                    }),
                    process::destroy);
        } catch (IOException e) {
            throw new UncheckedIOException("a session process could not be started: " + e.getMessage(), e);
        }
    }

    private static Process start(ProcessOrder order, HostAddress address) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.roomrouting.examples.Main",
                        "session")
                .redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        OF_ONE_SERVER.forEach(name -> environment.put(name, ""));
        environment.remove("HATHORA_TOKEN");
        environment.put("HATHORA_APP_ID", order.appId());
        environment.put("HATHORA_PROCESS_ID", order.processId());
        environment.put("HATHORA_REGION", order.region());
        environment.put("HATHORA_HOSTNAME", address.host());
        environment.put("HATHORA_DEFAULT_PORT", Integer.toString(address.port()));
        return builder.start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void passOn(
            ProcessOrder order, HostAddress address, Process process, CompletableFuture<HostAddress> listening) {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                LOG.info("{}: {}", order.processId(), line);
                if (LISTENING.matcher(line).find()) {
                    listening.complete(address);
                }
            }
        } catch (IOException e) {
            LOG.debug("The output of {} has ended: {}", order.processId(), e.getMessage());
        }
    }

    /** Waits until the processes, which have been told to stop, have ended; ends those that do not. */
    @Override
    public void close() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_STOP);
        try {
            for (Process process : started) {
                if (!process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    process.destroyForcibly();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            started.forEach(Process::destroyForcibly);
        }
    }
}
