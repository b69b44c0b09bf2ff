package io.roomrouting.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.Claim;
import io.roomrouting.ClaimResult;
import io.roomrouting.HeartbeatResult;
import io.roomrouting.HostAddress;
import io.roomrouting.HostCapacity;
import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.HostLoad;
import io.roomrouting.HostRegistration;
import io.roomrouting.HostState;
import io.roomrouting.JoinResult;
import io.roomrouting.Placement;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A host as a registry sees it.
 *
 * @param registry where it joins and where its rooms are claimed
 * @param incarnation this life of it
 * @param address where it pretends to be
 * @param capacity what it takes
 */
record TestHost(RegistryUnderTest registry, HostIncarnation incarnation, HostAddress address, HostCapacity capacity) {

    static TestHost named(RegistryUnderTest registry, String name) {
        return withRooms(registry, name, 1_000);
    }

    static TestHost withRooms(RegistryUnderTest registry, String name, int rooms) {
        return with(registry, name, new HostCapacity(rooms, 100_000));
    }

    static TestHost withConnections(RegistryUnderTest registry, String name, int connections) {
        return with(registry, name, new HostCapacity(1_000, connections));
    }

    private static TestHost with(RegistryUnderTest registry, String name, HostCapacity capacity) {
        return new TestHost(
                registry,
                HostIncarnation.next(HostId.of(name)),
                new HostAddress(name + ".example.com", 8000, false),
                capacity);
    }

    /** The same host after a restart. */
    TestHost reborn() {
        return new TestHost(registry, HostIncarnation.next(incarnation.host()), address, capacity);
    }

    HostRegistration registration() {
        return new HostRegistration(incarnation, address, capacity, Map.of("region", "Nowhere"), List.of());
    }

    TestHost joined() {
        assertThat(registry.hosts().join(registration())).isInstanceOf(JoinResult.Joined.class);
        return this;
    }

    boolean beats() {
        return reports(HostLoad.NONE);
    }

    boolean reports(HostLoad load) {
        return registry.hosts().heartbeat(incarnation, load, HostState.ACTIVE) instanceof HeartbeatResult.Renewed;
    }

    Placement placement() {
        return new Placement(incarnation, address, Optional.empty(), "for a test");
    }

    /** A placement that needs no lease, because a provider vouches for it. */
    Placement provided(Duration validity) {
        return new Placement(incarnation, address, Optional.of(validity), "for a test");
    }

    ClaimResult claim(RoomId room) {
        return registry.rooms().claim(new Claim(room, placement()));
    }

    ClaimResult claim(RoomId room, Duration validity) {
        return registry.rooms().claim(new Claim(room, provided(validity)));
    }

    /** Claims a room, which must succeed. */
    RoomAssignment wins(RoomId room) {
        return granted(claim(room));
    }

    /** Claims and opens a room, which must succeed. */
    RoomAssignment opens(RoomId room) {
        RoomAssignment assignment = wins(room);
        assertThat(registry.rooms().confirm(assignment)).isTrue();
        return assignment;
    }

    static RoomAssignment granted(ClaimResult result) {
        assertThat(result).isInstanceOf(ClaimResult.Granted.class);
        return ((ClaimResult.Granted) result).assignment();
    }
}
