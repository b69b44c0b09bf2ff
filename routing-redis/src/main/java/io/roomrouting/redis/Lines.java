package io.roomrouting.redis;

import io.roomrouting.Deadline;
import io.roomrouting.TimeSource;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The connections of a {@link RedisDatabase}, all to the server that takes writes at present. Which of several that is shows when
 * they are asked. Thread-safe.
 */
final class Lines implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Lines.class);

    private final List<HostAndPort> nodes;
    private final Access access;
    private final Semaphore permits;
    private final ConcurrentLinkedDeque<Line> idle = new ConcurrentLinkedDeque<>();
    private final AtomicBoolean warned = new AtomicBoolean();
    private volatile HostAndPort current;
    private volatile boolean closed;

    Lines(List<HostAndPort> nodes, Access access, int most) {
        this.nodes = nodes;
        this.access = access;
        this.permits = new Semaphore(most);
        this.current = nodes.get(0);
    }

    /** What is done with a connection. */
    @FunctionalInterface
    interface Work<T> {
        T run(Line line);
    }

    /** Lends a connection; waits for one if all are in use. */
    <T> T with(Deadline deadline, Work<T> work) {
        Line line = take(deadline);
        try {
            return work.run(line);
        } finally {
            giveBack(line);
        }
    }

    /** Makes a connection to a certain server for this work only. */
    <T> T elsewhere(HostAndPort node, Deadline deadline, Work<T> work) {
        try (Line line = Line.open(node, access, deadline)) {
            return work.run(line);
        }
    }

    /** The keys are at another node of the cluster. */
    void moveTo(HostAndPort node) {
        current = node;
    }

    /** This node is not the right one any more, is gone or silent: the others come first now. */
    synchronized void turnFrom(HostAndPort node) {
        if (current.equals(node)) {
            current = nodes.get((nodes.indexOf(node) + 1) % nodes.size());
        }
    }

    HostAndPort current() {
        return current;
    }

    private Line take(Deadline deadline) {
        if (closed) {
            throw new IllegalStateException("the Redis database is closed");
        }
        acquire(deadline);
        boolean taken = false;
        try {
            Line line = Optional.ofNullable(pollIdle()).orElseGet(() -> open(deadline));
            taken = true;
            return line;
        } finally {
            if (!taken) {
                permits.release();
            }
        }
    }

    private void acquire(Deadline deadline) {
        try {
            if (!permits.tryAcquire(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                throw tooLate("all connections are in use");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JedisException("interrupted while waiting for a connection", e);
        }
    }

    private Line pollIdle() {
        Line line = idle.pollFirst();
        while (line != null && !line.node().equals(current)) {
            line.close();
            line = idle.pollFirst();
        }
        return line;
    }

    /** Asks the nodes one after the other, each for its share of the time. */
    private Line open(Deadline deadline) {
        for (int left = nodes.size(); left > 1; left--) {
            HostAndPort node = current;
            try {
                return open(
                        node,
                        Deadline.in(TimeSource.system(), deadline.remaining().dividedBy(left)));
            } catch (JedisException e) {
                if (!RedisFailure.of(e).isOfOneNode()) {
                    throw e;
                }
                LOG.debug("{} does not serve", node, e);
                turnFrom(node);
            }
        }
        return open(current, deadline);
    }

    private Line open(HostAndPort node, Deadline deadline) {
        Duration before = deadline.remaining();
        Line line = Line.open(node, access, deadline);
        if (line.mayEvict() && warned.compareAndSet(false, true)) {
            LOG.warn(
                    "Redis drops keys when it is full: then hosts lose their rooms, or a room has two owners. Set maxmemory-policy to"
                            + " noeviction");
        }
        Duration left = deadline.remaining();
        if (before.minus(left).compareTo(left) > 0) {
            // It would not answer in what is left of the time; the next caller need not begin by waiting for its
            // greeting.
            idle.addFirst(line);
            throw tooLate("the server was slow to greet");
        }
        return line;
    }

    private static JedisConnectionException tooLate(String why) {
        return new JedisConnectionException(new SocketTimeoutException(why));
    }

    private void giveBack(Line line) {
        if (line.isSound() && !closed && line.node().equals(current)) {
            idle.addFirst(line);
        } else {
            line.close();
        }
        permits.release();
        if (closed) {
            closeIdle();
        }
    }

    /** Forgets connections that are probably of no use any more. */
    void closeIdle() {
        for (Line line = idle.pollFirst(); line != null; line = idle.pollFirst()) {
            line.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        closeIdle();
    }
}
