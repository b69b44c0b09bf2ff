package io.roomrouting.testkit.sim;

import io.roomrouting.RoutingException;
import io.roomrouting.Ticket;
import io.roomrouting.session.Delivery;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.session.SessionHost;
import io.roomrouting.spi.Admission;
import io.roomrouting.spi.CloseFrame;
import io.roomrouting.spi.Connection;
import io.roomrouting.spi.ConnectionListener;
import io.roomrouting.spi.ConnectionPermit;
import io.roomrouting.spi.Encoded;
import io.roomrouting.spi.InboundEvent;
import io.roomrouting.spi.SeatRequest;
import io.roomrouting.spi.Welcome;
import io.roomrouting.spi.WireFormat;
import io.roomrouting.testkit.RecordedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The host's end of a client's connection: what a transport does. */
final class ServerEnd implements Connection {

    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final int number;
    private final HostLife host;
    private final Wire wire;
    private final List<RecordedMessage> gathered = new ArrayList<>();
    private @Nullable Ticket ticket;
    private @Nullable ConnectionListener listener;
    private @Nullable ConnectionPermit permit;
    private boolean accepted;
    private boolean ended;
    private long lastHeard;

    ServerEnd(int number, HostLife host, Wire wire) {
        this.number = number;
        this.host = host;
        this.wire = wire;
    }

    /** A client has come and shows a ticket. */
    void knock(String token, Optional<SeatRequest> seat, String remoteAddress) {
        lastHeard = host.time().nanoTime();
        SessionHost sessions = host.sessions();
        try {
            permit = sessions.permit(remoteAddress);
            ticket = host.verify(token);
        } catch (RoutingException e) {
            refuse(e);
            return;
        }
        listener = sessions.admit(new Admission(ticket, remoteAddress, seat), this);
        watch();
    }

    /** Ends a connection that has been silent for long. */
    private void watch() {
        host.time().schedule(SILENCE, () -> {
            if (host.time().nanoTime() - lastHeard >= SILENCE.toNanos()) {
                end(LeaveReason.TIMED_OUT);
            } else if (!ended) {
                watch();
            }
        });
    }

    void hear(InboundEvent event) {
        lastHeard = host.time().nanoTime();
        if (listener != null && !ended) {
            listener.onEvent(event);
            listener.onReadComplete();
        }
    }

    /** The client says how many messages of its session it has received. */
    void acknowledged(long received) {
        if (listener != null && !ended) {
            listener.onAcknowledged(received);
        }
    }

    /** The connection is no more. */
    void end(LeaveReason reason) {
        if (ended) {
            return;
        }
        ended = true;
        wire.serverEnded();
        if (listener != null) {
            listener.onClosed(reason);
        }
        if (permit != null) {
            permit.close();
        }
        if (accepted) {
            host.record(new Happening.Ended(number, host.toString()));
        }
    }

    @Override
    public WireFormat format() {
        return host.format();
    }

    @Override
    public void accept(Welcome welcome) {
        accepted = true;
        host.seat(welcome.sessionId(), number);
        if (ticket != null) {
            host.record(new Happening.Accepted(
                    number, ticket, host.sessions().status().host(), host.toString()));
        }
        if (ended) {
            // It came to its end while it waited for its room.
            host.record(new Happening.Ended(number, host.toString()));
        }
        wire.toClient(guest -> guest.accepted(welcome));
    }

    @Override
    public void refuse(RoutingException why) {
        host.record(new Happening.Refused(number, why.code().name()));
        sayGoodbye(CloseFrame.of(why), LeaveReason.LEFT);
    }

    @Override
    public Delivery offer(Encoded message) {
        if (ended) {
            return Delivery.CLOSED;
        }
        gathered.add((RecordedMessage) message);
        return Delivery.ACCEPTED;
    }

    @Override
    public void flush() {
        for (RecordedMessage message : gathered) {
            wire.toClient(guest -> guest.receive(message));
        }
        gathered.clear();
    }

    @Override
    public void close(LeaveReason reason, Duration retryAfter) {
        if (!ended) {
            flush();
            sayGoodbye(CloseFrame.of(reason, retryAfter), reason);
        }
    }

    private void sayGoodbye(CloseFrame frame, LeaveReason reason) {
        wire.toClient(guest -> guest.told(frame));
        host.process().post(() -> end(reason));
    }
}
