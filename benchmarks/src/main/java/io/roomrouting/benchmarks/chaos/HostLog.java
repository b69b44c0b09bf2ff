package io.roomrouting.benchmarks.chaos;

import io.roomrouting.RoomId;
import io.roomrouting.UserId;
import io.roomrouting.benchmarks.chaos.check.History.Accepted;
import io.roomrouting.benchmarks.chaos.check.History.Admitted;
import io.roomrouting.benchmarks.chaos.check.Message;
import io.roomrouting.session.SessionListener;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What one host process took and whom it let in, line by line. A line is with the operating system before its message is
 * with anybody, so that a killed process loses none. Thread-safe.
 */
final class HostLog implements SessionListener, AutoCloseable {

    private static final String ACCEPTED = "accepted";
    private static final String ADMITTED = "admitted";
    private static final int MESSAGE_WORDS = 9;

    private final String host;
    private final OutputStream out;

    HostLog(String host, Path file) throws IOException {
        this.host = host;
        this.out = new FileOutputStream(file.toFile(), true);
    }

    void accepted(Message message, boolean again) {
        write(String.join(
                " ",
                ACCEPTED,
                Long.toString(System.nanoTime()),
                message.room(),
                message.host(),
                Long.toString(message.epoch()),
                Long.toString(message.seq()),
                message.from(),
                Long.toString(message.n()),
                Boolean.toString(again)));
    }

    @Override
    public void joined(RoomId room, UserId user) {
        admitted();
    }

    @Override
    public void resumed(RoomId room, UserId user) {
        admitted();
    }

    private void admitted() {
        write(ADMITTED + " " + System.nanoTime() + " " + host);
    }

    private synchronized void write(String line) {
        try {
            out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /** Reads what a process has written; a last line that it could not end does not count. */
    static void read(Path file, Consumer<Accepted> accepted, Consumer<Admitted> admitted) throws IOException {
        String text = Files.readString(file, StandardCharsets.US_ASCII);
        text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(line -> {
            String[] words = line.split(" ", -1);
            if (words[0].equals(ADMITTED)) {
                admitted.accept(new Admitted(words[2], Long.parseLong(words[1])));
            } else if (words[0].equals(ACCEPTED) && words.length == MESSAGE_WORDS) {
                accepted.accept(accepted(words));
            } else {
                throw new IllegalStateException("not a line of a host's log: " + line);
            }
        });
    }

    private static Accepted accepted(String[] words) {
        Message message = new Message(
                words[2].intern(),
                words[3].intern(),
                Long.parseLong(words[4]),
                Long.parseLong(words[5]),
                words[6].intern(),
                Long.parseLong(words[7]));
        return new Accepted(message, Boolean.parseBoolean(words[8]), Long.parseLong(words[1]));
    }
}
