package io.roomrouting.jetty;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.eclipse.jetty.server.Request;

/** Who is at the other end. */
final class RemoteAddress {

    private RemoteAddress() {}

    /** Returns the client's network address as text, without a port. */
    static String of(Request request) {
        SocketAddress remote = request.getConnectionMetaData().getRemoteSocketAddress();
        return remote instanceof InetSocketAddress internet && internet.getAddress() != null
                ? internet.getAddress().getHostAddress()
                : String.valueOf(remote);
    }
}
