package io.roomrouting.examples.chatroom;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.eclipse.jetty.server.Request;

/** By what a client's network address is counted. */
final class ClientAddress {

    /** What a customer usually gets of IPv6: all addresses of a network are one client's. */
    private static final int NETWORK_BYTES = 8;

    private ClientAddress() {}

    /** Returns the IPv4 address, or the first half of the IPv6 one. */
    static String of(Request request) {
        return of(request.getConnectionMetaData().getRemoteSocketAddress());
    }

    static String of(SocketAddress remote) {
        if (!(remote instanceof InetSocketAddress internet) || internet.getAddress() == null) {
            return String.valueOf(remote);
        }
        InetAddress address = internet.getAddress();
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK_BYTES))
                : address.getHostAddress();
    }
}
