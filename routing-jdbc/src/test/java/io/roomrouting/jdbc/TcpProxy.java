package io.roomrouting.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Stands between a client and a server, and can be out of order in several ways. */
final class TcpProxy implements AutoCloseable {

    /** What happens to what the server says. */
    enum Mode {
        PASS,
        /** Nothing comes through, and nobody is told. */
        SILENT,
        /** Everything takes two seconds. */
        SLOW,
        /** Connections end as soon as the server says something, and new ones are closed at once. */
        CUT
    }

    private final int target;
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Mode mode = Mode.PASS;

    TcpProxy(int target) throws IOException {
        this.target = target;
        door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    void set(Mode next) {
        mode = next;
    }

    /** Ends all connections as a crash would. */
    void cutAll() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        door.close();
        cutAll();
    }

    /** Part of a connection's life on a thread of its own. */
    @FunctionalInterface
    private interface Part {
        void run() throws IOException;
    }

    private static void start(Part part) {
        Thread thread = new Thread(
                () -> {
                    try {
                        part.run();
                    } catch (IOException e) {
                        // The other side, or the test, has ended the connection: so this part ends too.
                        Thread.currentThread().interrupt();
                    }
                },
                "tcp-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (closed.getCount() > 0) {
            Socket client = door.accept();
            if (mode == Mode.CUT) {
                client.close();
                continue;
            }
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(client);
            open.add(server);
            start(() -> copy(client, server, false));
            start(() -> copy(server, client, true));
        }
    }

    private void copy(Socket from, Socket to, boolean fromServer) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int count = in.read(buffer);
            while (count >= 0) {
                if (fromServer && !comesThrough()) {
                    return;
                }
                out.write(buffer, 0, count);
                count = in.read(buffer);
            }
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private boolean comesThrough() {
        try {
            Mode now = mode;
            while (now == Mode.SILENT) {
                if (closed.await(20, TimeUnit.MILLISECONDS)) {
                    return false;
                }
                now = mode;
            }
            if (now == Mode.SLOW) {
                return !closed.await(2, TimeUnit.SECONDS);
            }
            return now == Mode.PASS;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
