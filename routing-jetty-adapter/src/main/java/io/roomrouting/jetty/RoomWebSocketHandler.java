package io.roomrouting.jetty;

import io.roomrouting.ErrorCode;
import io.roomrouting.HostState;
import io.roomrouting.RoutingException;
import io.roomrouting.TicketVerifier;
import io.roomrouting.TimeSource;
import io.roomrouting.jackson.JacksonPayloadCodec;
import io.roomrouting.jetty.internal.WebSocketListener;
import io.roomrouting.jetty.internal.WebSockets;
import io.roomrouting.session.HostStatus;
import io.roomrouting.session.PayloadCodec;
import io.roomrouting.session.SessionHost;
import io.roomrouting.spi.Admission;
import io.roomrouting.spi.ConnectionPermit;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.Graceful;
import org.eclipse.jetty.util.component.LifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads clients into the rooms of a {@link SessionHost} over WebSocket, speaking {@code room.v1}. Fits anywhere into a
 * Jetty server's tree of handlers.
 *
 * <p>A client presents its room ticket as {@code Sec-WebSocket-Protocol: room.v1, ticket.<ticket>}, or as
 * {@code ?token=<ticket>}; who can set headers should prefer the former, since queries end up in logs of proxies. A client
 * that wants to come back to its seat when its connection breaks adds {@code resume.new}, and on coming back
 * {@code resume.<token>.<received>}. What is
 * refused over HTTP, as {@code application/problem+json}: an upgrade without a ticket (401), from a web page of a foreign
 * origin (403), over a limit of connections (429, 503), to a host that is not ready (503). Any other refusal accepts the
 * WebSocket and closes it with a code and a reason, because a browser shows its page nothing else; the codes are in
 * {@link io.roomrouting.spi.CloseFrame}.
 *
 * <p>Requests for other paths and other methods are left to other handlers. When the server stops, clients are sent
 * code 1001; a stop timeout ({@link Server#setStopTimeout}) gives them the time to see it.
 *
 * <p>A host's connector should have an accept queue of some thousands ({@code ServerConnector.setAcceptQueueSize}):
 * with the default, thousands of clients that come at once wait for seconds.
 */
public final class RoomWebSocketHandler extends Handler.Abstract implements Graceful {

    private static final Logger LOG = LoggerFactory.getLogger(RoomWebSocketHandler.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final SessionHost host;
    private final TicketVerifier tickets;
    private final String path;
    private final AllowedOrigins origins;
    private final boolean passesOnPlainRequests;
    private final RoomWebSocketFormat format;
    private final WebSockets sockets;
    private final LifeCycle.Listener serverStops = new LifeCycle.Listener() {
        @Override
        public void lifeCycleStopping(LifeCycle server) {
            // Before the server closes its connectors, and even if it stops without being graceful.
            sockets.closeAll();
        }
    };

    private RoomWebSocketHandler(Builder builder) {
        // Checking a ticket may have to wait for keys.
        super(InvocationType.BLOCKING);
        host = builder.host;
        tickets = builder.tickets;
        path = builder.path;
        origins = builder.origins;
        passesOnPlainRequests = builder.passesOnPlainRequests;
        format = new RoomWebSocketFormat(builder.payloads);
        host.register(format);
        sockets = WebSockets.withPings(builder.settings, builder.time, builder.compresses);
    }

    /**
     * Describes a handler.
     *
     * @param host whose rooms the clients enter; not closed by the handler
     * @param tickets checks their tickets
     * @return a builder with defaults for everything else
     */
    public static Builder builder(SessionHost host, TicketVerifier tickets) {
        return new Builder(host, tickets);
    }

    /**
     * Returns how many WebSockets there are now, those being closed included.
     *
     * @return 0 or more
     */
    public int connections() {
        return sockets.size();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        sockets.start();
        getServer().addEventListener(serverStops);
    }

    @Override
    protected void doStop() throws Exception {
        getServer().removeEventListener(serverStops);
        sockets.closeAll();
        sockets.stop();
        super.doStop();
    }

    @Override
    public CompletableFuture<Void> shutdown() {
        sockets.closeAll();
        return sockets.allGone();
    }

    @Override
    public boolean isShutdown() {
        return sockets.isStopping();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (!Request.getPathInContext(request).equals(path)) {
            return false;
        }
        Exchange exchange = new Exchange(request, response, callback);
        if (WebSocketHandshake.isAskedFor(request)) {
            exchange.attempt(() -> upgrade(exchange));
            return true;
        }
        if (passesOnPlainRequests || !HttpMethod.GET.is(request.getMethod())) {
            return false;
        }
        exchange.refuse(WebSocketHandshake.required());
        return true;
    }

    private void upgrade(Exchange exchange) {
        Request request = exchange.request();
        Optional<Problem> fault = WebSocketHandshake.fault(request);
        if (fault.isPresent()) {
            exchange.refuse(fault.get());
            return;
        }
        checkOrigin(request);
        checkReady();
        WebSocketOffer offer = WebSocketOffer.of(request);
        if (!offer.isOpen() && !offer.hasRoomV1()) {
            throw RoutingException.invalid("The only protocol that is spoken here is " + WebSocketOffer.ROOM_V1);
        }
        String ticket = offer.ticket()
                .orElseThrow(() -> RoutingException.unauthenticated(
                        "A room ticket is needed, as the protocol \"ticket.<ticket>\" or as \"?token=<ticket>\""));
        String address = RemoteAddress.of(request);
        ConnectionPermit permit = host.permit(address);
        try {
            accept(exchange, offer, listener(offer, ticket, address), permit);
        } catch (RuntimeException | Error e) {
            permit.close();
            throw e;
        }
    }

    private void checkOrigin(Request request) {
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        if (origin != null && !origins.allow(origin)) {
            throw RoutingException.forbidden("Web pages of this origin are not allowed here");
        }
    }

    private void checkReady() {
        HostStatus status = host.status();
        if (sockets.isStopping()) {
            throw RoutingException.unavailable(ErrorCode.HOST_DRAINING, "The server is about to stop", RETRY_AFTER);
        }
        // A host that drains still takes the tickets that have been given out.
        if (!status.ready() && status.state() == HostState.ACTIVE) {
            throw RoutingException.unavailable(
                    ErrorCode.REGISTRY_UNAVAILABLE, "The host has no lease at the moment", RETRY_AFTER);
        }
    }

    private WebSocketListener listener(WebSocketOffer offer, String ticket, String address) {
        try {
            Admission admission = new Admission(tickets.verify(ticket), address, offer.seatRequest());
            return new RoomWebSocketListener(host, format, admission);
        } catch (RoutingException e) {
            LOG.debug("A client's ticket is refused: {}", e.code());
            return new RefusedWebSocketListener(e);
        }
    }

    private void accept(Exchange exchange, WebSocketOffer offer, WebSocketListener listener, ConnectionPermit permit) {
        if (offer.hasRoomV1()) {
            exchange.response().getHeaders().put(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL, WebSocketOffer.ROOM_V1);
        }
        WebSocketHandshake.accept(exchange, sockets, listener, permit);
    }

    /** Describes a {@link RoomWebSocketHandler}. Not thread-safe. */
    public static final class Builder {

        private final SessionHost host;
        private final TicketVerifier tickets;
        private String path = "/";
        private AllowedOrigins origins = AllowedOrigins.none();
        private boolean passesOnPlainRequests;
        private WebSocketSettings settings = WebSocketSettings.defaults();
        private boolean compresses;
        private PayloadCodec payloads = new JacksonPayloadCodec();
        private TimeSource time = TimeSource.system();

        private Builder(SessionHost host, TicketVerifier tickets) {
            this.host = host;
            this.tickets = tickets;
        }

        /**
         * Sets the path of the endpoint within its context; by default {@code /}.
         *
         * @param value begins with a slash
         * @return this
         * @throws IllegalArgumentException if it does not
         */
        public Builder path(String value) {
            if (!value.startsWith("/")) {
                throw new IllegalArgumentException("path = " + value + " does not begin with /");
            }
            path = value;
            return this;
        }

        /**
         * Sets the web pages that may connect; by default none. Programs that are no browsers send no origin and are not
         * concerned.
         *
         * @param value the origins
         * @return this
         */
        public Builder allowedOrigins(AllowedOrigins value) {
            origins = value;
            return this;
        }

        /**
         * Leaves GET requests for the path that ask for no WebSocket to other handlers. By default they are answered
         * with 426 and a hint.
         *
         * @return this
         */
        public Builder passOnPlainRequests() {
            passesOnPlainRequests = true;
            return this;
        }

        /**
         * Sets the bounds and times of the connections.
         *
         * @param value the settings
         * @return this
         */
        public Builder settings(WebSocketSettings value) {
            settings = value;
            return this;
        }

        /**
         * Sets whether messages of 1,024 bytes and more are compressed for clients that offer {@code permessage-deflate}
         * (RFC 7692); by default not: it costs more time than the rest of a delivery.
         *
         * @param value whether
         * @return this
         */
        public Builder perMessageDeflate(boolean value) {
            compresses = value;
            return this;
        }

        /**
         * Sets what reads and writes the events' data; by default a {@link JacksonPayloadCodec}.
         *
         * @param value must speak JSON
         * @return this
         */
        public Builder payloads(PayloadCodec value) {
            payloads = value;
            return this;
        }

        /**
         * Sets the clock and the timers; for tests.
         *
         * @param value the time source
         * @return this
         */
        public Builder time(TimeSource value) {
            time = value;
            return this;
        }

        /**
         * Makes the handler.
         *
         * @return a handler, to be put into a server
         */
        public RoomWebSocketHandler build() {
            return new RoomWebSocketHandler(this);
        }
    }
}
