package io.roomrouting.socketio.engine;

import java.util.Optional;

/**
 * Engine.IO 4 for any server: the server hands in requests and WebSockets, and sends what it is told to. What it has to do
 * itself is routing by path, reading of bodies, CORS and compression.
 *
 * <p>Thread-safe; no method blocks, but {@link #request} and the listeners that it returns may run the application's
 * callbacks on the calling thread.
 */
public final class EngineServer implements AutoCloseable {

    private final EngineSettings settings;
    private final Sessions sessions;
    private final Handshakes handshakes;

    EngineServer(Sessions sessions, Handshakes handshakes, EngineSettings settings) {
        this.settings = settings;
        this.sessions = sessions;
        this.handshakes = handshakes;
    }

    /**
     * Starts to describe a server.
     *
     * @param acceptor what there is above it, for example a {@code SocketServer}
     * @return a builder
     */
    public static EngineServerBuilder builder(EngineAcceptor acceptor) {
        return new EngineServerBuilder(acceptor);
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
     * Counts what is and what has happened. Looks at every session, which takes about a millisecond with 20,000 of them;
     * sessions do not wait for it, except those that end meanwhile.
     *
     * @return a snapshot
     */
    public EngineCounts counts() {
        return sessions.counts();
    }

    /**
     * Takes a request that does not ask for a WebSocket, before its body is read.
     *
     * @param request the request
     * @param answer where its answer goes, now or later
     * @return what the server tells of it
     */
    public RequestListener request(EngineRequest request, HttpAnswer answer) {
        Optional<EngineTransport> transport = allowedTransport(request);
        if (transport.isEmpty()) {
            return refused(answer, Refusal.UNKNOWN_TRANSPORT);
        }
        if (!request.isOriginValid()) {
            return refused(answer, Refusal.BAD_REQUEST);
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
        handshakes.request(request, answer);
        return RequestListener.NONE;
    }

    /**
     * Takes a request that asks for a WebSocket.
     *
     * @param request the request
     * @return what to do with it
     */
    public WebSocketOffer webSocket(EngineRequest request) {
        Optional<EngineTransport> transport = allowedTransport(request);
        if (transport.isEmpty()) {
            return noWebSocket(Refusal.UNKNOWN_TRANSPORT);
        }
        if (!request.isOriginValid() || transport.get() != EngineTransport.WEBSOCKET) {
            return noWebSocket(Refusal.BAD_REQUEST);
        }
        if (request.sid().isPresent()) {
            return sessions.find(request.sid().get())
                    .<WebSocketOffer>map(session -> new WebSocketOffer.Accepted(link -> candidate(session, link)))
                    .orElseGet(() -> noWebSocket(Refusal.UNKNOWN_SID));
        }
        return request.method().equals("GET")
                ? handshakes.webSocket(request)
                : noWebSocket(Refusal.BAD_HANDSHAKE_METHOD);
    }

    /** Ends all sessions and takes no more. Does not wait for clients that have still to fetch the news. */
    @Override
    public void close() {
        handshakes.stop();
        sessions.all().forEach(session -> session.connection().close(CloseReason.SERVER_SHUTTING_DOWN));
    }

    /** Ends at once the sessions that {@link #close} has left because their clients have still to fetch the news. */
    public void abandon() {
        sessions.all().forEach(EngineSession::abandon);
    }

    private Optional<EngineTransport> allowedTransport(EngineRequest request) {
        return request.transport().filter(settings.transports()::contains);
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
}
