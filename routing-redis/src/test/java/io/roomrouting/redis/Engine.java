package io.roomrouting.redis;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.roomrouting.testkit.TcpProxy;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.embedded.core.ExecutableProvider;

/**
 * The versions that everything is tested on: 6.2, which comes as an artefact, and the machine's own server if it has one. Each is
 * started once, when it is first needed, and ends with the tests.
 */
final class Engine {

    static final Engine OLDEST = new Engine("Redis 6.2", ExecutableProvider.newJarResourceProvider());
    static final Engine INSTALLED = new Engine("the installed Redis", Engine::installed);

    /** Names {@link #isInstalled} in conditions. */
    static final String IS_INSTALLED = "io.roomrouting.redis.Engine#isInstalled";

    static final String NOT_INSTALLED = "there is no redis-server on this machine";

    static final List<Engine> ALL = List.of(OLDEST, INSTALLED);

    private final String name;
    private final ExecutableProvider provider;
    private @Nullable File program;
    private @Nullable RedisServer server;

    private Engine(String name, ExecutableProvider provider) {
        this.name = name;
        this.provider = provider;
    }

    /** Set the system property {@code redis.server} to test another one. */
    private static File installed() {
        return new File(System.getProperty("redis.server", "/usr/bin/redis-server"));
    }

    static boolean isInstalled() {
        return installed().canExecute();
    }

    /** Ends the test as skipped where it is not there. */
    synchronized File program() {
        File found = program;
        if (found == null) {
            try {
                found = provider.get();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            program = found;
        }
        assumeTrue(found.canExecute(), name + " is not there: " + found);
        return found;
    }

    synchronized RedisServer server() {
        RedisServer running = server;
        if (running == null) {
            running = RedisServer.start(program());
            server = running;
        }
        return running;
    }

    /** A server for one test, which ends it. */
    RedisServer start(String... settings) {
        return RedisServer.start(program(), settings);
    }

    RedisDatabase database() {
        return patient(server().uri());
    }

    /** A way to a server on which something may go wrong. */
    static String uri(TcpProxy proxy) {
        return "redis://127.0.0.1:" + proxy.port();
    }

    static RedisDatabase patient(String uri) {
        return RedisDatabase.builder(uri)
                .timeout(Duration.ofSeconds(20))
                .connections(20)
                .build();
    }

    /** The same, without anything in it. */
    RedisDatabase emptyDatabase() {
        try (Jedis jedis = server().admin()) {
            jedis.flushAll();
        }
        return database();
    }

    void letPass(Duration duration) {
        Clock.letPass(server(), duration);
    }

    @Override
    public String toString() {
        return name;
    }
}
