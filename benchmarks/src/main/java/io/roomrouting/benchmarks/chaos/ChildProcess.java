package io.roomrouting.benchmarks.chaos;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a JVM of its own, which says where it listens and ends with its standard input at the latest. */
final class ChildProcess implements AutoCloseable {

    static final String LOOPBACK = "127.0.0.1";

    /** Not an argument: those can be read by everybody on the machine. */
    private static final String SECRET = "CHAOS_SECRET";

    private static final List<String> JVM_OPTIONS = List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-Dorg.slf4j.simpleLogger.showDateTime=true",
            "-Dorg.slf4j.simpleLogger.log.org.eclipse.jetty=warn");

    private final Process process;
    private final BufferedReader answers;

    private ChildProcess(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts a class of this program; what it logs goes to a file. */
    static ChildProcess start(Class<?> main, String secret, Path log, List<String> arguments) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder = new ProcessBuilder(java.toString());
        builder.command().addAll(JVM_OPTIONS);
        builder.command().addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        builder.command().addAll(arguments);
        builder.environment().put(SECRET, secret);
        builder.redirectError(ProcessBuilder.Redirect.appendTo(new File(log.toString())));
        return new ChildProcess(builder.start());
    }

    /** Waits until it listens and returns its port. */
    int awaitPort() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("a server ended before it listened; its log tells why");
        }
        return Integer.parseInt(line);
    }

    /** Sends a signal such as {@code STOP}. */
    void signal(String name) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("kill -" + name + " " + process.pid() + " failed with " + code);
        }
    }

    /** Waits for its end; says whether that came in time. */
    boolean awaitEnd(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends it without a word, also when it is stopped. */
    @Override
    public void close() {
        process.destroyForcibly();
    }

    // In the child

    static String secret() {
        String secret = System.getenv(SECRET);
        if (secret == null) {
            throw new IllegalStateException("this is started by ChaosCommand");
        }
        return secret;
    }

    /** Says where the server listens and returns when the standard input has ended. */
    static void serve(int port) throws IOException {
        new PrintStream(System.out, true, StandardCharsets.UTF_8).println(port);
        InputStream in = System.in;
        while (in.read() >= 0) {
            // Nothing is ever sent; the end is what counts.
        }
    }
}
