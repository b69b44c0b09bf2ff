package io.roomrouting.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.roomrouting.Deadline;
import io.roomrouting.RoomId;
import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Redis (6.2 or newer) and the connections to it. To be shared by the {@link RedisRegistry} and the {@link RedisRoomStateStore}
 * of a process.
 *
 * <p><b>Servers.</b> {@code redis://user:password@host:6379/0}; {@code rediss} for TLS; user, password, port and number are
 * optional, and special characters of user and password are percent-encoded. Several hosts, separated by commas, are servers of
 * one deployment: a primary with its replicas, of which the one that takes writes is used, or nodes of a Redis Cluster, of which
 * one is enough to find the others.
 *
 * <p><b>Keys</b> all begin with the prefix in braces, so that a cluster keeps them on one node. Everything that belongs together
 * uses one prefix; a second fleet on the same Redis uses another.
 *
 * <p><b>Time.</b> A call ends within the {@linkplain RedisDatabaseBuilder#timeout time-out}, whatever it waits for. Making this
 * connects to nobody; the first call does.
 *
 * <p><b>Errors.</b> Whatever the trouble is, callers get a {@link RoutingException.Unavailable} with
 * {@link io.roomrouting.ErrorCode#REGISTRY_UNAVAILABLE} and the cause, and the next call tries anew. A lost connection is
 * replaced once within a call where doing a thing twice is harmless.
 *
 * <p>Thread-safe. Whoever makes it closes it; what uses it then fails with {@link IllegalStateException}.
 */
public final class RedisDatabase implements AutoCloseable {

    private final Lines lines;
    private final Keys keys;
    private final Duration timeout;

    RedisDatabase(RedisDatabaseBuilder builder) {
        RedisUri uri = builder.uri;
        Access access = new Access(uri.user(), uri.password(), uri.database(), builder.tls());
        lines = new Lines(uri.nodes(), access, builder.connections);
        keys = new Keys(builder.prefix);
        timeout = builder.timeout;
    }

    /**
     * Uses a Redis with all defaults.
     *
     * @param uri where it is
     * @return the database
     * @throws IllegalArgumentException if the URI is malformed; the message does not repeat it
     */
    public static RedisDatabase at(String uri) {
        return builder(uri).build();
    }

    /**
     * Starts to describe a database.
     *
     * @param uri where it is
     * @return a builder with all defaults
     * @throws IllegalArgumentException if the URI is malformed; the message does not repeat it
     */
    public static RedisDatabaseBuilder builder(String uri) {
        return new RedisDatabaseBuilder(RedisUri.parse(uri));
    }

    /** Ends the connections that nobody uses at this moment, and the others after their use. */
    @Override
    public void close() {
        lines.close();
    }

    /** Runs a script of a registry. */
    Reply registry(Script script, List<RoomId> rooms, Object... arguments) {
        return run(script, keys.registry(rooms), true, arguments);
    }

    /** Runs a script of a registry that must not run again once its outcome is not known. */
    Reply registryOnce(Script script, RoomId room, Object... arguments) {
        return run(script, keys.registry(List.of(room)), false, arguments);
    }

    /** Runs a script of a state store. */
    Reply state(Script script, RoomId room, Object... arguments) {
        return run(script, keys.state(room), true, arguments);
    }

    private Reply run(Script script, List<byte[]> keys, boolean repeatable, Object... arguments) {
        Deadline deadline = Deadline.in(TimeSource.system(), timeout);
        return Reply.of(new Call(lines, script, keys, bytes(arguments), repeatable, deadline).run());
    }

    private static List<byte[]> bytes(Object... arguments) {
        return Stream.of(arguments)
                .map(it -> it instanceof byte[] raw ? raw : it.toString().getBytes(UTF_8))
                .toList();
    }
}
