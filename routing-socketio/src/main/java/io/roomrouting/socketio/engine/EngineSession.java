package io.roomrouting.socketio.engine;

import io.roomrouting.TimeSource;
import io.roomrouting.session.Delivery;
import io.roomrouting.spi.ConnectionPermit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One client, however it is connected (Engine.IO 4, section "Protocol"): what its packets do, how it changes over to a
 * WebSocket, and how it ends. Within its strand; {@link SessionConnection} is for all others.
 */
final class EngineSession {

    /** How long a client that polls may take to fetch the news that the session is closed; as in the reference. */
    static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

    private enum State {
        OPEN,
        CLOSING,
        CLOSED
    }

    private final String sid;
    private final Sessions sessions;
    private final ConnectionPermit permit;
    private final EngineSettings settings;
    private final TimeSource time;
    private final Strand strand;
    private final SessionConnection connection;
    private final Heartbeat heartbeat;
    private final Traffic traffic = new Traffic();
    private final Outbox outbox;
    private final Inbox inbox;
    private State state = State.OPEN;
    private CloseReason closing = CloseReason.FORCED_CLOSE;
    private TimeSource.Cancellable closeDeadline = () -> {};
    private Optional<Upgrade> upgrade = Optional.empty();

    EngineSession(String sid, Sessions sessions, EngineEnvironment environment, ConnectionPermit permit) {
        this.sid = sid;
        this.sessions = sessions;
        this.permit = permit;
        this.settings = environment.settings();
        this.time = environment.time();
        this.strand = new Strand(environment.executor(), () -> end(CloseReason.FORCED_CLOSE, EncodedPacket.CLOSE));
        this.connection = new SessionConnection(this);
        this.outbox = new Outbox(settings.maxBuffered(), traffic);
        this.inbox = new Inbox(strand, settings.maxBuffered());
        this.heartbeat = new Heartbeat(
                settings,
                time,
                strand,
                () -> sendNow(EncodedPacket.PING),
                () -> end(CloseReason.PING_TIMEOUT, EncodedPacket.CLOSE));
    }

    Strand strand() {
        return strand;
    }

    /** Its outbound half, for everybody. */
    EngineConnection connection() {
        return connection;
    }

    Optional<Upgrade> upgrade() {
        return upgrade;
    }

    Traffic traffic() {
        return traffic;
    }

    boolean isClosed() {
        return state == State.CLOSED;
    }

    /** The polling side while it is in use. */
    Optional<PollingSide> polling() {
        return isClosed() ? Optional.empty() : outbox.polling();
    }

    /** Begins: the timers first, because a client counts from the answer. */
    void begin(Side first, EncodedPacket handshake, EngineAcceptor acceptor, EngineRequest request) {
        outbox.use(first);
        heartbeat.restart();
        inbox.open(() -> acceptor.opened(connection, request));
        sendNow(handshake);
    }

    void received(EnginePacket packet) {
        if (state == State.CLOSED) {
            return;
        }
        traffic.received(packet);
        if (packet instanceof EnginePacket.Text text) {
            deliver(text.text().length(), to -> to.onText(text.text()));
        } else if (packet instanceof EnginePacket.Binary binary) {
            deliver(binary.bytes().length, to -> to.onBinary(binary.bytes()));
        } else if (packet instanceof EnginePacket.Pong) {
            pong();
        } else if (packet instanceof EnginePacket.Close) {
            closedByClient();
        } else if (packet instanceof EnginePacket.Ping) {
            // Since version 4 the server pings.
            end(CloseReason.TRANSPORT_ERROR, EncodedPacket.CLOSE);
        } else if (packet instanceof EnginePacket.Upgrade) {
            end(CloseReason.PARSE_ERROR, EncodedPacket.CLOSE);
        }
    }

    void readComplete() {
        inbox.readComplete();
    }

    /** What was sent has been written. */
    void written() {
        outbox.written();
        pump();
    }

    /** Sends what there is, if the client can be written to, and ends a session that is to end. */
    void pump() {
        if (state == State.OPEN) {
            outbox.pump();
        } else if (state == State.CLOSING && outbox.pumpLast()) {
            end(closing, EncodedPacket.CLOSE);
        }
    }

    void beginUpgrade(WebSocketSide candidate) {
        if (polling().isEmpty() || upgrade.isPresent()) {
            candidate.end(EncodedPacket.CLOSE);
        } else {
            upgrade = Optional.of(new Upgrade(this, candidate, time, settings.upgradeTimeout()));
        }
    }

    void upgradeIsOver() {
        upgrade = Optional.empty();
    }

    /** Ends a poll that is held, so that the client can change over. */
    void endPoll() {
        polling().filter(PollingSide::isWritable).ifPresent(held -> held.send(List.of(EncodedPacket.NOOP)));
    }

    /** The WebSocket takes over; a poll that came meanwhile has come too late. */
    void changeOver(WebSocketSide next) {
        polling().ifPresent(polling -> polling.reply(HttpReply.refusal(Refusal.BAD_REQUEST)));
        next.activate();
        outbox.use(next);
        traffic.upgraded();
        inbox.upgraded();
        pump();
    }

    /** Ends it at once; the farewell is for a poll that is held. */
    void end(CloseReason reason, EncodedPacket farewell) {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        heartbeat.stop();
        closeDeadline.cancel();
        upgrade.ifPresent(Upgrade::abandon);
        outbox.end(farewell);
        sessions.remove(sid, reason);
        inbox.close(reason);
        strand.then(permit::close);
    }

    Delivery offer(List<EncodedPacket> packets) {
        if (state != State.OPEN) {
            return Delivery.CLOSED;
        }
        return outbox.offer(packets) ? Delivery.ACCEPTED : Delivery.SATURATED;
    }

    boolean isWritable() {
        return state == State.OPEN && outbox.isWritable();
    }

    /** May be asked without the strand. */
    EngineTransport transport() {
        return outbox.transport();
    }

    /** Ends it when what has gathered is sent, or after a while. */
    void beginClose(CloseReason reason) {
        if (state == State.OPEN) {
            state = State.CLOSING;
            closing = reason;
            heartbeat.stop();
            closeDeadline = time.schedule(CLOSE_TIMEOUT, () -> strand.aside(() -> end(reason, EncodedPacket.CLOSE)));
            pump();
        }
    }

    /** Ends a session that is closing already; on any thread. */
    void abandon() {
        strand.aside(() -> {
            if (state == State.CLOSING) {
                end(closing, EncodedPacket.CLOSE);
            }
        });
    }

    private void sendNow(EncodedPacket packet) {
        outbox.force(packet);
        pump();
    }

    private void pong() {
        if (state == State.OPEN) {
            heartbeat.restart();
        }
    }

    /**
     * The client ends it. Its last poll is answered with a packet that says nothing; one that is still on its way, on
     * another connection than the goodbye, is answered in the same way when it comes.
     */
    private void closedByClient() {
        if (outbox.polling().isPresent() && !outbox.isWritable()) {
            sessions.expectLastPoll(sid);
        }
        end(CloseReason.TRANSPORT_CLOSE, EncodedPacket.NOOP);
    }

    private void deliver(int size, Consumer<EngineListener> message) {
        if (state == State.OPEN && !inbox.take(size, message)) {
            end(CloseReason.TRANSPORT_ERROR, EncodedPacket.CLOSE);
        }
    }

    /** Keeps the session's name out of logs. */
    @Override
    public String toString() {
        return "EngineSession[" + outbox.transport().wireName() + "]";
    }
}
