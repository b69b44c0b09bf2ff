package io.roomrouting.session;

import io.roomrouting.RoutingException;
import io.roomrouting.spi.Admission;
import io.roomrouting.spi.Connection;
import io.roomrouting.spi.ConnectionListener;
import io.roomrouting.spi.ConnectionPermit;
import io.roomrouting.spi.WireFormat;
import java.time.Duration;

/**
 * This process's rooms: admits connections, keeps each room serial, keeps the lease, drains, closes.
 *
 * <p>Transports call {@link #permit} and {@link #admit}; applications start it with {@link #builder()} and close it;
 * operators look into {@link #rooms()}. Thread-safe.
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
     * Returns the rooms that are here, for operators.
     *
     * @return what can be seen of them and done with them; always the same
     */
    HostedRooms rooms();

    /**
     * Returns how the host is doing.
     *
     * @return a snapshot
     */
    HostStatus status();

    /**
     * Makes a transport's format known, so that messages for clients that are on their way from another host can be kept
     * in it. To be called before the transport admits its first client.
     *
     * @param format a format; later ones of the same name are ignored
     */
    void register(WireFormat format);

    /**
     * Gets ready to stop, within twice the spread and five seconds; otherwise like {@link #drain(Duration, Duration)}.
     *
     * @param spread over how long the clients' delays are spread
     * @return whether the host is empty
     */
    default boolean drain(Duration spread) {
        return drain(spread, spread.multipliedBy(2).plusSeconds(5));
    }

    /**
     * Gets ready to stop: takes no new rooms; hands the rooms over that can be (see {@link RestorableRoom}); ends the
     * others, unless they are to {@link WhenDraining#FINISH}; and tells the clients to look their rooms up again after
     * delays spread over the given time. A room that is still here takes clients with the tickets that they have.
     *
     * <p>Blocks until all rooms are released and whoever places rooms knows it, or somebody calls {@link #undrain}; at
     * the deadline what is left is ended without being handed over, which takes at most five seconds more.
     *
     * @param spread over how long the clients' delays are spread
     * @param deadline how long rooms may take
     * @return whether the host is empty; false if it was not in time, or the drain was undone
     */
    boolean drain(Duration spread, Duration deadline);

    /** Takes rooms again. Ends a {@link #drain} that is under way; the rooms that are still here stay. */
    void undrain();

    /**
     * Stops now: hands over what can be handed over at once, tells the clients, releases the rooms and leaves the
     * registry, trying again as long as there is time for it. Blocks for at most six seconds and a call of the registry.
     */
    @Override
    void close();
}
