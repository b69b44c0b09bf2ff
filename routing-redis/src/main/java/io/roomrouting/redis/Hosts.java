package io.roomrouting.redis;

import io.roomrouting.HeartbeatResult;
import io.roomrouting.HeldRoom;
import io.roomrouting.HostCapacity;
import io.roomrouting.HostIncarnation;
import io.roomrouting.HostLoad;
import io.roomrouting.HostRegistration;
import io.roomrouting.HostSnapshot;
import io.roomrouting.HostState;
import io.roomrouting.JoinResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The hosts of a {@link RedisRegistry}: each call is one script. */
final class Hosts {

    static final int MAX_HOSTS = 10_000;

    private static final String ADDRESS = "address";
    private static final String LABELS = "labels";

    private final RegistryScripts scripts;
    private final Duration lease;

    Hosts(RegistryScripts scripts, Duration lease) {
        this.scripts = scripts;
        this.lease = lease;
    }

    JoinResult join(HostRegistration registration) {
        List<Object> arguments = new ArrayList<>(List.of(
                Texts.of(registration.host()),
                registration.host().host(),
                description(registration),
                registration.capacity().rooms(),
                registration.capacity().connections(),
                lease.toMillis(),
                MAX_HOSTS,
                Texts.of(registration.address())));
        for (HeldRoom held : registration.held()) {
            Rooms.checkEpoch(held.epoch());
            arguments.addAll(List.of(held.room(), held.epoch(), Texts.of(held.spec())));
        }
        Reply reply = scripts.run(
                Script.JOIN, registration.held().stream().map(HeldRoom::room).toList(), arguments.toArray());
        return switch (reply.word()) {
            case "JOINED" -> new JoinResult.Joined(lease);
            case "OVER" -> new JoinResult.Refused("this life of the host has lost its lease");
            case "NOT_GRANTED" -> new JoinResult.Refused("it holds rooms that this registry has not granted");
            case "NOT_ITS_OWN" -> new JoinResult.Refused("it holds rooms that are not its own");
            case "HAS_ANOTHER_OWNER" -> new JoinResult.Refused("it holds a room that has another owner");
            case "FULL" -> throw RegistryScripts.full("hosts");
            default -> throw reply.unexpected();
        };
    }

    HeartbeatResult heartbeat(HostIncarnation host, HostLoad load, HostState state) {
        Reply reply = scripts.run(
                Script.HEARTBEAT, Texts.of(host), load.rooms(), load.connections(), flag(state), lease.toMillis());
        return reply.word().equals("RENEWED")
                ? new HeartbeatResult.Renewed(lease, state(reply.flag(1)))
                : new HeartbeatResult.Unknown();
    }

    void mark(HostIncarnation host, HostState state) {
        scripts.run(Script.MARK, Texts.of(host), flag(state));
    }

    void leave(HostIncarnation host) {
        scripts.run(Script.LEAVE, Texts.of(host));
    }

    List<HostSnapshot> list() {
        return scripts.run(Script.LIST).nested(0).stream().map(Hosts::snapshot).toList();
    }

    private static HostSnapshot snapshot(Reply host) {
        Map<String, String> description = Texts.toMap(host.text(1));
        return new HostSnapshot(
                Texts.toHost(host.text(0)),
                Texts.toAddress(description.getOrDefault(ADDRESS, "")),
                state(host.flag(2)),
                new HostCapacity(host.number(3), host.number(4)),
                new HostLoad(host.number(5), host.number(6)),
                host.number(7),
                host.number(8),
                Duration.ofMillis(Long.parseLong(host.text(9))),
                Texts.toMap(description.getOrDefault(LABELS, "")));
    }

    private static String description(HostRegistration registration) {
        return Texts.form(Map.of(
                ADDRESS, Texts.of(registration.address()),
                LABELS, Texts.form(registration.labels())));
    }

    private static int flag(HostState state) {
        return state == HostState.DRAINING ? 1 : 0;
    }

    private static HostState state(boolean drains) {
        return drains ? HostState.DRAINING : HostState.ACTIVE;
    }
}
