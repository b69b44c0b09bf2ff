package io.roomrouting.jetty;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * Takes the client's address from {@code X-Forwarded-For} when a known number of one's own proxies stand in front.
 *
 * <p>Every proxy adds the address that it saw to the right, and a client can send the header too: only the entries that
 * one's own proxies wrote are to be believed, so it is counted from the right.
 */
final class ForwardedAddress implements HttpConfiguration.Customizer {

    private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile("(" + BYTE + "(\\." + BYTE + "){3})(:\\d{1,5})?");
    private static final Pattern IPV6 = Pattern.compile("\\[?([0-9a-fA-F:.]*:[0-9a-fA-F:.]*)(](:\\d{1,5})?)?");

    private final int proxies;

    ForwardedAddress(int proxies) {
        this.proxies = proxies;
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        List<String> entries = request.getHeaders().getCSV(HttpHeader.X_FORWARDED_FOR, false);
        if (entries.size() < proxies) {
            return request;
        }
        return parse(entries.get(entries.size() - proxies))
                .<Request>map(client -> new FromProxy(request, new InetSocketAddress(client, 0)))
                .orElse(request);
    }

    /** Reads an IP address, with or without a port; never asks the DNS. */
    static Optional<InetAddress> parse(String entry) {
        var four = IPV4.matcher(entry);
        var six = IPV6.matcher(entry);
        String literal = four.matches() ? four.group(1) : six.matches() ? six.group(1) : null;
        try {
            return literal == null ? Optional.empty() : Optional.of(InetAddress.getByName(literal));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** A request whose connection has the client's address at its other end. */
    private static final class FromProxy extends Request.Wrapper {

        private final ConnectionMetaData connection;

        FromProxy(Request request, SocketAddress client) {
            super(request);
            connection = new ConnectionMetaData.Wrapper(request.getConnectionMetaData()) {
                @Override
                public SocketAddress getRemoteSocketAddress() {
                    return client;
                }
            };
        }

        @Override
        public ConnectionMetaData getConnectionMetaData() {
            return connection;
        }
    }
}
