package io.roomrouting.socketio;

import io.roomrouting.RoutingException;
import io.roomrouting.session.Delivery;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.spi.Connection;
import io.roomrouting.spi.Encoded;
import io.roomrouting.spi.Welcome;
import io.roomrouting.spi.WireFormat;
import java.time.Duration;
import java.util.List;

/** The outbound half of a client of a room: the session host's connection in a namespace. */
final class RoomConnection implements Connection {

    private final ClientSocket socket;
    private final SocketWireFormat format;

    RoomConnection(ClientSocket socket, SocketWireFormat format) {
        this.socket = socket;
        this.format = format;
    }

    @Override
    public WireFormat format() {
        return format;
    }

    @Override
    public void accept(Welcome welcome) {
        Welcome.Seat seat = welcome.seat().orElse(null);
        if (seat == null) {
            socket.accept(welcome.sessionId());
        } else if (seat.resumed()) {
            socket.welcomeBack(welcome.sessionId(), seat.token());
        } else {
            socket.accept(welcome.sessionId(), seat.token());
        }
    }

    @Override
    public void refuse(RoutingException why) {
        EntryRefusal refusal = EntryRefusal.of(why);
        socket.refuse(refusal.message(), refusal.data());
    }

    @Override
    public Delivery offer(Encoded message) {
        return socket.offer((EncodedMessage) message);
    }

    @Override
    public void flush() {
        socket.flush();
    }

    @Override
    public void close(LeaveReason reason, Duration retryAfter) {
        // A client that cannot take this any more still hears of the disconnection, or of the end of its connection.
        socket.emit("session_ended", List.of(EntryRefusal.withDelay("reason", reason.name(), retryAfter)));
        socket.disconnect();
    }
}
