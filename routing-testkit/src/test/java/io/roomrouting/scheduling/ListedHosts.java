package io.roomrouting.scheduling;

import io.roomrouting.ErrorCode;
import io.roomrouting.HeartbeatResult;
import io.roomrouting.HostAddress;
import io.roomrouting.HostCapacity;
import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.HostLoad;
import io.roomrouting.HostRegistration;
import io.roomrouting.HostRegistry;
import io.roomrouting.HostSnapshot;
import io.roomrouting.HostState;
import io.roomrouting.JoinResult;
import io.roomrouting.RoutingException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A registry that lists what a test says, counts how often it is asked, and can be out of reach or slow. */
final class ListedHosts implements HostRegistry {

    final AtomicInteger lists = new AtomicInteger();
    volatile List<HostSnapshot> hosts = List.of();
    volatile boolean outOfReach;

    /** Whoever asks waits for this. */
    volatile CountDownLatch gate = new CountDownLatch(0);

    final AtomicInteger waiting = new AtomicInteger();

    static ListedHosts of(String... names) {
        ListedHosts listed = new ListedHosts();
        listed.hosts = Stream.of(names).map(name -> host(name, Map.of())).toList();
        return listed;
    }

    static HostSnapshot host(String name, Map<String, String> labels) {
        return new HostSnapshot(
                new HostIncarnation(HostId.of(name), "1"),
                new HostAddress(name, 8000, false),
                HostState.ACTIVE,
                new HostCapacity(100, 1_000),
                HostLoad.NONE,
                0,
                0,
                Duration.ofHours(1),
                labels);
    }

    @Override
    public List<HostSnapshot> list() {
        lists.incrementAndGet();
        List<HostSnapshot> begun = hosts;
        waiting.incrementAndGet();
        try {
            if (!gate.await(60, TimeUnit.SECONDS)) {
                throw new AssertionError("the gate was never opened");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            waiting.decrementAndGet();
        }
        if (outOfReach) {
            throw RoutingException.unavailable(
                    ErrorCode.REGISTRY_UNAVAILABLE, "the database is out of reach", Duration.ofSeconds(1));
        }
        return begun;
    }

    @Override
    public JoinResult join(HostRegistration registration) {
        throw new UnsupportedOperationException();
    }

    @Override
    public HeartbeatResult heartbeat(HostIncarnation host, HostLoad load, HostState state) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void mark(HostIncarnation host, HostState state) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void leave(HostIncarnation host) {
        throw new UnsupportedOperationException();
    }
}
