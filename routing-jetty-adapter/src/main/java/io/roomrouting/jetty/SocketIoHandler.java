package io.roomrouting.jetty;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.roomrouting.jetty.internal.Afterwards;
import io.roomrouting.jetty.internal.ConnectionBounds;
import io.roomrouting.jetty.internal.ThreadTurn;
import io.roomrouting.jetty.internal.WebSockets;
import io.roomrouting.socketio.SocketCounts;
import io.roomrouting.socketio.SocketServer;
import io.roomrouting.socketio.engine.EngineAcceptor;
import io.roomrouting.socketio.engine.EngineCounts;
import io.roomrouting.socketio.engine.EngineRequest;
import io.roomrouting.socketio.engine.EngineServer;
import io.roomrouting.socketio.engine.EngineServerBuilder;
import io.roomrouting.socketio.engine.WebSocketOffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.Graceful;
import org.eclipse.jetty.util.component.LifeCycle;
import org.jspecify.annotations.Nullable;

/**
 * Socket.IO 5 on Engine.IO 4, over HTTP long-polling, over WebSockets, and over the change from the one to the other. Fits
 * anywhere into the tree of handlers of any Jetty server, behind a context path too.
 *
 * <p>Requests for other paths are left to other handlers. Nothing here blocks; the application's listeners are called on
 * Jetty's threads and must not block either.
 *
 * <p>When the server stops, clients that wait for an answer get their last one, WebSockets are closed, and nobody is let in
 * any more; a stop timeout ({@link org.eclipse.jetty.server.Server#setStopTimeout}) gives them the time to see it. The
 * handler can be started again.
 *
 * <p>A server's connector should have an accept queue of some thousands ({@code ServerConnector.setAcceptQueueSize}): with
 * the default, thousands of clients that come at once wait for seconds.
 */
public final class SocketIoHandler extends Handler.Abstract.NonBlocking implements Graceful {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final String path;
    private final EngineAcceptor acceptor;
    private final Function<Executor, EngineServerBuilder> engines;
    private final SocketIoCors cors;
    private final PollingAnswers answers;
    private final WebSockets sockets;
    private final EngineFrames frames;
    private final LifeCycle.Listener serverStops = new LifeCycle.Listener() {
        @Override
        public void lifeCycleStopping(LifeCycle server) {
            // Before the server closes its connectors, and even if it stops without being graceful.
            sayGoodbye();
        }
    };

    /** There is one while the handler is started. */
    private volatile @Nullable Running running;

    /** What lasts from a start to a stop. */
    private record Running(EngineServer engine, Afterwards afterwards) {}

    SocketIoHandler(
            SocketIoHandlerBuilder builder, EngineAcceptor acceptor, Function<Executor, EngineServerBuilder> engines) {
        this.acceptor = acceptor;
        this.engines = engines;
        path = builder.path;
        cors = new SocketIoCors(builder.origins);
        answers = new PollingAnswers(builder.compresses, Optional.ofNullable(builder.cookie), builder.time);
        // How much waits for a client is bounded by its session, whatever its transport.
        ConnectionBounds bounds =
                new ConnectionBounds(builder.engineSettings.maxPayload(), Integer.MAX_VALUE, CLOSE_TIMEOUT);
        sockets = WebSockets.withoutPings(bounds, builder.time, builder.compressesMessages);
        frames = new EngineFrames(sockets.compression());
    }

    /**
     * Describes a handler.
     *
     * @return a builder with defaults for everything but what there is to connect to
     */
    public static SocketIoHandlerBuilder builder() {
        return new SocketIoHandlerBuilder();
    }

    /**
     * Returns how many clients there are now, whatever their transport.
     *
     * @return 0 or more
     */
    public int sessions() {
        Running now = running;
        return now == null ? 0 : now.engine().sessionCount();
    }

    /**
     * Counts what is and what has happened since the handler was started, as {@link EngineServer#counts} does.
     *
     * @return a snapshot, without namespaces where bare Engine.IO is served; nothing before the first start
     */
    public SocketCounts counts() {
        if (acceptor instanceof SocketServer sockets) {
            return sockets.counts();
        }
        Running now = running;
        return new SocketCounts(now == null ? EngineCounts.NONE : now.engine().counts(), Map.of());
    }

    /**
     * Returns how many WebSockets there are now, those being opened or closed included.
     *
     * @return 0 or more
     */
    public int webSockets() {
        return sockets.size();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        Executor executor = getServer().getThreadPool();
        running = new Running(engines.apply(executor).build(), new Afterwards(executor));
        sockets.start();
        getServer().addEventListener(serverStops);
    }

    @Override
    protected void doStop() throws Exception {
        getServer().removeEventListener(serverStops);
        sayGoodbye();
        sockets.stop();
        Running last = running;
        running = null;
        if (last != null) {
            last.engine().abandon();
        }
        super.doStop();
    }

    @Override
    public CompletableFuture<Void> shutdown() {
        sayGoodbye();
        return sockets.allGone();
    }

    @Override
    public boolean isShutdown() {
        return sockets.isStopping();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Running now = running;
        if (now == null || !isMine(Request.getPathInContext(request))) {
            return false;
        }
        Exchange exchange = new Exchange(request, response, callback);
        ThreadTurn turn = ThreadTurn.begin();
        try {
            exchange.attempt(() -> handle(exchange, now));
        } finally {
            turn.end();
        }
        return true;
    }

    private void handle(Exchange exchange, Running now) {
        if (cors.apply(exchange)) {
            return;
        }
        if (WebSocketHandshake.isAskedFor(exchange.request())) {
            upgrade(exchange, now);
        } else {
            new PollingExchange(exchange, answers).begin(now.engine());
        }
    }

    private void upgrade(Exchange exchange, Running now) {
        Request request = exchange.request();
        Optional<Problem> fault = WebSocketHandshake.fault(request);
        if (fault.isPresent()) {
            exchange.refuse(fault.get());
            return;
        }
        if (!cors.mayOpenWebSocket(request)) {
            refuseOrigin(exchange);
            return;
        }
        EngineRequest handed = EngineRequests.of(request);
        WebSocketOffer offer = now.engine().webSocket(handed);
        if (offer instanceof WebSocketOffer.Accepted accepted) {
            EngineWebSocket socket = new EngineWebSocket(accepted.opening(), now.afterwards(), frames);
            WebSocketHandshake.accept(exchange, sockets, socket, () -> {});
        } else if (offer instanceof WebSocketOffer.Refused refused) {
            answers.write(exchange, refused.reply());
        }
    }

    /** In the form of all other refusals on this path. */
    private static void refuseOrigin(Exchange exchange) {
        exchange.response().getHeaders().put(HttpHeader.CONNECTION, "close").put(HttpHeader.CONTENT_TYPE, "text/html");
        exchange.send(HttpStatus.BAD_REQUEST_400, "Forbidden".getBytes(US_ASCII));
    }

    /** Clients write the path with a slash at its end or without. */
    private boolean isMine(String asked) {
        return asked.startsWith(path)
                && (asked.length() == path.length()
                        || (asked.length() == path.length() + 1 && asked.charAt(path.length()) == '/'));
    }

    private void sayGoodbye() {
        Running now = running;
        if (now != null) {
            now.engine().close();
        }
        sockets.closeAll();
    }
}
