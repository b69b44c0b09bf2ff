package io.roomrouting.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Greets as a Redis of some version does and has one answer to everything else: for states that a real one is not easily in. */
final class FakeServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FakeServer.class);

    private final ServerSocket door;
    private final String version;
    private final String answer;

    FakeServer(String version, String answer) {
        this.version = version;
        this.answer = answer;
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::accept, "fake-redis");
        thread.setDaemon(true);
        thread.start();
    }

    String uri() {
        return "redis://127.0.0.1:" + door.getLocalPort();
    }

    private void accept() {
        while (!door.isClosed()) {
            try (Socket client = door.accept();
                    BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8))) {
                serve(in, client.getOutputStream());
            } catch (IOException e) {
                LOG.debug("The client, or the test, has ended the connection: the next one may come", e);
            }
        }
    }

    private void serve(BufferedReader in, OutputStream out) throws IOException {
        String first = in.readLine();
        while (first != null) {
            int parts = Integer.parseInt(first.substring(1));
            String command = "";
            for (int i = 0; i < parts; i++) {
                int length = Integer.parseInt(in.readLine().substring(1));
                char[] text = new char[length + 2];
                for (int read = 0; read < text.length; ) {
                    read += in.read(text, read, text.length - read);
                }
                command = i == 0 ? new String(text, 0, length) : command;
            }
            out.write((command.equals("INFO") ? info() : "-" + answer + "\r\n").getBytes(UTF_8));
            out.flush();
            first = in.readLine();
        }
    }

    private String info() {
        String text =
                "# Server\r\nredis_version:" + version + "\r\nrun_id:0123456789\r\nmaxmemory:0\r\nrole:master\r\n";
        return "$" + text.length() + "\r\n" + text + "\r\n";
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
