package io.roomrouting.jetty;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomrouting.HostCapacity;
import io.roomrouting.TimeSource;
import io.roomrouting.session.HostStatus;
import io.roomrouting.session.SessionHost;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Shows how the process is doing, and the host in it if there is one. Never blocks. */
final class AdminLoad {

    private final Optional<SessionHost> host;
    private final Optional<AdminDrain> drain;
    private final Optional<HostCapacity> capacity;
    private final TimeSource time;
    private final Instant startedAt;
    private final long startedNanos;

    AdminLoad(
            Optional<SessionHost> host, Optional<AdminDrain> drain, Optional<HostCapacity> capacity, TimeSource time) {
        this.host = host;
        this.drain = drain;
        this.capacity = capacity;
        this.time = time;
        startedAt = time.now();
        startedNanos = time.nanoTime();
    }

    void addTo(AdminPaths paths) {
        paths.add("load", Methods.GET, exchange -> AdminJson.answer(exchange, load()));
    }

    private ObjectNode load() {
        ObjectNode json = AdminJson.object();
        writeMachine(json);
        json.put("startedAt", startedAt.toString())
                .put("uptime", Duration.ofNanos(time.nanoTime() - startedNanos).toSeconds());
        capacity.ifPresent(most -> AdminJson.capacity(json, most));
        host.ifPresent(here -> writeHost(json, here.status()));
        drain.ifPresent(here -> here.writeTo(json));
        return json;
    }

    private static void writeMachine(ObjectNode json) {
        double average = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        if (average >= 0) {
            json.put("loadAverage", average);
        }
        Runtime runtime = Runtime.getRuntime();
        long committed = runtime.totalMemory();
        json.put("cpus", runtime.availableProcessors())
                .putObject("memory")
                .put("used", committed - runtime.freeMemory())
                .put("committed", committed)
                .put("max", runtime.maxMemory());
    }

    private static void writeHost(ObjectNode json, HostStatus status) {
        json.put("host", status.host().host().value())
                .put("incarnation", status.host().nonce())
                .put("state", status.state().name())
                .put("acceptingConnections", status.ready())
                .put("rooms", status.load().rooms())
                .put("connections", status.load().connections());
    }
}
