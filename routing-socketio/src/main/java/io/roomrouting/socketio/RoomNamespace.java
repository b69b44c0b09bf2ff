package io.roomrouting.socketio;

import io.roomrouting.session.SessionHost;
import io.roomrouting.spi.Admission;
import io.roomrouting.spi.ConnectionListener;
import io.roomrouting.spi.InboundEvent;
import java.util.Optional;

/**
 * A namespace whose clients are let into the rooms of a host. The client's public name is its session's. A refusal is a
 * CONNECT_ERROR whose {@code data} is {@code {"code":"…"}}, with {@code retryAfterMs} where waiting helps. A client that is
 * put out hears an event {@code session_ended} with {@code {"reason":"…"}}, and {@code retryAfterMs} where it is to look
 * its room up again after a while, and then the disconnection.
 *
 * <p>Seats that survive a connection are not offered: a client whose connection breaks is out. Thread-safe; does not
 * block.
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
        return PendingEntry.when(
                socket,
                () -> admissions.admission(request),
                admission -> new Insider(host.admit(withoutSeat(admission), connection)));
    }

    private static Admission withoutSeat(Admission admission) {
        return new Admission(admission.ticket(), admission.remoteAddress(), Optional.empty());
    }

    /** A client that a host knows. */
    private record Insider(ConnectionListener session) implements SocketListener {

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
            session.onClosed(reason.leaveReason());
        }
    }
}
