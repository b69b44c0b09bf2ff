package io.roomrouting.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts servers in processes of their own, so that what they cost can be told from what the clients cost. */
final class LoadServers {

    private static final List<String> JVM_OPTIONS =
            List.of("-Xmx1g", "-XX:+UseSerialGC", "-Dorg.slf4j.simpleLogger.defaultLogLevel=error");

    private LoadServers() {}

    static Running start(Contender contender) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder = new ProcessBuilder(java.toString());
        builder.command().addAll(JVM_OPTIONS);
        builder.command()
                .addAll(List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        contender.main().getName()));
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        return new Running(contender, builder.start());
    }

    /** A server, spoken to line by line: first it tells its port, then it answers requests until its input ends. */
    static final class Running implements AutoCloseable {

        private final Contender contender;
        private final Process process;
        private final Writer requests;
        private final BufferedReader answers;
        private final int port;

        private Running(Contender contender, Process process) throws IOException {
            this.contender = contender;
            this.process = process;
            this.requests = process.outputWriter(StandardCharsets.UTF_8);
            this.answers = process.inputReader(StandardCharsets.UTF_8);
            this.port = Integer.parseInt(answer());
        }

        LoadClient connect(String room, String user, boolean sender, Selector selector) throws IOException {
            String ticket = ask("ticket " + room + " " + user);
            return LoadClient.connect(port, contender.dialect(room, ticket), sender, selector);
        }

        /** The processor time that the server has taken so far. */
        Duration cpu() {
            return process.info().totalCpuDuration().orElse(Duration.ZERO);
        }

        /** Resident memory in KiB after a full collection; NaN where the system does not tell. */
        double residentKib() throws IOException {
            ask("collect");
            Path status = Path.of("/proc", Long.toString(process.pid()), "status");
            if (!Files.isReadable(status)) {
                return Double.NaN;
            }
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(Double.NaN);
        }

        private String ask(String request) throws IOException {
            requests.write(request + "\n");
            requests.flush();
            return answer();
        }

        private String answer() throws IOException {
            String line = answers.readLine();
            if (line == null) {
                throw new IOException("the server has ended");
            }
            return line;
        }

        @Override
        public void close() throws IOException {
            requests.close();
            try {
                if (!process.waitFor(10, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
