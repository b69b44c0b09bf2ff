package io.roomrouting.jetty;

import io.roomrouting.RoutingException;
import io.roomrouting.jetty.internal.WebSocketConnection;
import io.roomrouting.session.Delivery;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.spi.CloseFrame;
import io.roomrouting.spi.Connection;
import io.roomrouting.spi.Encoded;
import io.roomrouting.spi.Welcome;
import io.roomrouting.spi.WireFormat;
import java.time.Duration;

/** The outbound half of a client of a room: the session host's connection on a WebSocket. */
final class RoomWebSocket implements Connection {

    private final WebSocketConnection socket;
    private final RoomWebSocketFormat format;
    private final boolean asksForSeat;

    RoomWebSocket(WebSocketConnection socket, RoomWebSocketFormat format, boolean asksForSeat) {
        this.asksForSeat = asksForSeat;
        this.socket = socket;
        this.format = format;
    }

    @Override
    public WireFormat format() {
        return format;
    }

    @Override
    public void accept(Welcome welcome) {
        // Who asked for no seat is told nothing: the room's first event tells that it is in.
        if (asksForSeat) {
            socket.offer(format.welcome(welcome).bytes());
            socket.flush();
        }
    }

    @Override
    public void refuse(RoutingException why) {
        socket.close(LeaveReason.KICKED, CloseFrame.of(why));
    }

    @Override
    public Delivery offer(Encoded message) {
        return socket.offer(((PreparedFrame) message).bytesFor(socket));
    }

    @Override
    public void flush() {
        socket.flush();
    }

    @Override
    public void close(LeaveReason reason, Duration retryAfter) {
        socket.close(reason, CloseFrame.of(reason, retryAfter));
    }
}
