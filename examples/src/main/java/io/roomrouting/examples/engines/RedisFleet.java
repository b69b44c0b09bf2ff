package io.roomrouting.examples.engines;

import io.roomrouting.HostRegistry;
import io.roomrouting.RoomDirectory;
import io.roomrouting.RoomRegistry;
import io.roomrouting.RoutingException;
import io.roomrouting.examples.settings.ConfigurationException;
import io.roomrouting.examples.settings.Redacted;
import io.roomrouting.redis.RedisDatabase;
import io.roomrouting.redis.RedisRegistry;
import io.roomrouting.redis.RedisRoomStateStore;
import io.roomrouting.session.RoomStateStore;
import java.time.Duration;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A fleet's registry in Redis. */
final class RedisFleet implements FleetRegistry {

    private static final Logger LOG = LoggerFactory.getLogger(RedisFleet.class);

    /** What only an operator can end. */
    private static final Pattern LASTING =
            Pattern.compile("refuses the login|does not allow its user|does not have the database|is version");

    private final RedisDatabase redis;
    private final RedisRegistry registry;

    private RedisFleet(RedisDatabase redis, Duration lease) {
        this.redis = redis;
        this.registry = RedisRegistry.builder(redis).lease(lease).build();
    }

    /** As {@link OpenDatabase#open} does it: one that does not answer is waited for, one that refuses is refused. */
    static RedisFleet open(String setting, RedisUrl url, int connections, Duration lease, Duration timeout) {
        RedisFleet fleet = new RedisFleet(
                RedisDatabase.builder(url.withSecrets())
                        .connections(connections)
                        .timeout(timeout)
                        .build(),
                lease);
        try {
            fleet.registry.list();
        } catch (RoutingException.Unavailable e) {
            String told = setting + " = " + Redacted.oneLine(url.toString()) + ": " + e.getMessage();
            if (LASTING.matcher(e.getMessage()).find()) {
                fleet.close();
                throw new ConfigurationException(told, e);
            }
            LOG.warn("{}; not ready until it answers", told);
        }
        return fleet;
    }

    @Override
    public RoomRegistry rooms() {
        return registry;
    }

    @Override
    public HostRegistry hosts() {
        return registry;
    }

    @Override
    public RoomDirectory directory() {
        return registry;
    }

    @Override
    public RoomStateStore states() {
        return RedisRoomStateStore.in(redis);
    }

    @Override
    public void close() {
        redis.close();
    }
}
