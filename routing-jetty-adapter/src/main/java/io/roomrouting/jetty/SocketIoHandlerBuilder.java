package io.roomrouting.jetty;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomrouting.TimeSource;
import io.roomrouting.jackson.JacksonPayloadCodec;
import io.roomrouting.session.SessionHost;
import io.roomrouting.socketio.ConnectHook;
import io.roomrouting.socketio.NamespaceHandler;
import io.roomrouting.socketio.Namespaces;
import io.roomrouting.socketio.RoomAdmissions;
import io.roomrouting.socketio.SocketServer;
import io.roomrouting.socketio.SocketServerBuilder;
import io.roomrouting.socketio.SocketSettings;
import io.roomrouting.socketio.admin.SocketAdmin;
import io.roomrouting.socketio.engine.EngineAcceptor;
import io.roomrouting.socketio.engine.EngineRequest;
import io.roomrouting.socketio.engine.EngineServer;
import io.roomrouting.socketio.engine.EngineSettings;
import io.roomrouting.spi.ConnectionPermit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Describes a {@link SocketIoHandler}. Not thread-safe. */
public final class SocketIoHandlerBuilder {

    private static final Pattern COOKIE_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    private final SocketServerBuilder sockets = SocketServer.builder();
    private final List<SessionHost> hosts = new ArrayList<>();
    private boolean hasNamespaces;
    private @Nullable EngineAcceptor acceptor;
    String path = "/socket.io";
    EngineSettings engineSettings = EngineSettings.defaults();
    AllowedOrigins origins = AllowedOrigins.none();
    boolean compresses = true;
    boolean compressesMessages;

    @Nullable String cookie;

    TimeSource time = TimeSource.system();

    SocketIoHandlerBuilder() {
        sockets.mapper(JacksonPayloadCodec.mapper().build());
    }

    /**
     * Leads the clients of the main namespace into the rooms of a host. Each client, however many requests it makes, takes
     * one of the places that the host has for its network address.
     *
     * @param host whose rooms they enter; not closed by the handler
     * @param admissions says who may enter what
     * @param hooks asked before that
     * @return this
     */
    public SocketIoHandlerBuilder rooms(SessionHost host, RoomAdmissions admissions, ConnectHook... hooks) {
        return rooms("/", host, admissions, hooks);
    }

    /**
     * Leads the clients of a namespace into the rooms of a host, as {@link #rooms(SessionHost, RoomAdmissions,
     * ConnectHook...)} does.
     *
     * @param namespace begins with a slash; at most 48 characters
     * @param host whose rooms they enter
     * @param admissions says who may enter what
     * @param hooks asked before that
     * @return this
     */
    public SocketIoHandlerBuilder rooms(
            String namespace, SessionHost host, RoomAdmissions admissions, ConnectHook... hooks) {
        sockets.rooms(namespace, host, admissions, hooks);
        hasNamespaces = true;
        if (!hosts.contains(host)) {
            hosts.add(host);
        }
        return this;
    }

    /**
     * Adds a namespace.
     *
     * @param name begins with a slash; the main one is {@code /}
     * @param handler decides who enters it
     * @return this
     */
    public SocketIoHandlerBuilder namespace(String name, NamespaceHandler handler) {
        sockets.namespace(name, handler);
        hasNamespaces = true;
        return this;
    }

    /**
     * Adds namespaces by a rule.
     *
     * @param rule asked about names that were not added one by one
     * @return this
     */
    public SocketIoHandlerBuilder namespaces(Namespaces rule) {
        sockets.namespaces(rule);
        hasNamespaces = true;
        return this;
    }

    /**
     * Lets people look after the server with the official admin UI; by default nobody can. Where its pages come from
     * must be among the {@linkplain #allowedOrigins allowed origins}.
     *
     * @param value who may come in, and what they are shown
     * @return this
     */
    public SocketIoHandlerBuilder admin(SocketAdmin value) {
        value.addTo(sockets);
        hasNamespaces = true;
        return this;
    }

    /**
     * Serves bare Engine.IO, in the place of namespaces.
     *
     * @param value what there is above Engine.IO
     * @return this
     */
    public SocketIoHandlerBuilder acceptor(EngineAcceptor value) {
        acceptor = value;
        return this;
    }

    /**
     * Sets the path within its context; {@code /socket.io/} by default.
     *
     * @param value begins with a slash; one at its end means nothing
     * @return this
     * @throws IllegalArgumentException if it does not begin with a slash
     */
    public SocketIoHandlerBuilder path(String value) {
        if (!value.startsWith("/")) {
            throw new IllegalArgumentException("path = " + value + " does not begin with /");
        }
        path = value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
        return this;
    }

    /**
     * Sets what Engine.IO allows: times, bounds, transports.
     *
     * @param value instead of {@link EngineSettings#defaults}
     * @return this
     */
    public SocketIoHandlerBuilder engineSettings(EngineSettings value) {
        engineSettings = value;
        return this;
    }

    /**
     * Sets what Socket.IO allows.
     *
     * @param value instead of {@link SocketSettings#defaults}
     * @return this
     */
    public SocketIoHandlerBuilder socketSettings(SocketSettings value) {
        sockets.settings(value);
        return this;
    }

    /**
     * Sets what reads and writes the arguments of events.
     *
     * @param value instead of {@link JacksonPayloadCodec#mapper()}, with which rooms read and write the same as over
     *     {@code room.v1}; not to be changed afterwards
     * @return this
     */
    public SocketIoHandlerBuilder mapper(ObjectMapper value) {
        sockets.mapper(value);
        return this;
    }

    /**
     * Sets who may connect at all; the {@code allowRequest} of the reference implementation.
     *
     * @param value says why not, in words that the client is told (code 4), or empty; must not block
     * @return this
     */
    public SocketIoHandlerBuilder allowRequest(Function<EngineRequest, Optional<String>> value) {
        sockets.allowRequest(value);
        return this;
    }

    /**
     * Sets the web pages of other origins that may connect; by default none. They get the CORS headers for polling, with
     * credentials allowed, and may open WebSockets. Programs that are no browsers, and the server's own pages, are not
     * concerned.
     *
     * @param value the origins
     * @return this
     */
    public SocketIoHandlerBuilder allowedOrigins(AllowedOrigins value) {
        origins = value;
        return this;
    }

    /**
     * Gives each client that polls a cookie with the name of its session, so that a proxy can keep it on one server; by
     * default there is none. Its attributes are {@code Path=/; HttpOnly; SameSite=Lax}.
     *
     * @param name the cookie's name, for example {@code io}
     * @return this
     * @throws IllegalArgumentException if it is not 1 to 64 letters, digits, dots, hyphens and underscores
     */
    public SocketIoHandlerBuilder cookie(String name) {
        if (!COOKIE_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("cookie = " + name + " is not the name of a cookie");
        }
        cookie = name;
        return this;
    }

    /**
     * Sets whether answers to polls of 1,024 bytes and more are compressed for clients that accept gzip; they are by
     * default.
     *
     * @param value whether
     * @return this
     */
    public SocketIoHandlerBuilder httpCompression(boolean value) {
        compresses = value;
        return this;
    }

    /**
     * Sets whether messages of 1,024 bytes and more are compressed on the WebSockets of clients that offer
     * {@code permessage-deflate} (RFC 7692); by default not: it costs more time than the rest of a delivery. A message for
     * many is compressed once.
     *
     * @param value whether
     * @return this
     */
    public SocketIoHandlerBuilder perMessageDeflate(boolean value) {
        compressesMessages = value;
        return this;
    }

    /**
     * Sets the clock and the timers; for tests.
     *
     * @param value the time source
     * @return this
     */
    public SocketIoHandlerBuilder time(TimeSource value) {
        time = value;
        sockets.time(value);
        return this;
    }

    /**
     * Makes the handler.
     *
     * @return a handler, to be put into a server
     * @throws IllegalStateException if there is nothing to connect to, or an acceptor beside namespaces
     */
    public SocketIoHandler build() {
        if (hasNamespaces == (acceptor != null)) {
            throw new IllegalStateException(
                    hasNamespaces ? "There are namespaces and an acceptor" : "There is neither a namespace nor a room");
        }
        EngineAcceptor accepting = acceptor == null ? sockets.build() : acceptor;
        EngineSettings settings = engineSettings;
        TimeSource clock = time;
        List<SessionHost> all = List.copyOf(hosts);
        return new SocketIoHandler(
                this,
                accepting,
                executor -> EngineServer.builder(accepting)
                        .settings(settings)
                        .permits(address -> permits(all, address))
                        .time(clock)
                        .executor(executor));
    }

    /** A place at each host, or at none. */
    private static ConnectionPermit permits(List<SessionHost> hosts, String address) {
        List<ConnectionPermit> taken = new ArrayList<>();
        ConnectionPermit all = () -> taken.forEach(ConnectionPermit::close);
        try {
            for (SessionHost host : hosts) {
                taken.add(host.permit(address));
            }
            return all;
        } catch (RuntimeException noPlace) {
            all.close();
            throw noPlace;
        }
    }
}
