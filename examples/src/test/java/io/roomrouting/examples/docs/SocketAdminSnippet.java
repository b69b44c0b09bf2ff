package io.roomrouting.examples.docs;

import io.roomrouting.jetty.AllowedOrigins;
import io.roomrouting.jetty.SocketIoHandler;
import io.roomrouting.session.SessionHost;
import io.roomrouting.socketio.RoomAdmissions;
import io.roomrouting.socketio.admin.AdminLogin;
import io.roomrouting.socketio.admin.PasswordHash;
import io.roomrouting.socketio.admin.SocketAdmin;

/** How a server lets the official admin UI in. */
final class SocketAdminSnippet {

    private SocketAdminSnippet() {}

    static SocketIoHandler withAdmin(SessionHost host, RoomAdmissions admissions, String hash) {
        // tag::admin[]
        return SocketIoHandler.builder()
                .rooms(host, admissions)
                .admin(SocketAdmin.builder(AdminLogin.of("ann", PasswordHash.parse(hash)))
                        .build())
                .allowedOrigins(AllowedOrigins.of("https://admin.socket.io"))
                .build();
        // end::admin[]
    }
}
