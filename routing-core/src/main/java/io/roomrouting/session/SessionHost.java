package io.roomrouting.session;

import io.roomrouting.RoutingException;
import io.roomrouting.spi.Admission;
import io.roomrouting.spi.Connection;
import io.roomrouting.spi.ConnectionListener;
import io.roomrouting.spi.ConnectionPermit;
import java.time.Duration;

/**
 * This process's rooms: admits connections, keeps each room serial, keeps the lease, drains, closes.
 *
 * <p>Transports call {@link #permit} and {@link #admit}; applications start it with {@link #builder()} and close it.
 * Thread-safe.
 */
public interface SessionHost extends AutoCloseable {

    /**
     * Starts to describe a host.
     *
     * @return a builder
     */
    static SessionHostBuilder builder() {
        return new SessionHostBuilder();
    }

    /**
     * Takes a place among the connections of one network address, before a connection is set up.
     *
     * @param remoteAddress the client's network address
     * @return to be closed when the connection ends
     * @throws RoutingException.Unavailable with {@link io.roomrouting.ErrorCode#RATE_LIMITED} if the address has too
     *     many connections, with {@link io.roomrouting.ErrorCode#OVERLOADED} if the host has
     */
    ConnectionPermit permit(String remoteAddress);

    /**
     * Lets a client in, or tells the connection why not. Does not block: the answer comes as
     * {@link Connection#accept} or {@link Connection#refuse}, perhaps before this returns, perhaps after the registry
     * has been asked.
     *
     * @param admission the verified ticket
     * @param connection the client's connection
     * @return what the transport tells of it, from now on
     */
    ConnectionListener admit(Admission admission, Connection connection);

    /**
     * Returns how the host is doing.
     *
     * @return a snapshot
     */
    HostStatus status();

    /**
     * Gets ready to stop: takes no new rooms, tells the clients to look their rooms up again after delays spread over
     * the given time, and releases the rooms. Blocks until all rooms are released and whoever places rooms knows it, but
     * no longer than twice the time and five seconds.
     *
     * @param spread over how long the clients' delays are spread
     */
    void drain(Duration spread);

    /** Stops now: tells the clients, releases the rooms and leaves the registry. */
    @Override
    void close();
}
