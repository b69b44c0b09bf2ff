package io.roomrouting.jetty;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoomId;
import io.roomrouting.RoutingException;
import io.roomrouting.Ticket;
import io.roomrouting.TicketVerifier;
import io.roomrouting.session.SessionHost;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each room of a {@link SessionHost} a port of its own, from a range: for clients and firewalls that think of a room as
 * a port. Most applications are better off with one {@link SessionServer} for all rooms.
 *
 * <p>On a room's port a WebSocket leads into the room, as {@link RoomWebSocketHandler} says, and {@code GET /} answers the
 * room's name as plain text. A ticket for another room is refused as {@link ErrorCode#TICKET_WRONG_HOST}: its client looks
 * its room up again. Ports are given out in turn, so that one is not soon used for another room; what other programs use is
 * passed over.
 *
 * <p>Follows nobody: whoever starts rooms opens their ports, and a {@link io.roomrouting.session.SessionListener} that hears
 * of their end closes them. Thread-safe. Each open port costs a thread.
 */
public final class RoomPorts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RoomPorts.class);

    private static final Duration RETRY_WHEN_FULL = Duration.ofSeconds(10);
    private static final Duration RETRY_ELSEWHERE = Duration.ofSeconds(1);

    private final SessionHost host;
    private final TicketVerifier tickets;
    private final PortRange range;
    private final AllowedOrigins origins;
    private final WebSocketSettings connections;
    private final Duration stopTimeout;
    private final PortServer server;
    private final Map<RoomId, RoomPort> open = new ConcurrentHashMap<>();
    /** The ports of open rooms, and those that are about to be given back, by their ends. */
    private final Map<Integer, CompletableFuture<Void>> taken = new ConcurrentHashMap<>();

    private int next;
    private boolean closed;

    private RoomPorts(Builder builder) {
        host = builder.host;
        tickets = builder.tickets;
        range = builder.range;
        origins = builder.origins;
        connections = builder.connections;
        stopTimeout = builder.listen.stopTimeout();
        next = range.first();
        server = PortServer.start(builder.listen, origins, range.size());
    }

    /**
     * Starts to describe the ports of a host's rooms.
     *
     * @param host whose rooms the clients enter; not closed with the ports
     * @param tickets checks their tickets
     * @param range where the ports are taken from
     * @return a builder
     */
    public static Builder builder(SessionHost host, TicketVerifier tickets, PortRange range) {
        return new Builder(host, tickets, range);
    }

    /**
     * Opens a port for a room, unless it has one. Waits for nothing but the operating system.
     *
     * @param room the room
     * @return its port
     * @throws RoutingException.Unavailable with {@link ErrorCode#NO_CAPACITY} if no port of the range can be had, with
     *     {@link ErrorCode#HOST_DRAINING} after {@link #close()}
     */
    public synchronized int open(RoomId room) {
        if (closed) {
            throw RoutingException.unavailable(ErrorCode.HOST_DRAINING, "The server is about to stop", RETRY_ELSEWHERE);
        }
        RoomPort port = open.get(room);
        if (port == null) {
            port = openNext(room);
            open.put(room, port);
        }
        return port.number();
    }

    /**
     * Returns the port of a room.
     *
     * @param room the room
     * @return its port; empty if it has none
     */
    public OptionalInt portOf(RoomId room) {
        RoomPort port = open.get(room);
        return port == null ? OptionalInt.empty() : OptionalInt.of(port.number());
    }

    /**
     * Returns how many rooms have a port.
     *
     * @return 0 or more
     */
    public int size() {
        return open.size();
    }

    /**
     * Closes a room's port, if it has one: nobody else comes in, and connections that nobody has ended yet are ended with
     * code 1001. Does not block. The port can be used again when its connections have ended, within
     * {@link WebSocketSettings#closeTimeout()}.
     *
     * @param room the room
     */
    public void close(RoomId room) {
        RoomPort port = open.remove(room);
        if (port != null) {
            port.end();
        }
    }

    /** Closes all ports, and waits until they are given back, for at most {@link ListenSettings#stopTimeout()}. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        List.copyOf(open.keySet()).forEach(this::close);
        awaitEnds();
        server.stop();
    }

    private void awaitEnds() {
        try {
            CompletableFuture.allOf(taken.values().toArray(CompletableFuture<?>[]::new))
                    .get(stopTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn("{} ports have connections that did not end in time", taken.size());
        } catch (ExecutionException e) {
            LOG.warn("A port did not close in an orderly way", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private RoomPort openNext(RoomId room) {
        @Nullable IOException last = null;
        for (int tried = 0; tried < range.size(); tried++) {
            int port = next;
            next = port == range.last() ? range.first() : port + 1;
            try {
                if (!taken.containsKey(port)) {
                    RoomPort opened = RoomPort.open(server, port, room, handler(room));
                    keepUntilEnded(opened);
                    return opened;
                }
            } catch (IOException e) {
                LOG.debug("Port {} is passed over", port, e);
                last = e;
            }
        }
        throw RoutingException.unavailable(
                ErrorCode.NO_CAPACITY, "None of the ports " + range + " is free", RETRY_WHEN_FULL, last);
    }

    private void keepUntilEnded(RoomPort port) {
        int number = port.number();
        taken.put(number, port.ended().thenRun(() -> taken.remove(number)));
    }

    private RoomWebSocketHandler handler(RoomId room) {
        return RoomWebSocketHandler.builder(host, token -> ticketFor(room, token))
                .allowedOrigins(origins)
                .settings(connections)
                .passOnPlainRequests()
                .build();
    }

    private Ticket ticketFor(RoomId room, String token) {
        Ticket ticket = tickets.verify(token);
        if (!ticket.assignment().room().equals(room)) {
            throw RoutingException.lookUpAgain(
                    ErrorCode.TICKET_WRONG_HOST, "The ticket is for another room, which has another port");
        }
        return ticket;
    }

    /** Describes the ports of a host's rooms. Not thread-safe. */
    public static final class Builder {

        private final SessionHost host;
        private final TicketVerifier tickets;
        private final PortRange range;
        private ListenSettings listen;
        private AllowedOrigins origins = AllowedOrigins.none();
        private WebSocketSettings connections = WebSocketSettings.defaults();

        private Builder(SessionHost host, TicketVerifier tickets, PortRange range) {
            this.host = host;
            this.tickets = tickets;
            this.range = range;
            this.listen = ListenSettings.onPort(range.first());
        }

        /**
         * Sets how the ports listen: interface, TLS, proxies, how long a stop waits. By default in plain HTTP on all
         * interfaces.
         *
         * @param value whose port does not count
         * @return this builder
         */
        public Builder listen(ListenSettings value) {
            this.listen = value;
            return this;
        }

        /**
         * Sets the web pages that may connect; by default none. Programs that are no browsers send no origin and are not
         * concerned.
         *
         * @param value the origins
         * @return this builder
         */
        public Builder allowedOrigins(AllowedOrigins value) {
            this.origins = value;
            return this;
        }

        /**
         * Sets the bounds and times of the connections.
         *
         * @param value the settings
         * @return this builder
         */
        public Builder connections(WebSocketSettings value) {
            this.connections = value;
            return this;
        }

        /**
         * Starts without a port.
         *
         * @return the ports
         * @throws java.io.UncheckedIOException if the key store cannot be used; the message names it
         */
        public RoomPorts start() {
            return new RoomPorts(this);
        }
    }
}
