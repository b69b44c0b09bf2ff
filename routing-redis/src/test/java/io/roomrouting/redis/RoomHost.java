package io.roomrouting.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.Claim;
import io.roomrouting.ClaimResult;
import io.roomrouting.HeartbeatResult;
import io.roomrouting.HeldRoom;
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
import io.roomrouting.RoomSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A host as a registry sees it. */
record RoomHost(HostIncarnation incarnation, HostAddress address) {

    static RoomHost named(String name) {
        return new RoomHost(HostIncarnation.next(HostId.of(name)), new HostAddress(name + ".example.com", 8000, false));
    }

    RoomHost joined(RedisRegistry registry) {
        assertThat(join(registry)).isInstanceOf(JoinResult.Joined.class);
        return this;
    }

    /** Joins, and tells what it holds. */
    JoinResult join(RedisRegistry registry, RoomAssignment... held) {
        List<HeldRoom> rooms = Stream.of(held)
                .map(own -> new HeldRoom(own.room(), RoomSpec.defaults(), own.epoch()))
                .toList();
        return registry.join(new HostRegistration(
                incarnation, address, new HostCapacity(20_000, 20_000), Map.of("region", "Lima"), rooms));
    }

    Placement placement() {
        return new Placement(incarnation, address, Optional.empty(), "for a test");
    }

    ClaimResult claim(RedisRegistry registry, RoomId room) {
        return registry.claim(new Claim(room, placement()));
    }

    RoomAssignment claimed(RedisRegistry registry, RoomId room) {
        ClaimResult result = claim(registry, room);
        assertThat(result).isInstanceOf(ClaimResult.Granted.class);
        return ((ClaimResult.Granted) result).assignment();
    }

    /** Makes a room, claims and opens it. */
    RoomAssignment opened(RedisRegistry registry, RoomId room) {
        registry.ensure(room, RoomSpec.defaults());
        RoomAssignment own = claimed(registry, room);
        assertThat(registry.confirm(own)).isTrue();
        return own;
    }

    boolean beats(RedisRegistry registry) {
        return registry.heartbeat(incarnation, HostLoad.NONE, HostState.ACTIVE) instanceof HeartbeatResult.Renewed;
    }
}
