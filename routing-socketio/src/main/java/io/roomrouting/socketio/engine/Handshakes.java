package io.roomrouting.socketio.engine;

import io.roomrouting.RoutingException;
import io.roomrouting.spi.ConnectionPermit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Decides who gets a session, and begins it (Engine.IO 4, section "Handshake"). Thread-safe. */
final class Handshakes {

    private final EngineAcceptor acceptor;
    private final Function<String, ConnectionPermit> permits;
    private final RandomIds ids;
    private final Sessions sessions;
    private final EngineEnvironment environment;
    private volatile boolean stopped;

    Handshakes(
            EngineAcceptor acceptor,
            Function<String, ConnectionPermit> permits,
            RandomIds ids,
            Sessions sessions,
            EngineEnvironment environment) {
        this.acceptor = acceptor;
        this.permits = permits;
        this.ids = ids;
        this.sessions = sessions;
        this.environment = environment;
    }

    /** Takes the first request of a client that polls. */
    void request(EngineRequest request, HttpAnswer answer) {
        Verdict verdict = verdict(request);
        if (verdict instanceof Granted granted) {
            PollingSide polling = new PollingSide();
            polling.hold(answer);
            begin(request, granted.permit(), session -> polling);
        } else if (verdict instanceof Denied denied) {
            answer.answer(denied.toRequest());
        }
    }

    /**
     * Takes the request of a client that begins with a WebSocket. A WebSocket that is not opened within the time for an
     * upgrade is not expected any more, so that its place is not lost.
     */
    WebSocketOffer webSocket(EngineRequest request) {
        Verdict verdict = verdict(request);
        if (verdict instanceof Denied denied) {
            return new WebSocketOffer.Refused(HttpReply.noWebSocket(denied.message()));
        }
        ConnectionPermit permit = ((Granted) verdict).permit();
        AtomicBoolean decided = new AtomicBoolean();
        var deadline = environment.time().schedule(environment.settings().upgradeTimeout(), () -> {
            if (decided.compareAndSet(false, true)) {
                permit.close();
            }
        });
        return new WebSocketOffer.Accepted(link -> {
            deadline.cancel();
            if (!decided.compareAndSet(false, true)) {
                link.close();
                return LinkListener.NONE;
            }
            return open(request, permit, link);
        });
    }

    /** Lets nobody in any more. */
    void stop() {
        stopped = true;
    }

    private Verdict verdict(EngineRequest handshake) {
        Optional<String> refusal = acceptor.refusal(handshake);
        if (refusal.isPresent()) {
            return forbidden(refusal.get());
        }
        if (!handshake.isProtocolFour()) {
            Refusal unsupported = Refusal.UNSUPPORTED_PROTOCOL;
            return new Denied(HttpReply.refusal(unsupported), unsupported.message());
        }
        if (stopped || sessions.count() >= environment.settings().maxSessions()) {
            return new Denied(HttpReply.FULL, "Too many sessions");
        }
        try {
            return new Granted(permits.apply(handshake.remoteAddress()));
        } catch (RoutingException noPlace) {
            return forbidden(String.valueOf(noPlace.getMessage()));
        }
    }

    private static Denied forbidden(String why) {
        return new Denied(HttpReply.refusal(Refusal.FORBIDDEN, why), why);
    }

    private LinkListener open(EngineRequest request, ConnectionPermit permit, WebSocketLink link) {
        return (WebSocketSide) begin(request, permit, session -> {
            WebSocketSide side = new WebSocketSide(session, link);
            side.activate();
            return side;
        });
    }

    private Side begin(EngineRequest request, ConnectionPermit permit, Function<EngineSession, Side> how) {
        String sid = ids.next();
        EngineSession session = new EngineSession(sid, sessions, environment, permit);
        Side side = how.apply(session);
        EncodedPacket handshake = Handshake.packet(sid, side.transport(), environment.settings());
        sessions.add(sid, session);
        session.strand().inbound(() -> session.begin(side, handshake, acceptor, request));
        if (stopped) {
            session.connection().close(CloseReason.SERVER_SHUTTING_DOWN);
        }
        return side;
    }

    /** What becomes of a handshake. */
    private sealed interface Verdict {}

    /** It is accepted; the place is the session's to give back. */
    private record Granted(ConnectionPermit permit) implements Verdict {}

    /** It is not, which is told in other forms where a WebSocket was asked for. */
    private record Denied(HttpReply toRequest, String message) implements Verdict {}
}
