package io.roomrouting.benchmarks.engines;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The network between one process and a server on this machine: it can be cut, and it counts what is asked. While it is cut
 * nothing comes through in either direction and nobody is told; afterwards everything goes on, with what was on its way.
 * Thread-safe.
 */
public final class TcpProxy implements AutoCloseable {

    private static final int BUFFER = 16 * 1024;
    private static final int WAITING_CONNECTIONS = 200;

    private final int target;
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong questions = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean cut;
    private volatile boolean closed;

    /**
     * Begins to pass on.
     *
     * @param target the server's port on the loopback interface
     * @throws IOException if there is no free port
     */
    public TcpProxy(int target) throws IOException {
        this.target = target;
        door = new ServerSocket(0, WAITING_CONNECTIONS, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    /**
     * Returns where it listens.
     *
     * @return the port
     */
    public int port() {
        return door.getLocalPort();
    }

    /** Lets nothing through from now on. */
    public void cut() {
        set(true);
    }

    /** Lets everything through again. */
    public void heal() {
        set(false);
    }

    /**
     * Returns how often a client has said something after it had heard the server, or for the first time: the round trips, if
     * client and server take turns.
     *
     * @return the number, over all connections
     */
    public long questions() {
        return questions.get();
    }

    private void set(boolean value) {
        lock.lock();
        try {
            cut = value;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Part of the work, on a thread of its own; ends with its connection. */
    @FunctionalInterface
    private interface Part {
        void run() throws IOException;
    }

    private static void start(Part part) {
        Thread thread = new Thread(
                () -> {
                    try {
                        part.run();
                    } catch (IOException ended) {
                        // One of the sides has ended the connection, and with it this part.
                        Thread.currentThread().interrupt();
                    }
                },
                "tcp-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (!closed) {
            Socket client = door.accept();
            start(() -> connect(client));
        }
    }

    private void connect(Socket client) throws IOException {
        open.add(client);
        try {
            awaitPassage();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(server);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            AtomicBoolean answered = new AtomicBoolean(true);
            start(() -> copy(server, client, () -> answered.set(true)));
            copy(client, server, () -> {
                if (answered.getAndSet(false)) {
                    questions.incrementAndGet();
                }
            });
        } finally {
            end(client);
        }
    }

    private void copy(Socket from, Socket to, Runnable onEach) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                awaitPassage();
                onEach.run();
                out.write(buffer, 0, count);
            }
        } finally {
            end(from);
            end(to);
        }
    }

    private void end(Socket socket) throws IOException {
        open.remove(socket);
        socket.close();
    }

    private void awaitPassage() throws IOException {
        lock.lock();
        try {
            while (cut && !closed) {
                changed.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        door.close();
        for (Socket socket : open) {
            socket.close();
        }
        heal();
    }
}
