package io.roomrouting;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where clients reach a session host.
 *
 * @param host a host name, an IPv4 address, or an IPv6 address without brackets
 * @param port 1 to 65535
 * @param secure whether clients connect over TLS ({@code wss})
 */
public record HostAddress(String host, int port, boolean secure) {

    /**
     * Checks the format.
     *
     * @throws RoutingException.InvalidRequest if the host is not a host name or the port is out of range
     */
    public HostAddress {
        if (host.isEmpty() || host.length() > 253 || !host.chars().allMatch(HostAddress::isHostCharacter)) {
            throw RoutingException.invalid("a host is a name or an IP address");
        }
        if (port < 1 || port > 65535) {
            throw RoutingException.invalid("a port is 1 to 65535");
        }
    }

    /**
     * Reads {@code host:port}, or the same behind {@code ws://} or {@code wss://}; an IPv6 address stands in brackets.
     *
     * @param text for example {@code localhost:8000}, {@code wss://eu-1.example.com:443}, {@code [::1]:8000}
     * @return the address
     * @throws RoutingException.InvalidRequest if the text is anything else
     */
    public static HostAddress parse(String text) {
        String withScheme = text.contains("://") ? text : "ws://" + text;
        try {
            URI uri = new URI(withScheme);
            boolean secure = "wss".equals(uri.getScheme());
            boolean plain = "ws".equals(uri.getScheme());
            String path = uri.getRawPath();
            boolean bare = (path.isEmpty() || "/".equals(path)) && uri.getRawUserInfo() == null;
            if ((secure || plain) && bare && uri.getHost() != null && uri.getPort() > 0 && uri.getRawQuery() == null) {
                String host = uri.getHost();
                boolean brackets = host.startsWith("[");
                return new HostAddress(brackets ? host.substring(1, host.length() - 1) : host, uri.getPort(), secure);
            }
        } catch (URISyntaxException e) {
            throw RoutingException.invalid("an address is host:port, ws://host:port or wss://host:port", e);
        }
        throw RoutingException.invalid("an address is host:port, ws://host:port or wss://host:port");
    }

    /**
     * Returns the address as {@code host:port}, an IPv6 address in brackets.
     *
     * @return the authority part of {@link #url()}
     */
    public String authority() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /**
     * Returns the address as a WebSocket URL without a path, for example {@code ws://localhost:8000}.
     *
     * @return the URL
     */
    public String url() {
        return (secure ? "wss://" : "ws://") + authority();
    }

    @Override
    public String toString() {
        return authority();
    }

    private static boolean isHostCharacter(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == ':'
                || c == '_'
                || c == '%';
    }
}
