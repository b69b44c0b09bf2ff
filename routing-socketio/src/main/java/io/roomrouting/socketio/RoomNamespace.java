package io.roomrouting.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.session.SessionHost;
import io.roomrouting.spi.Admission;
import io.roomrouting.spi.ConnectionListener;
import io.roomrouting.spi.InboundEvent;
import io.roomrouting.spi.Received;
import io.roomrouting.spi.SeatRequest;
import java.util.Optional;

/**
 * A namespace whose clients are let into the rooms of a host. The client's public name is its session's. A refusal is a
 * CONNECT_ERROR whose {@code data} is {@code {"code":"…"}}, with {@code retryAfterMs} where waiting helps. A client that is
 * put out hears an event {@code session_ended} with {@code {"reason":"…"}}, and {@code retryAfterMs} where it is to look
 * its room up again after a while, and then the disconnection.
 *
 * <p>With {@link SocketSettings#stateRecovery} it offers what the official clients know as connection state recovery: a
 * client whose connection breaks keeps its seat for {@link io.roomrouting.session.RoomSettings#resumeGrace}, also when the
 * room moves to another host or the server stops. It comes back to the same session and hears what it has missed before it
 * hears that it is connected; if something it has missed is gone, it begins anew. The seat ends when client or room end
 * the stay, or the client breaks the protocol. A client that comes back is admitted like any other: where a ticket is
 * asked for, it needs a new one.
 *
 * <p>Thread-safe; does not block.
 */
public final class RoomNamespace implements NamespaceHandler {

    private final SessionHost host;
    private final SocketWireFormat format;
    private final RoomAdmissions admissions;

    /**
     * Makes a namespace.
     *
     * @param host where the rooms are; the format is registered with it
     * @param format the format of this namespace
     * @param admissions says who may enter what
     */
    public RoomNamespace(SessionHost host, SocketWireFormat format, RoomAdmissions admissions) {
        this.host = host;
        this.format = format;
        this.admissions = admissions;
        host.register(format);
    }

    @Override
    public SocketListener connect(ClientSocket socket, ConnectRequest request) {
        if (!request.namespace().equals(format.namespace())) {
            throw new IllegalArgumentException(
                    "a client of another namespace than " + format.namespace() + " was sent here");
        }
        RoomConnection connection = new RoomConnection(socket, format);
        return PendingEntry.when(socket, () -> admissions.admission(request), admission -> {
            socket.enters(admission.ticket().assignment().room());
            return new Insider(host.admit(withSeat(admission, request), connection), format.recovers());
        });
    }

    private Admission withSeat(Admission admission, ConnectRequest request) {
        Optional<SeatRequest> seat = format.recovers() ? Optional.of(seat(request)) : Optional.empty();
        return new Admission(admission.ticket(), admission.remoteAddress(), seat);
    }

    /** Reads what the official clients add to what they show when they come back. */
    private static SeatRequest seat(ConnectRequest request) {
        JsonNode auth = request.auth().as(JsonNode.class);
        JsonNode secret = auth.path("pid");
        JsonNode offset = auth.path("offset");
        if (!secret.isTextual() || secret.textValue().length() > SeatRequest.MAX_TOKEN_LENGTH) {
            return new SeatRequest.New();
        }
        Received received = offset.isTextual() ? new Received.UpTo(offset.textValue()) : new Received.Count(0);
        return new SeatRequest.Back(secret.textValue(), received);
    }

    /** A client that a host knows. */
    private record Insider(ConnectionListener session, boolean recovers) implements SocketListener {

        @Override
        public void onEvent(InboundEvent event) {
            // What became of it is the host's to tell the client.
            session.onEvent(event);
        }

        @Override
        public void onReadComplete() {
            session.onReadComplete();
        }

        @Override
        public void onDisconnected(DisconnectReason reason) {
            // The client of a server that stops will find its seat where the room goes.
            boolean keeps = recovers && reason == DisconnectReason.SERVER_SHUTTING_DOWN;
            session.onClosed(keeps ? LeaveReason.CONNECTION_LOST : reason.leaveReason());
        }
    }
}
