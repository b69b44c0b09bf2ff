package io.roomrouting.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.HostAndPort;

/**
 * Where Redis is and who logs in: {@code redis://user:password@host:6379,host2:6379/0}, with {@code rediss} for TLS. Not a
 * {@link java.net.URI}, as that knows one host only.
 *
 * @param secure whether to use TLS
 * @param user the ACL user; empty for the default user
 * @param password the password, if there is one
 * @param nodes one server or several of one deployment, in the order in which they are tried
 * @param database the database's number
 */
record RedisUri(
        boolean secure, Optional<String> user, Optional<String> password, List<HostAndPort> nodes, int database) {

    private static final Pattern FORMAT = Pattern.compile("(redis|rediss)://(?:([^@/]*)@)?([^@/?#]+)(?:/(\\d{0,5}))?");
    private static final Pattern NODE = Pattern.compile("(\\[[0-9A-Fa-f:.%]+]|[^:\\[\\]]+)(?::(\\d{1,5}))?");
    private static final int DEFAULT_PORT = 6379;

    RedisUri {
        nodes = List.copyOf(nodes);
    }

    /** The message of a failure never repeats the text, which may hold a password. */
    static RedisUri parse(String text) {
        Matcher parts = FORMAT.matcher(text);
        if (!parts.matches()) {
            throw malformed();
        }
        Optional<String> login = Optional.ofNullable(parts.group(2));
        int colon = login.map(it -> it.indexOf(':')).orElse(-1);
        Optional<String> user = login.map(it -> colon < 0 ? "" : it.substring(0, colon));
        Optional<String> password = login.map(it -> it.substring(colon + 1));
        Optional<String> database = Optional.ofNullable(parts.group(4)).filter(number -> !number.isEmpty());
        return new RedisUri(
                parts.group(1).equals("rediss"),
                user.map(RedisUri::decode).filter(it -> !it.isEmpty()),
                password.map(RedisUri::decode).filter(it -> !it.isEmpty()),
                Arrays.stream(parts.group(3).split(",", -1)).map(RedisUri::node).toList(),
                database.map(Integer::parseInt).orElse(0));
    }

    private static HostAndPort node(String text) {
        Matcher parts = NODE.matcher(text);
        if (!parts.matches()) {
            throw malformed();
        }
        int port = parts.group(2) == null ? DEFAULT_PORT : Integer.parseInt(parts.group(2));
        if (port < 1 || port > 65_535) {
            throw malformed();
        }
        return new HostAndPort(parts.group(1).replaceAll("[\\[\\]]", ""), port);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException(
                "a Redis URI has the form redis[s]://[user:password@]host[:port][,host[:port]...]"
                        + "[/database], with special characters of user and password percent-encoded");
    }

    /** Tells neither user nor password. */
    @Override
    public String toString() {
        return (secure ? "rediss://" : "redis://") + nodes + "/" + database;
    }
}
