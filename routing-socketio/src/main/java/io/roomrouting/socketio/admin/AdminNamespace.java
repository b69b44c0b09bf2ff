package io.roomrouting.socketio.admin;

import io.roomrouting.socketio.ClientSocket;
import io.roomrouting.socketio.ConnectRequest;
import io.roomrouting.socketio.NamespaceHandler;
import io.roomrouting.socketio.SocketListener;
import java.util.Optional;

/** The namespace for UIs whose people have shown who they are. Thread-safe. */
final class AdminNamespace implements NamespaceHandler {

    private final AdminSettings settings;
    private final Directory directory;
    private final AdminClients admins;
    private final long sinceNanos;

    AdminNamespace(AdminSettings settings, Directory directory, AdminClients admins) {
        this.settings = settings;
        this.directory = directory;
        this.admins = admins;
        this.sinceNanos = settings.time().nanoTime();
    }

    @Override
    public SocketListener connect(ClientSocket socket, ConnectRequest request) {
        AdminClient client = new AdminClient(socket, settings, directory, sinceNanos, admins::remove);
        if (admins.add(client)) {
            client.begin(request.attribute(AdminGate.SESSION, String.class));
        } else {
            socket.refuse("too many admin UIs", Optional.empty());
        }
        return client;
    }
}
