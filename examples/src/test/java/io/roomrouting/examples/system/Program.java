package io.roomrouting.examples.system;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The runnable jar as a process of its own; ends with the test. Thread-safe. */
final class Program implements AutoCloseable {

    private static final Pattern LISTENING = Pattern.compile("Listening on \\S+:\\d+$");

    private final String name;
    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private boolean outputEnded;

    private Program(String name, Process process) {
        this.name = name;
        this.process = process;
    }

    /** Starts {@code java -jar routing-examples.jar} in an empty directory with these settings and no others. */
    static Program start(Path directory, Map<String, String> settings, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                Path.of(System.getProperty("examples.jar", "target/routing-examples.jar"))
                        .toAbsolutePath()
                        .toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(settings);
        Program program = new Program(String.join(" ", arguments), builder.start());
        Thread reader = new Thread(program::readOutput, "output of " + program.name);
        reader.setDaemon(true);
        reader.start();
        return program;
    }

    /** Waits until it says that it listens. */
    void awaitListening() {
        awaitListening(Waiting.PATIENCE);
    }

    void awaitListening(Duration patience) {
        awaitLine(LISTENING, patience);
    }

    Matcher awaitLine(Pattern pattern) {
        return awaitLine(pattern, Waiting.PATIENCE);
    }

    private Matcher awaitLine(Pattern pattern, Duration patience) {
        await().pollInterval(Duration.ofMillis(10))
                .atMost(patience)
                .until(() -> find(pattern).isPresent() || hasEnded());
        return find(pattern)
                .orElseThrow(() -> new AssertionError(
                        name + " did not print " + pattern + ", but:\n" + String.join("\n", output())));
    }

    synchronized List<String> output() {
        return List.copyOf(lines);
    }

    /** Ends it as a machine that loses power does. */
    void kill() throws InterruptedException {
        handle().destroyForcibly();
        process.waitFor();
    }

    /** Asks it to end, as a process manager does. */
    void terminate() {
        handle().destroy();
    }

    int awaitExit(Duration patience) throws InterruptedException {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError(name + " runs on after " + patience + ":\n" + String.join("\n", output()));
        }
        await().pollInterval(Duration.ofMillis(10)).atMost(Waiting.PATIENCE).until(this::hasEnded);
        return process.exitValue();
    }

    @Override
    public void close() {
        handle().destroyForcibly();
    }

    /** Unlike the process itself, it ends the process without closing its output under the reader. */
    private ProcessHandle handle() {
        return process.toHandle();
    }

    private void readOutput() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            end();
        }
    }

    private synchronized void add(String line) {
        lines.add(line);
    }

    private synchronized void end() {
        outputEnded = true;
    }

    private synchronized boolean hasEnded() {
        return outputEnded;
    }

    private synchronized Optional<Matcher> find(Pattern pattern) {
        return lines.stream().map(pattern::matcher).filter(Matcher::find).findFirst();
    }
}
