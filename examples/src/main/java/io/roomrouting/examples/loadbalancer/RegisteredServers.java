package io.roomrouting.examples.loadbalancer;

import io.roomrouting.ErrorCode;
import io.roomrouting.HostAddress;
import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The servers that were heard lately, and which of them a new room goes to. A server is forgotten when it says goodbye, or
 * when it has been silent for too long. Thread-safe; no call waits, and none takes longer the more servers there are.
 */
final class RegisteredServers {

    private static final Logger LOG = LoggerFactory.getLogger(RegisteredServers.class);

    private final int most;
    private final Duration lifetime;
    private final TimeSource time;
    private final RandomGenerator chance;

    /** By name; the one that has been silent for longest comes first. */
    private final Map<String, RegisteredServer> servers = new LinkedHashMap<>();

    /** Those that are not full, by version. */
    private final Map<String, NavigableSet<RegisteredServer>> takers = new HashMap<>();

    /**
     * Knows of no server.
     *
     * @param most how many servers are taken
     * @param lifetime how long a server may be silent
     * @param time measures that
     * @param chance decides between servers with as much space
     */
    RegisteredServers(int most, Duration lifetime, TimeSource time, RandomGenerator chance) {
        this.most = most;
        this.lifetime = lifetime;
        this.time = time;
        this.chance = chance;
    }

    /**
     * Takes in what a server says.
     *
     * @throws RoutingException.Unavailable if it is a new one and there are too many
     */
    synchronized void register(Heartbeat heartbeat) {
        forgetTheSilent();
        RegisteredServer now = new RegisteredServer(heartbeat, time.nanoTime(), 0, chance.nextInt());
        RegisteredServer before = remove(now.name());
        if (before == null) {
            if (servers.size() >= most) {
                throw RoutingException.unavailable(
                        ErrorCode.OVERLOADED, "There are " + most + " servers, no more are taken", lifetime);
            }
            LOG.info("{} is here with version {}", now.name(), heartbeat.version());
        }
        add(now);
    }

    /**
     * Forgets a server.
     *
     * @return whether it was known
     */
    synchronized boolean unregister(HostAddress server) {
        forgetTheSilent();
        boolean known = remove(server.authority()) != null;
        if (known) {
            LOG.info("{} has said goodbye", server);
        }
        return known;
    }

    /**
     * Finds the server with most space, and counts that somebody is sent there.
     *
     * @return empty if no server of exactly this version has space
     */
    synchronized Optional<RegisteredServer> find(String version) {
        forgetTheSilent();
        NavigableSet<RegisteredServer> candidates = takers.get(version);
        if (candidates == null) {
            return Optional.empty();
        }
        RegisteredServer best = candidates.first();
        RegisteredServer sentTo = best.withOneMore(chance.nextInt());
        candidates.remove(best);
        candidates.add(sentTo);
        // Keeps its place, since it has not been heard.
        servers.replace(best.name(), sentTo);
        return Optional.of(best);
    }

    /**
     * Tells which servers live.
     *
     * @return the one that has been silent for longest first
     */
    synchronized List<RegisteredServer> list() {
        forgetTheSilent();
        return List.copyOf(servers.values());
    }

    /** Says how long ago a server was heard. */
    Duration silenceOf(RegisteredServer server) {
        return Duration.ofNanos(time.nanoTime() - server.heardAt());
    }

    private void add(RegisteredServer server) {
        servers.put(server.name(), server);
        if (!server.isFull()) {
            takers.computeIfAbsent(server.said().version(), version -> new TreeSet<>(RegisteredServer.MOST_SPACE_FIRST))
                    .add(server);
        }
    }

    private @Nullable RegisteredServer remove(String name) {
        RegisteredServer known = servers.remove(name);
        if (known != null) {
            removeTaker(known);
        }
        return known;
    }

    private void removeTaker(RegisteredServer server) {
        takers.computeIfPresent(server.said().version(), (version, same) -> {
            same.remove(server);
            return same.isEmpty() ? null : same;
        });
    }

    private void forgetTheSilent() {
        Iterator<RegisteredServer> longestSilentFirst = servers.values().iterator();
        while (longestSilentFirst.hasNext()) {
            RegisteredServer server = longestSilentFirst.next();
            if (silenceOf(server).compareTo(lifetime) < 0) {
                return;
            }
            longestSilentFirst.remove();
            removeTaker(server);
            LOG.warn(
                    "{} has been silent for {} s and is forgotten",
                    server.name(),
                    silenceOf(server).toSeconds());
        }
    }
}
