package io.roomrouting.socketio.engine;

import io.roomrouting.TimeSource;
import io.roomrouting.session.Delivery;
import io.roomrouting.spi.ConnectionPermit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client, however it is connected (Engine.IO 4, section "Protocol"). All state belongs to the strand; the methods
 * without a lock of their own are called within it.
 */
final class EngineSession implements EngineConnection {

    /** How long a client that polls may take to fetch the news that the session is closed; as in the reference. */
    static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

    private enum State {
        OPEN,
        CLOSING,
        CLOSED
    }

    private final String sid;
    private final Sessions sessions;
    private final EngineSettings settings;
    private final TimeSource time;
    private final ConnectionPermit permit;
    private final Strand strand;
    private final Heartbeat heartbeat;
    private final OutboundBuffer buffer;
    private final AtomicLong unhandled = new AtomicLong();
    private volatile Side side;
    private State state = State.OPEN;
    private CloseReason closing = CloseReason.FORCED_CLOSE;
    private TimeSource.Cancellable closeDeadline = () -> {};
    private boolean readUnfinished;
    private Optional<Upgrade> upgrade = Optional.empty();
    /** Belongs to the callbacks. */
    private @Nullable EngineListener listener;

    EngineSession(String sid, Sessions sessions, EngineEnvironment environment, ConnectionPermit permit) {
        this.sid = sid;
        this.sessions = sessions;
        this.permit = permit;
        this.settings = environment.settings();
        this.time = environment.time();
        this.side = new PollingSide();
        this.strand = new Strand(environment.executor(), () -> end(CloseReason.FORCED_CLOSE, EncodedPacket.CLOSE));
        this.buffer = new OutboundBuffer(settings.maxBuffered());
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

    Optional<Upgrade> upgrade() {
        return upgrade;
    }

    boolean isClosed() {
        return state == State.CLOSED;
    }

    /** The polling side while it is in use. */
    Optional<PollingSide> polling() {
        return state != State.CLOSED && side instanceof PollingSide polling ? Optional.of(polling) : Optional.empty();
    }

    /** Begins: the timers first, because a client counts from the answer. */
    void begin(Side first, EncodedPacket handshake, EngineAcceptor acceptor, EngineRequest request) {
        side = first;
        heartbeat.restart();
        strand.then(() -> listener = acceptor.opened(this, request));
        sendNow(handshake);
    }

    void received(EnginePacket packet) {
        if (state == State.CLOSED) {
            return;
        }
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
        if (readUnfinished) {
            readUnfinished = false;
            tell(EngineListener::onReadComplete);
        }
    }

    /** What was sent has been written. */
    void written() {
        buffer.sent();
        pump();
    }

    /** Sends what there is, if the client can be written to, and ends a session that is to end. */
    void pump() {
        if (state == State.CLOSED || !side.isWritable()) {
            return;
        }
        List<EncodedPacket> packets = buffer.takeAll();
        if (state == State.CLOSING) {
            side.sendLast(packets);
            end(closing, EncodedPacket.CLOSE);
        } else if (!packets.isEmpty()) {
            side.send(packets);
        }
        if (side instanceof PollingSide) {
            buffer.sent();
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
        side = next;
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
        side.end(farewell);
        buffer.clear();
        sessions.remove(sid);
        readComplete();
        tell(to -> to.onClosed(reason));
        strand.then(permit::close);
    }

    @Override
    public Delivery offer(List<EncodedPacket> packets) {
        synchronized (strand) {
            if (state != State.OPEN) {
                return Delivery.CLOSED;
            }
            return buffer.offer(packets) ? Delivery.ACCEPTED : Delivery.SATURATED;
        }
    }

    @Override
    public void flush() {
        strand.aside(this::pump);
    }

    @Override
    public void execute(Runnable task) {
        strand.aside(() -> strand.then(task));
    }

    @Override
    public boolean isWritable() {
        synchronized (strand) {
            return state == State.OPEN && side.isWritable();
        }
    }

    @Override
    public EngineTransport transport() {
        return side.transport();
    }

    @Override
    public void close(CloseReason reason) {
        strand.aside(() -> {
            if (state == State.OPEN) {
                state = State.CLOSING;
                closing = reason;
                heartbeat.stop();
                closeDeadline =
                        time.schedule(CLOSE_TIMEOUT, () -> strand.aside(() -> end(reason, EncodedPacket.CLOSE)));
                pump();
            }
        });
    }

    private void sendNow(EncodedPacket packet) {
        buffer.force(packet);
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
        if (side instanceof PollingSide && !side.isWritable()) {
            sessions.expectLastPoll(sid);
        }
        end(CloseReason.TRANSPORT_CLOSE, EncodedPacket.NOOP);
    }

    private void deliver(int size, Consumer<EngineListener> message) {
        if (state != State.OPEN) {
            return;
        }
        if (unhandled.addAndGet(size) > settings.maxBuffered()) {
            end(CloseReason.TRANSPORT_ERROR, EncodedPacket.CLOSE);
            return;
        }
        readUnfinished = true;
        tell(to -> {
            unhandled.addAndGet(-size);
            message.accept(to);
        });
    }

    private void tell(Consumer<EngineListener> news) {
        strand.then(() -> {
            EngineListener to = listener;
            if (to != null) {
                news.accept(to);
            }
        });
    }

    /** Keeps the session's name out of logs. */
    @Override
    public String toString() {
        return "EngineSession[" + side.transport().wireName() + "]";
    }
}
