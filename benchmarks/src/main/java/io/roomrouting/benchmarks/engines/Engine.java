package io.roomrouting.benchmarks.engines;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.roomrouting.HostRegistry;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.RoomRegistry;
import io.roomrouting.jdbc.JdbcDatabase;
import io.roomrouting.jdbc.JdbcRegistry;
import io.roomrouting.jdbc.JdbcRoomStateStore;
import io.roomrouting.redis.RedisDatabase;
import io.roomrouting.redis.RedisRegistry;
import io.roomrouting.redis.RedisRoomStateStore;
import io.roomrouting.session.InMemoryStateStore;
import io.roomrouting.session.RoomStateStore;
import java.time.Duration;

/**
 * One process's view of an engine.
 *
 * @param rooms who owns which room
 * @param hosts which hosts live
 * @param states what the rooms were like
 * @param connections what is to be closed at the end
 */
public record Engine(RoomRegistry rooms, HostRegistry hosts, RoomStateStore states, Runnable connections)
        implements AutoCloseable {

    /** An engine in this process, for whoever compares. */
    public static final String MEMORY = "memory:";

    private static final int POOL = 10;
    private static final Duration WAIT_FOR_CONNECTION = Duration.ofSeconds(2);

    /**
     * Opens an engine. Connects to nobody yet.
     *
     * @param url {@code memory:}, {@code redis://…}, {@code jdbc:postgresql:…} or {@code jdbc:h2:…}
     * @param lease how long a host may act without being heard of
     * @return the engine, to be closed by the caller
     * @throws IllegalArgumentException if the URL is of another kind
     */
    public static Engine open(String url, Duration lease) {
        return open(url, lease, lease);
    }

    /** Opens an engine that has just been made, and of which no host can know anything. */
    static Engine openNew(String url, Duration lease) {
        return open(url, lease, Duration.ZERO);
    }

    private static Engine open(String url, Duration lease, Duration settleTime) {
        if (url.equals(MEMORY)) {
            InMemoryRegistry registry = InMemoryRegistry.builder().lease(lease).build();
            return new Engine(registry, registry, InMemoryStateStore.create(), () -> {});
        }
        if (url.startsWith("redis:")) {
            RedisDatabase database = RedisDatabase.at(url);
            RedisRegistry registry = RedisRegistry.builder(database)
                    .lease(lease)
                    .settleTime(settleTime)
                    .build();
            return new Engine(registry, registry, RedisRoomStateStore.in(database), database::close);
        }
        if (url.startsWith("jdbc:")) {
            HikariDataSource pool = pool(url);
            JdbcDatabase database = JdbcDatabase.of(pool);
            JdbcRegistry registry = JdbcRegistry.builder(database).lease(lease).build();
            return new Engine(registry, registry, JdbcRoomStateStore.in(database), pool::close);
        }
        throw new IllegalArgumentException("no engine is at " + url);
    }

    private static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(POOL);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(WAIT_FOR_CONNECTION.toMillis());
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    @Override
    public void close() {
        connections.run();
    }
}
