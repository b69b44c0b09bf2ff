package io.roomrouting.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server in a JVM of its own, spoken to line by line: first it tells its port, then it answers requests until its input
 * ends, and so does the server. Thread-safe.
 */
public final class AskedServer implements AutoCloseable {

    private static final int SECONDS_TO_END = 15;

    private final Process process;
    private final Writer requests;
    private final BufferedReader answers;
    private final int port;

    private AskedServer(Process process) throws IOException {
        this.process = process;
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.port = Integer.parseInt(answer());
    }

    /** Starts a class of this program; what it logs goes where the last argument says. */
    public static AskedServer start(List<String> jvmOptions, Class<?> main, List<String> arguments, Redirect log)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString());
        builder.command().addAll(jvmOptions);
        builder.command().addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        builder.command().addAll(arguments);
        builder.redirectError(log);
        return new AskedServer(builder.start());
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** What is known of it from outside. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    /** Sends a request and waits for its answer. */
    public synchronized String ask(String request) throws IOException {
        requests.write(request + "\n");
        requests.flush();
        return answer();
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the server has ended; its log tells why");
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        requests.close();
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
