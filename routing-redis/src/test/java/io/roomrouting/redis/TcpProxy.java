package io.roomrouting.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a client and a server, counts how often they take turns, and can be out of order in several ways. */
final class TcpProxy implements AutoCloseable {

    /** What happens to what the server says. */
    enum Mode {
        PASS,
        /** Nothing comes through, and nobody is told. */
        SILENT,
        /** Everything takes two seconds. */
        SLOW,
        /** As {@link #loseAnswer} has said. */
        LOSE_ONE
    }

    private final int target;
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger questions = new AtomicInteger();
    private final AtomicInteger untilLoss = new AtomicInteger();
    private volatile Mode mode = Mode.PASS;

    TcpProxy(int target) {
        this.target = target;
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    String uri() {
        return "redis://127.0.0.1:" + door.getLocalPort();
    }

    void set(Mode next) {
        mode = next;
    }

    /** How often a client has said something after it had been silent. */
    int roundTrips() {
        return questions.get();
    }

    /** Loses an answer, and its connection with it; after that, all pass. */
    void loseAnswer(int number) {
        untilLoss.set(number);
        mode = Mode.LOSE_ONE;
    }

    /** Ends all connections as a crash would. */
    void cutAll() {
        try {
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            open.add(client);
            open.add(server);
            start(() -> copy(client, server, false));
            start(() -> copy(server, client, true));
        }
    }

    private void copy(Socket from, Socket to, boolean fromServer) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int count = in.read(buffer);
            while (count >= 0) {
                if (!fromServer) {
                    questions.incrementAndGet();
                } else if (!comesThrough()) {
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
            if (now == Mode.LOSE_ONE && untilLoss.decrementAndGet() == 0) {
                mode = Mode.PASS;
                return false;
            }
            return now != Mode.SLOW || !closed.await(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
