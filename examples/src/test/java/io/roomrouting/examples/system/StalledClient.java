package io.roomrouting.examples.system;

import io.roomrouting.examples.system.BackendClient.RouteAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A client that enters a room and then never reads. */
final class StalledClient implements AutoCloseable {

    private static final int SMALL_BUFFER = 4 * 1024;

    private final Socket socket = new Socket();

    private StalledClient() {}

    static StalledClient join(RouteAnswer route) throws IOException {
        StalledClient client = new StalledClient();
        client.connect(route);
        return client;
    }

    private void connect(RouteAnswer route) throws IOException {
        URI uri = URI.create(route.url());
        socket.setReceiveBufferSize(SMALL_BUFFER);
        socket.connect(new InetSocketAddress(InetAddress.getByName(uri.getHost()), uri.getPort()));
        String upgrade = """
                GET / HTTP/1.1
                Host: %s
                Connection: Upgrade
                Upgrade: websocket
                Sec-WebSocket-Version: 13
                Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==
                Sec-WebSocket-Protocol: room.v1, ticket.%s

                """.formatted(uri.getAuthority(), route.token()).replace("\n", "\r\n");
        socket.getOutputStream().write(upgrade.getBytes(StandardCharsets.US_ASCII));
        readHead();
    }

    /** Reads to the end of the response's head, and not a byte further. */
    private void readHead() throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the server hung up: " + head);
            }
            head.append((char) next);
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException("refused: " + head);
        }
    }

    /** Reads what is left, to the very end. */
    byte[] readToTheEnd() throws IOException {
        return socket.getInputStream().readAllBytes();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
