package io.roomrouting.examples.chatroom;

import io.roomrouting.Identity;
import io.roomrouting.jwt.JwtIssuer;
import io.roomrouting.jwt.JwtKeys;
import io.roomrouting.jwt.JwtVerifier;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Has the classes of tokens and of the HTTP server loaded while the database is opened, which takes about as long: who
 * starts a server again waits for it, and a machine has more than one core.
 */
final class HeadStart {

    private HeadStart() {}

    /** Begins on a thread of its own. */
    static void begin(JwtKeys keys) {
        Thread thread = new Thread(() -> load(keys), "head-start");
        thread.setDaemon(true);
        thread.start();
    }

    /** Makes things only to throw them away. */
    private static void load(JwtKeys keys) {
        JwtVerifier.of(keys).logins().authenticate(JwtIssuer.of(keys).issueLogin(Identity.of("nobody")));
        Server server = new Server();
        server.addConnector(new ServerConnector(server, 1, 1));
    }
}
