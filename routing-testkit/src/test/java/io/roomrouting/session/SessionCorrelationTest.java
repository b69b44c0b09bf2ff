package io.roomrouting.session;

import static io.roomrouting.session.HostRig.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.CorrelationId;
import io.roomrouting.ErrorCode;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.Ticket;
import io.roomrouting.UserId;
import io.roomrouting.spi.Received;
import io.roomrouting.spi.SeatRequest;
import io.roomrouting.testkit.RecordingConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** What a ticket's look-up is called stands in the logs of its session's coming and going. */
class SessionCorrelationTest {

    private final List<String> seen = new ArrayList<>();
    private final HostRig rig = rig(RoomSettings.defaults().withResume(Duration.ofSeconds(30), 100));

    private HostRig rig(RoomSettings settings) {
        return new HostRig(
                settings,
                builder -> builder.rooms(room -> new Watcher(), settings).listener(new Overseer()),
                new ScriptedRegistry());
    }

    @AfterEach
    void forget() {
        MDC.clear();
    }

    private void see(String what) {
        seen.add(what + " " + CorrelationId.current().map(CorrelationId::value).orElse("-"));
    }

    private final class Watcher implements RoomHandler {

        @Override
        public void onOpen() {
            see("onOpen");
        }

        @Override
        public void onJoin(Session session) {
            see("onJoin " + session.user());
        }

        @Override
        public void onEvent(Session session, Event event) {
            see("onEvent " + session.correlation().map(CorrelationId::value).orElse("none"));
        }

        @Override
        public void onDrop(Session session) {
            see("onDrop " + session.user());
        }

        @Override
        public void onResume(Session session) {
            see("onResume " + session.user());
        }

        @Override
        public void onLeave(Session session, LeaveReason reason) {
            see("onLeave " + session.user());
        }
    }

    private final class Overseer implements SessionListener {

        @Override
        public void roomOpened(RoomId room) {
            see("opened");
        }

        @Override
        public void joined(RoomId room, UserId user) {
            see("joined " + user);
        }

        @Override
        public void admissionRefused(RoomId room, UserId user, ErrorCode why) {
            see("refused " + user);
        }

        @Override
        public void left(RoomId room, UserId user, LeaveReason reason) {
            see("left " + user);
        }
    }

    private Ticket ticket(String user, String id) {
        return ticket(rig, user, id);
    }

    private static Ticket ticket(HostRig host, String user, String id) {
        Ticket plain = host.ticket(user);
        return new Ticket(
                plain.id(),
                plain.identity(),
                plain.assignment(),
                plain.spec(),
                plain.expiresAt(),
                plain.seat(),
                CorrelationId.parse(id));
    }

    @Test
    void of_the_first_client_it_stands_in_the_opening_of_the_room_too() {
        RecordingConnection alice = rig.knock(ticket("alice", "a.1"));
        rig.knock(ticket("bob", "b.1"));

        alice.end(LeaveReason.LEFT);

        assertThat(seen)
                .containsExactly(
                        "onOpen a.1",
                        "opened a.1",
                        "joined alice a.1",
                        "onJoin alice a.1",
                        "joined bob b.1",
                        "onJoin bob b.1",
                        "left alice a.1",
                        "onLeave alice a.1");
        assertThat(CorrelationId.current()).isEmpty();
    }

    @Test
    void events_are_told_without_but_the_session_knows_it() {
        RecordingConnection alice = rig.knock(ticket("alice", "a.1"));
        seen.clear();

        alice.send(event("say"));

        assertThat(seen).containsExactly("onEvent a.1 -");
    }

    @Test
    void who_comes_back_does_so_under_the_name_of_the_new_look_up() {
        RecordingConnection alice = rig.knock(ticket("alice", "a.1"), new SeatRequest.New());
        seen.clear();

        alice.end(LeaveReason.CONNECTION_LOST);
        String token = alice.seat().orElseThrow().token();
        RecordingConnection back =
                rig.knock(ticket("alice", "a.2"), new SeatRequest.Back(token, new Received.Count(0)));
        back.send(event("say"));
        back.end(LeaveReason.CONNECTION_LOST);
        rig.time.advance(Duration.ofSeconds(31));

        assertThat(seen)
                .containsExactly(
                        "onDrop alice a.1",
                        "onResume alice a.2",
                        "onEvent a.2 -",
                        "onDrop alice a.2",
                        "left alice a.2",
                        "onLeave alice a.2");
    }

    @Test
    void a_refusal_is_told_under_it() {
        Ticket ticket = ticket("alice", "a.1");
        rig.knock(ticket);
        seen.clear();

        rig.knock(ticket);

        assertThat(seen).containsExactly("refused alice a.1");
    }

    @Test
    void who_is_replaced_goes_under_his_own_name() {
        HostRig replacing = rig(RoomSettings.defaults().withSameUser(SameUser.REPLACE));
        replacing.knock(ticket(replacing, "alice", "a.1"));
        seen.clear();

        replacing.knock(ticket(replacing, "alice", "a.2"));

        assertThat(seen).containsExactly("joined alice a.2", "onJoin alice a.2", "left alice a.1", "onLeave alice a.1");
    }

    @Test
    void what_the_thread_of_a_transport_is_at_is_none_of_the_rooms() {
        RecordingConnection alice = rig.knock(ticket("alice", "a.1"));
        RecordingConnection nameless = rig.knock(rig.ticket("bob"));
        seen.clear();

        CorrelationId.during(CorrelationId.parse("a.poll"), () -> {
            alice.send(event("say"));
            nameless.end(LeaveReason.LEFT);
            see("transport");
        });

        assertThat(seen).containsExactly("onEvent a.1 -", "left bob -", "onLeave bob -", "transport a.poll");
    }

    @Test
    void a_room_that_an_operator_opens_does_so_under_the_name_of_his_request() {
        CorrelationId.during(
                Optional.of(new CorrelationId("operator")),
                () -> rig.host
                        .rooms()
                        .open(rig.assignment(), RoomSpec.defaults())
                        .toCompletableFuture());

        assertThat(seen).containsExactly("onOpen operator", "opened operator");
    }
}
