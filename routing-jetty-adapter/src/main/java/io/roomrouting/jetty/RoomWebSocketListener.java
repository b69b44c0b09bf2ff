package io.roomrouting.jetty;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoutingException;
import io.roomrouting.jackson.RoomV1Message;
import io.roomrouting.jetty.internal.FrameViolation;
import io.roomrouting.jetty.internal.WebSocketConnection;
import io.roomrouting.jetty.internal.WebSocketListener;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.session.SessionHost;
import io.roomrouting.spi.Admission;
import io.roomrouting.spi.ConnectionListener;
import io.roomrouting.spi.InboundEvent;
import org.jspecify.annotations.Nullable;

/**
 * The inbound half of a client of a room: reads {@code room.v1} and tells the session host.
 *
 * <p>A message that is no event is answered with an error, and the third in a row ends the connection. The first one does
 * if the client has a seat: both sides count what they say, and such a message has no number.
 */
final class RoomWebSocketListener implements WebSocketListener {

    private static final int MALFORMED_IN_A_ROW = 3;

    private final SessionHost host;
    private final RoomWebSocketFormat format;
    private @Nullable Admission admission;
    private @Nullable WebSocketConnection socket;
    private @Nullable ConnectionListener session;
    private final boolean hasSeat;
    private int malformed;
    private boolean answered;

    RoomWebSocketListener(SessionHost host, RoomWebSocketFormat format, Admission admission) {
        this.host = host;
        this.format = format;
        this.admission = admission;
        this.hasSeat = admission.seat().isPresent();
    }

    @Override
    public void onOpen(WebSocketConnection connection) {
        socket = connection;
        Admission wish = admission;
        admission = null;
        if (wish != null) {
            session = host.admit(
                    wish, new RoomWebSocket(connection, format, wish.seat().isPresent()));
        }
    }

    @Override
    public void onText(byte[] bytes, int offset, int length) throws FrameViolation {
        RoomV1Message message;
        try {
            message = format.decode(bytes, offset, length);
        } catch (RoutingException e) {
            refuse(e);
            return;
        }
        malformed = 0;
        if (session == null) {
            return;
        }
        if (message instanceof RoomV1Message.Said said) {
            session.onEvent(said.event());
        } else if (message instanceof RoomV1Message.Acknowledged acknowledged) {
            session.onAcknowledged(acknowledged.received());
        }
    }

    @Override
    public void onBinary(byte[] bytes, int offset, int length) throws FrameViolation {
        throw FrameViolation.notAccepted("a binary message in a protocol of text");
    }

    @Override
    public void onReadComplete() {
        if (answered && socket != null) {
            answered = false;
            socket.flush();
        }
        if (session != null) {
            session.onReadComplete();
        }
    }

    @Override
    public void onClosed(LeaveReason reason) {
        if (session != null) {
            session.onClosed(reason);
        }
    }

    private void refuse(RoutingException why) throws FrameViolation {
        if (++malformed == MALFORMED_IN_A_ROW || hasSeat) {
            throw why.getCause() == null
                    ? FrameViolation.policy("too many messages that are no events")
                    : FrameViolation.badText("too many messages that are no JSON");
        }
        if (socket != null) {
            // A client that does not read its refusals is none the worse off when there is no space for another.
            socket.offer(format.failure(InboundEvent.NO_REPLY, ErrorCode.INVALID_REQUEST.name(), detail(why))
                    .bytes());
            answered = true;
        }
    }

    private static String detail(RoutingException why) {
        return String.valueOf(why.getMessage());
    }
}
