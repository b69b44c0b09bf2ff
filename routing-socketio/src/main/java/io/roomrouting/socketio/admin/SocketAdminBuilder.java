package io.roomrouting.socketio.admin;

import io.roomrouting.TimeSource;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Describes a {@link SocketAdmin}; everything but the login has a default. Not thread-safe. */
public final class SocketAdminBuilder {

    private static final int MOST_WAITING_LOGINS = 8;

    final AdminLogin login;
    AdminMode mode = AdminMode.PRODUCTION;
    boolean readOnly;
    String namespace = "/admin";
    Duration sessionLife = Duration.ofHours(12);
    TimeSource time = TimeSource.system();
    private @Nullable String serverId;
    private @Nullable Executor executor;

    SocketAdminBuilder(AdminLogin login) {
        this.login = login;
    }

    /**
     * Sets how much is shown.
     *
     * @param value instead of {@link AdminMode#PRODUCTION}
     * @return this
     */
    public SocketAdminBuilder mode(AdminMode value) {
        mode = value;
        return this;
    }

    /**
     * Sets whether people may only look; by default they may also put clients out and emit events to them.
     *
     * @param value true to let them only look
     * @return this
     */
    public SocketAdminBuilder readOnly(boolean value) {
        readOnly = value;
        return this;
    }

    /**
     * Sets the namespace.
     *
     * @param value instead of {@code /admin}; begins with a slash
     * @return this
     */
    public SocketAdminBuilder namespace(String value) {
        namespace = value;
        return this;
    }

    /**
     * Sets under which name the server is shown.
     *
     * @param value instead of the machine's name; each server that one UI watches has another
     * @return this
     */
    public SocketAdminBuilder serverId(String value) {
        serverId = value;
        return this;
    }

    /**
     * Sets for how long a login is remembered.
     *
     * @param value instead of 12 hours; more than nothing
     * @return this
     * @throws IllegalArgumentException if it is not
     */
    public SocketAdminBuilder sessionLife(Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("sessionLife = " + value + " is not more than nothing");
        }
        sessionLife = value;
        return this;
    }

    /**
     * Sets where passwords are looked at.
     *
     * @param value may be kept waiting, and may refuse tasks, whose people are then told to wait; instead of one thread
     *     that is there only when it is needed
     * @return this
     */
    public SocketAdminBuilder executor(Executor value) {
        executor = value;
        return this;
    }

    /**
     * Sets the clock and the timers; for tests.
     *
     * @param value instead of {@link TimeSource#system}
     * @return this
     */
    public SocketAdminBuilder time(TimeSource value) {
        time = value;
        return this;
    }

    /**
     * Makes it. Asks the machine for its name, which may take a while.
     *
     * @return to be given to a server
     */
    public SocketAdmin build() {
        String host = hostname();
        return new SocketAdmin(
                this, host, serverId == null ? host : serverId, executor == null ? oneThread() : executor);
    }

    private static String hostname() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }

    private static Executor oneThread() {
        return new ThreadPoolExecutor(
                0, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING_LOGINS), task -> {
                    Thread thread = new Thread(task, "socketio-admin-login");
                    thread.setDaemon(true);
                    return thread;
                });
    }
}
