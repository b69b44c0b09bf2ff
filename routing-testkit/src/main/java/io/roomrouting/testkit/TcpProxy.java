package io.roomrouting.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The network between an adapter and its server, both on this machine: it counts round trips, and can be out of order in
 * several ways. Knows nothing of what is said. Thread-safe; has two threads per connection, daemons, until it is closed.
 */
public final class TcpProxy implements AutoCloseable {

    private static final int BUFFER = 64 * 1024;
    private static final int WAITING_CONNECTIONS = 200;
    private static final Duration SLOWNESS = Duration.ofSeconds(2);

    /** What happens to what is said. */
    public enum Mode {
        /** Everything comes through, at first what was held back. */
        PASS,
        /** What the server says is held back, and nobody is told; the server goes on hearing. */
        SILENT,
        /** Everything is held back in both directions, new connections too, and nobody is told. */
        CUT,
        /** The server takes two seconds until it begins to answer. */
        SLOW,
        /** A connection ends as soon as the server says something on it, and a new one at once. */
        REFUSE
    }

    private final int target;
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong roundTrips = new AtomicLong();
    private final AtomicLong untilLoss = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Mode mode = Mode.PASS;
    private boolean closed;

    /**
     * Begins to pass on.
     *
     * @param target the server's port on the loopback interface; nobody need listen there yet
     * @throws UncheckedIOException if there is no free port
     */
    public TcpProxy(int target) {
        this.target = target;
        try {
            door = new ServerSocket(0, WAITING_CONNECTIONS, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    /**
     * Returns where it listens, on the loopback interface.
     *
     * @return the port
     */
    public int port() {
        return door.getLocalPort();
    }

    /**
     * Changes what happens from now on, on connections that are open as well.
     *
     * @param next how it goes on
     */
    public void set(Mode next) {
        lock.lock();
        try {
            mode = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns how often a client has said something after it had heard the server, or for the first time: the round trips,
     * if client and server take turns.
     *
     * @return the number, over all connections
     */
    public long roundTrips() {
        return roundTrips.get();
    }

    /**
     * Loses something that the server says, and its connection with it: what was asked has been done, and who asked does
     * not know.
     *
     * @param number which of the next, from 1
     */
    public void loseAnswer(int number) {
        untilLoss.set(number);
    }

    /** Ends all connections, as a crash of the server would. */
    public void cutAll() {
        open.forEach(TcpProxy::end);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cutAll();
    }

    /** Part of the work on a thread of its own; ends with its connection. */
    @FunctionalInterface
    private interface Part {
        void run() throws IOException, InterruptedException;
    }

    private static void start(Part part) {
        Thread thread = new Thread(
                () -> {
                    try {
                        part.run();
                    } catch (IOException | InterruptedException ended) {
                        // One of the sides, or the test, has ended the connection, and with it this part.
                        Thread.currentThread().interrupt();
                    }
                },
                "tcp-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (!door.isClosed()) {
            Socket client = door.accept();
            start(() -> connect(client));
        }
    }

    private void connect(Socket client) throws IOException, InterruptedException {
        open.add(client);
        try {
            if (awaitPassage(EnumSet.of(Mode.CUT)) == Mode.REFUSE) {
                return;
            }
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(server);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            AtomicBoolean heard = new AtomicBoolean(true);
            start(() -> copy(server, client, () -> answers(heard)));
            copy(client, server, () -> asks(heard));
        } finally {
            open.remove(client);
            end(client);
        }
    }

    /** Asked about each piece of what is said; false ends the connection. */
    @FunctionalInterface
    private interface Passage {
        boolean passes() throws InterruptedException;
    }

    private void copy(Socket from, Socket to, Passage passage) throws IOException, InterruptedException {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int count = in.read(buffer);
            while (count >= 0 && passage.passes()) {
                out.write(buffer, 0, count);
                count = in.read(buffer);
            }
        } finally {
            open.remove(from);
            open.remove(to);
            end(from);
            end(to);
        }
    }

    private boolean asks(AtomicBoolean heard) throws InterruptedException {
        awaitPassage(EnumSet.of(Mode.CUT));
        if (heard.getAndSet(false)) {
            roundTrips.incrementAndGet();
        }
        return !isClosed();
    }

    private boolean answers(AtomicBoolean heard) throws InterruptedException {
        Mode now = awaitPassage(EnumSet.of(Mode.CUT, Mode.SILENT));
        if (now == Mode.SLOW && !heard.get()) {
            awaitClose(SLOWNESS);
        }
        heard.set(true);
        boolean lost = untilLoss.get() > 0 && untilLoss.decrementAndGet() == 0;
        return now != Mode.REFUSE && !lost && !isClosed();
    }

    /** Waits while one of these modes is on; returns the one by then. */
    private Mode awaitPassage(Set<Mode> barriers) throws InterruptedException {
        lock.lock();
        try {
            while (!closed && barriers.contains(mode)) {
                changed.await();
            }
            return mode;
        } finally {
            lock.unlock();
        }
    }

    private void awaitClose(Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (!closed && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
