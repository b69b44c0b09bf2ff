package io.roomrouting.session;

import static io.roomrouting.session.HostRig.ROOM;
import static io.roomrouting.session.HostRig.event;
import static io.roomrouting.session.HostRig.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomrouting.ErrorCode;
import io.roomrouting.HostCapacity;
import io.roomrouting.RoutingException;
import io.roomrouting.Ticket;
import io.roomrouting.spi.ConnectionPermit;
import io.roomrouting.testkit.RecordingConnection;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Connections per host, user and address: each place is taken once and given back once, however the stay ends. */
class PlacesTest {

    private static HostRig rigWith(int perHost, int perUser) {
        return new HostRig(builder -> builder.capacity(new HostCapacity(10, perHost))
                .limits(SessionLimits.defaults().withConnectionsPerUser(perUser).withConnectionsPerAddress(2)));
    }

    @Test
    void aUserHasSoManyConnectionsOverAllRooms() {
        HostRig rig = rigWith(100, 2);
        rig.join("alice");
        RecordingConnection second = rig.join("alice");

        RecordingConnection third = rig.knock("alice");
        assertThat(refusal(third)).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(third.refusal().flatMap(RoutingException::retryAfter)).isPresent();
        assertThat(rig.knock("bob").isOpen()).isTrue();

        second.end(LeaveReason.LEFT);
        assertThat(rig.knock("alice").isOpen()).isTrue();
    }

    @Test
    void aFullHostRefusesButKeepsTheTicketGood() {
        HostRig rig = rigWith(1, 10);
        RecordingConnection alice = rig.join("alice");
        Ticket ticket = rig.ticket("bob");

        assertThat(refusal(rig.knock(ticket))).isEqualTo(ErrorCode.OVERLOADED);
        alice.end(LeaveReason.LEFT);

        assertThat(rig.knock(ticket).isOpen()).isTrue();
    }

    @Test
    void anAddressHasSoManyConnectionsAndAFullHostHasNone() {
        HostRig rig = rigWith(1, 10);
        ConnectionPermit first = rig.host.permit("10.0.0.1");
        rig.host.permit("10.0.0.1");

        assertThatThrownBy(() -> rig.host.permit("10.0.0.1"))
                .isInstanceOfSatisfying(
                        RoutingException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RATE_LIMITED));
        assertThat(rig.reports.lines).endsWith("no connection RATE_LIMITED");
        rig.host.permit("10.0.0.2").close();
        first.close();
        first.close();
        rig.host.permit("10.0.0.1");
        assertThatThrownBy(() -> rig.host.permit("10.0.0.1")).hasMessageContaining("one address");

        rig.join("alice");
        assertThatThrownBy(() -> rig.host.permit("10.0.0.9"))
                .isInstanceOfSatisfying(
                        RoutingException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED));
    }

    /** A way in which a stay ends. */
    record Ending(String name, BiConsumer<HostRig, RecordingConnection> how) {

        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Ending> ENDINGS = List.of(
            new Ending("client leaves", (rig, alice) -> alice.end(LeaveReason.LEFT)),
            new Ending("connection breaks", (rig, alice) -> alice.end(LeaveReason.CONNECTION_LOST)),
            new Ending("kicked", (rig, alice) -> alice.send(event("kick"))),
            new Ending("flooding", (rig, alice) -> {
                for (int i = 0; i < 300; i++) {
                    alice.send(event("x"));
                }
            }),
            new Ending("stops reading", (rig, alice) -> {
                alice.stopReading();
                alice.send(event("talk"));
            }),
            new Ending("room closes", (rig, alice) -> alice.send(event("end"))),
            new Ending("room moves", (rig, alice) -> {
                rig.registry.reassign(ROOM, rig.host.status().host());
                rig.join("bob").end(LeaveReason.LEFT);
            }),
            new Ending("lease ends", (rig, alice) -> {
                rig.registry.outOfReach();
                rig.time.advance(ScriptedRegistry.LEASE);
            }),
            new Ending("host drains", (rig, alice) -> rig.host.drain(Duration.ZERO)),
            new Ending("host closes", (rig, alice) -> rig.host.close()));

    @ParameterizedTest
    @FieldSource("ENDINGS")
    void isGivenBackOnce(Ending ending) {
        HostRig rig = rigWith(100, 5);
        rig.script
                .on("kick", (room, session, event) -> session.disconnect(LeaveReason.KICKED))
                .on("talk", (room, session, event) -> session.send("answer"))
                .on("end", (room, session, event) -> room.close());
        RecordingConnection alice = rig.join("alice");
        assertThat(rig.host.status().load().connections()).isEqualTo(1);

        ending.how.accept(rig, alice);
        alice.end(LeaveReason.LEFT);

        assertThat(alice.isOpen()).isFalse();
        assertThat(rig.host.status().load().connections()).isZero();
    }

    /** A way in which a client is not let in. */
    record Refusal(String name, Consumer<HostRig> how) {

        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Refusal> REFUSALS = List.of(
            new Refusal("not owner", rig -> {
                Ticket ticket = rig.ticket("alice");
                rig.registry.forgetRoom(ROOM);
                rig.knock(ticket);
            }),
            new Refusal("used ticket", rig -> {
                Ticket ticket = rig.ticket("alice");
                rig.knock(ticket).end(LeaveReason.LEFT);
                rig.knock(ticket);
            }),
            new Refusal("registry away", rig -> {
                rig.registry.outOfReach();
                rig.knock("alice");
            }),
            new Refusal("room full", rig -> {
                rig.join("bob");
                rig.knock("alice");
                rig.knock("alice");
            }),
            new Refusal("fault on open", rig -> {
                rig.script.onOpen(room -> {
                    throw new IllegalStateException("no");
                });
                rig.knock("alice");
            }),
            new Refusal("fault on join", rig -> {
                rig.script.onJoin((room, session) -> {
                    throw new IllegalStateException("no");
                });
                rig.knock("alice");
            }),
            new Refusal("gave up", rig -> {
                rig.registryTasks.hold();
                rig.knock("alice").end(LeaveReason.CONNECTION_LOST);
                rig.registryTasks.runAll();
            }));

    @ParameterizedTest
    @FieldSource("REFUSALS")
    void isGivenBackByWhoIsNotLetIn(Refusal refusal) {
        HostRig rig = new HostRig(
                RoomSettings.defaults().withMaxClients(1),
                builder -> builder.limits(SessionLimits.defaults().withConnectionsPerUser(1)),
                new ScriptedRegistry());

        refusal.how.accept(rig);

        long bobs = rig.script.happened.contains("join bob") ? 1 : 0;
        assertThat(rig.host.status().load().connections()).isEqualTo((int) bobs);
    }
}
