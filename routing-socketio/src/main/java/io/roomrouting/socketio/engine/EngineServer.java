package io.roomrouting.socketio.engine;

import io.roomrouting.TimeSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Engine.IO 4 for any server: the server hands in requests and WebSockets, and sends what it is told to. What it has to do
 * itself is routing by path, reading of bodies, CORS and compression.
 *
 * <p>Thread-safe; no method blocks, but {@link #request} and the listeners that it returns may run the application's
 * callbacks on the calling thread.
 */
public final class EngineServer implements AutoCloseable {

    private final EngineSettings settings;
    private final EngineAcceptor acceptor;
    private final RandomIds ids;
    private final Sessions sessions;
    private final EngineEnvironment environment;
    private volatile boolean closed;

    /**
     * Makes a server without sessions.
     *
     * @param settings what it allows
     * @param acceptor what there is above it
     * @param time drives the heartbeat
     * @param ids names the sessions
     * @param executor runs those callbacks that come from a timer, or from the application's own calls
     */
    public EngineServer(
            EngineSettings settings, EngineAcceptor acceptor, TimeSource time, RandomIds ids, Executor executor) {
        this.settings = settings;
        this.acceptor = acceptor;
        this.ids = ids;
        this.sessions = new Sessions(time);
        this.environment = new EngineEnvironment(settings, time, executor);
    }

    /**
     * Returns what it allows.
     *
     * @return the settings it was made with
     */
    public EngineSettings settings() {
        return settings;
    }

    /**
     * Counts the sessions.
     *
     * @return how many clients there are
     */
    public int sessionCount() {
        return sessions.count();
    }

    /**
     * Takes a request that does not ask for a WebSocket, before its body is read.
     *
     * @param request the request
     * @param answer where its answer goes, now or later
     * @return what the server tells of it
     */
    public RequestListener request(EngineRequest request, HttpAnswer answer) {
        Optional<EngineTransport> transport = request.transport().filter(settings.transports()::contains);
        if (transport.isEmpty()) {
            return refused(answer, Refusal.UNKNOWN_TRANSPORT);
        }
        Optional<String> sid = request.sid();
        if (sid.isPresent()) {
            return ofSession(sid.get(), transport.get(), request, answer);
        }
        if (!request.method().equals("GET")) {
            return refused(answer, Refusal.BAD_HANDSHAKE_METHOD);
        }
        if (transport.get() != EngineTransport.POLLING) {
            return refused(answer, Refusal.BAD_REQUEST);
        }
        Optional<Denial> denial = denial(request);
        if (denial.isPresent()) {
            answer.answer(denial.get().toRequest());
            return RequestListener.NONE;
        }
        open(request, answer);
        return RequestListener.NONE;
    }

    /**
     * Takes a request that asks for a WebSocket.
     *
     * @param request the request
     * @return what to do with it
     */
    public WebSocketOffer webSocket(EngineRequest request) {
        Optional<EngineTransport> transport = request.transport().filter(settings.transports()::contains);
        if (transport.isEmpty()) {
            return noWebSocket(Refusal.UNKNOWN_TRANSPORT);
        }
        if (transport.get() != EngineTransport.WEBSOCKET) {
            return noWebSocket(Refusal.BAD_REQUEST);
        }
        if (request.sid().isPresent()) {
            return sessions.find(request.sid().get())
                    .<WebSocketOffer>map(session -> new WebSocketOffer.Accepted(link -> candidate(session, link)))
                    .orElseGet(() -> noWebSocket(Refusal.UNKNOWN_SID));
        }
        if (!request.method().equals("GET")) {
            return noWebSocket(Refusal.BAD_HANDSHAKE_METHOD);
        }
        return denial(request)
                .<WebSocketOffer>map(denial -> new WebSocketOffer.Refused(denial.toWebSocket()))
                .orElseGet(() -> new WebSocketOffer.Accepted(link -> open(request, link)));
    }

    /** Ends all sessions and takes no more. Does not wait for clients that have still to fetch the news. */
    @Override
    public void close() {
        closed = true;
        sessions.all().forEach(session -> session.close(CloseReason.SERVER_SHUTTING_DOWN));
    }

    private RequestListener ofSession(String sid, EngineTransport transport, EngineRequest request, HttpAnswer answer) {
        Optional<EngineSession> session = sessions.find(sid);
        if (session.isEmpty()) {
            boolean poll = request.method().equals("GET");
            answer.answer(poll ? sessions.replyToLatePoll(sid) : HttpReply.refusal(Refusal.UNKNOWN_SID));
            return RequestListener.NONE;
        }
        if (transport != EngineTransport.POLLING || session.get().transport() != EngineTransport.POLLING) {
            return refused(answer, Refusal.BAD_REQUEST);
        }
        PollingRequests requests = new PollingRequests(sid, session.get(), sessions, settings.maxPayload());
        return switch (request.method()) {
            case "GET" -> requests.get(answer);
            case "POST" -> requests.post(answer, request.headers().getOrDefault("content-type", ""));
            default -> {
                answer.answer(HttpReply.NO_SUCH_METHOD);
                yield RequestListener.NONE;
            }
        };
    }

    private Optional<Denial> denial(EngineRequest handshake) {
        Optional<String> why = acceptor.refusal(handshake);
        if (why.isPresent()) {
            return Optional.of(new Denial(HttpReply.refusal(Refusal.FORBIDDEN, why.get()), why.get()));
        }
        if (!handshake.isProtocolFour()) {
            Refusal refusal = Refusal.UNSUPPORTED_PROTOCOL;
            return Optional.of(new Denial(HttpReply.refusal(refusal), refusal.message()));
        }
        return closed || sessions.count() >= settings.maxSessions()
                ? Optional.of(new Denial(HttpReply.FULL, "Too many sessions"))
                : Optional.empty();
    }

    private void open(EngineRequest request, HttpAnswer answer) {
        PollingSide polling = new PollingSide();
        polling.hold(answer);
        begin(request, session -> polling);
    }

    private LinkListener open(EngineRequest request, WebSocketLink link) {
        return (WebSocketSide) begin(request, session -> {
            WebSocketSide side = new WebSocketSide(session, link);
            side.activate();
            return side;
        });
    }

    private Side begin(EngineRequest request, Function<EngineSession, Side> how) {
        String sid = ids.next();
        EngineSession session = new EngineSession(sid, sessions, environment);
        Side side = how.apply(session);
        EncodedPacket handshake = Handshake.packet(sid, side.transport(), settings);
        sessions.add(sid, session);
        session.strand().inbound(() -> session.begin(side, handshake, acceptor, request));
        if (closed) {
            session.close(CloseReason.SERVER_SHUTTING_DOWN);
        }
        return side;
    }

    private static LinkListener candidate(EngineSession session, WebSocketLink link) {
        WebSocketSide candidate = new WebSocketSide(session, link);
        session.strand().inbound(() -> session.beginUpgrade(candidate));
        return candidate;
    }

    private static RequestListener refused(HttpAnswer answer, Refusal refusal) {
        answer.answer(HttpReply.refusal(refusal));
        return RequestListener.NONE;
    }

    private static WebSocketOffer noWebSocket(Refusal refusal) {
        return new WebSocketOffer.Refused(HttpReply.noWebSocket(refusal.message()));
    }

    /** A handshake that is not accepted, and how that is told on either path. */
    private record Denial(HttpReply toRequest, String message) {
        HttpReply toWebSocket() {
            return HttpReply.noWebSocket(message);
        }
    }
}
