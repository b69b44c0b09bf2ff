package io.roomrouting.socketio.admin;

import io.roomrouting.socketio.SocketServerBuilder;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Lets people look after a server with the official admin UI of Socket.IO, whose pages come from elsewhere: see who is
 * connected and how much is said, put clients out, emit events to them. Immutable; thread-safe.
 *
 * <p>The UI is a web page of another origin as a rule, which the server has to allow. Rooms decide by themselves who is in
 * them, so that clients can neither join nor leave them from here.
 */
public final class SocketAdmin {

    private final AdminLogin login;
    private final Executor executor;
    private final Duration sessionLife;
    private final AdminSettings settings;

    SocketAdmin(SocketAdminBuilder builder, String hostname, String serverId, Executor executor) {
        this.login = builder.login;
        this.executor = executor;
        this.sessionLife = builder.sessionLife;
        this.settings =
                new AdminSettings(builder.namespace, builder.mode, builder.readOnly, serverId, hostname, builder.time);
    }

    /**
     * Starts to describe it.
     *
     * @param login who may come in
     * @return a builder
     */
    public static SocketAdminBuilder builder(AdminLogin login) {
        return new SocketAdminBuilder(login);
    }

    /**
     * Adds it to a server.
     *
     * @param server gets a namespace and an observer
     */
    public void addTo(SocketServerBuilder server) {
        Directory directory = new Directory(settings.time());
        AdminClients admins = new AdminClients();
        AdminGate gate = new AdminGate(login, sessionLife, executor, settings.time());
        server.namespace(settings.namespace(), new AdminNamespace(settings, directory, admins).behind(gate));
        server.observer(directory);
        if (settings.mode() == AdminMode.DEVELOPMENT) {
            server.observer(new Reporter(settings, directory, admins));
        }
    }
}
