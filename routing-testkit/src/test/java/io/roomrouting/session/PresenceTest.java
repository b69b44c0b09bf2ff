package io.roomrouting.session;

import static io.roomrouting.session.HostRig.closing;
import static io.roomrouting.session.HostRig.event;
import static io.roomrouting.session.HostRig.heard;
import static io.roomrouting.session.HostRig.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.ErrorCode;
import io.roomrouting.UserId;
import io.roomrouting.testkit.RecordingConnection;
import org.junit.jupiter.api.Test;

/** Users, and the several sessions that a user may have in a room. */
class PresenceTest {

    private static HostRig presenceOf(SameUser policy) {
        HostRig rig = new HostRig(RoomSettings.defaults().withSameUser(policy));
        rig.script
                .onJoin((room, session) -> {
                    if (room.sessionsOf(session.user()).size() == 1) {
                        room.broadcastExcept(session, "came", session.user());
                    }
                })
                .onLeave((room, session) -> {
                    if (room.sessionsOf(session.user()).isEmpty()) {
                        room.broadcast("went", session.user());
                    }
                })
                .on("who", (room, session, event) -> session.send("who", room.users()))
                .on(
                        "count",
                        (room, session, event) ->
                                session.send("count", room.sessions().size()));
        return rig;
    }

    @Test
    void aUserWithTwoSessionsComesOnceAndGoesOnce() {
        HostRig rig = presenceOf(SameUser.ALLOW);
        RecordingConnection bob = rig.join("bob");

        RecordingConnection first = rig.join("alice");
        RecordingConnection second = rig.join("alice");
        first.end(LeaveReason.LEFT);
        assertThat(heard(bob)).containsExactly("came alice");
        second.end(LeaveReason.CONNECTION_LOST);

        assertThat(heard(bob)).containsExactly("came alice", "went alice");
    }

    @Test
    void usersAreListedOnceInTheOrderOfTheirFirstSession() {
        HostRig rig = presenceOf(SameUser.ALLOW);
        rig.join("bob");
        RecordingConnection alice = rig.join("alice");
        rig.join("bob");

        alice.send(event("who"), event("count"));

        assertThat(heard(alice)).endsWith("who [bob, alice]", "count 3");
    }

    @Test
    void theNewestReplacesTheOlderWithoutGoingAndComing() {
        HostRig rig = presenceOf(SameUser.REPLACE);
        RecordingConnection bob = rig.join("bob");
        RecordingConnection old = rig.join("alice");

        RecordingConnection fresh = rig.join("alice");

        assertThat(closing(old)).isEqualTo(LeaveReason.REPLACED);
        assertThat(fresh.isOpen()).isTrue();
        assertThat(heard(bob)).containsExactly("came alice");
        assertThat(rig.script.happened)
                .containsExactly("open", "join bob", "join alice", "join alice", "leave alice REPLACED");
        fresh.send(event("who"));
        assertThat(heard(fresh)).containsExactly("who [bob, alice]");
    }

    @Test
    void whoIsReplacedHearsNothingOfItsSuccessor() {
        HostRig rig = new HostRig(RoomSettings.defaults().withSameUser(SameUser.REPLACE));
        rig.script.onJoin((room, session) -> room.broadcast("joined"));
        RecordingConnection old = rig.join("alice");

        rig.join("alice");

        assertThat(heard(old)).containsExactly("joined");
    }

    @Test
    void whatTheReplacedSaysOnItsWayOutIsNotHeard() {
        HostRig rig = presenceOf(SameUser.REPLACE);
        RecordingConnection old = rig.join("alice");
        rig.join("alice");

        assertThat(old.send(event("late"))).containsExactly(Delivery.CLOSED);

        assertThat(rig.script.happened).doesNotContain("alice late");
    }

    @Test
    void replacingTakesTheOldPlaceInAFullRoom() {
        HostRig rig = new HostRig(
                RoomSettings.defaults().withSameUser(SameUser.REPLACE).withMaxClients(1));
        rig.join("alice");

        assertThat(rig.knock("alice").isOpen()).isTrue();
        assertThat(refusal(rig.knock("bob"))).isEqualTo(ErrorCode.ROOM_FULL);
    }

    @Test
    void theSecondIsRefusedAndDisturbsNobody() {
        HostRig rig = presenceOf(SameUser.REJECT);
        RecordingConnection bob = rig.join("bob");
        RecordingConnection alice = rig.join("alice");

        RecordingConnection second = rig.knock("alice");

        assertThat(refusal(second)).isEqualTo(ErrorCode.ALREADY_JOINED);
        assertThat(alice.isOpen()).isTrue();
        assertThat(heard(bob)).containsExactly("came alice");
        assertThat(rig.script.happened).containsExactly("open", "join bob", "join alice");
    }

    @Test
    void whoWasRefusedMayComeOnceTheFirstHasGone() {
        HostRig rig = presenceOf(SameUser.REJECT);
        rig.join("alice").end(LeaveReason.LEFT);

        assertThat(rig.knock("alice").isOpen()).isTrue();
    }

    @Test
    void whoIsSentAwayIsNeitherHeardNorSpokenToAnyMore() {
        HostRig rig = new HostRig();
        rig.script
                .on("kick", (room, session, event) -> {
                    session.send("goodbye");
                    session.disconnect(LeaveReason.KICKED);
                    room.broadcast("kicked", session.user());
                })
                .onLeave((room, session) -> session.send("too late"));
        RecordingConnection bob = rig.join("bob");
        RecordingConnection alice = rig.join("alice");

        alice.send(event("kick"), event("again"));

        assertThat(heard(alice)).containsExactly("goodbye");
        assertThat(heard(bob)).containsExactly("kicked alice");
        assertThat(closing(alice)).isEqualTo(LeaveReason.KICKED);
        assertThat(rig.script.happened).endsWith("alice kick", "leave alice KICKED");
    }

    @Test
    void theFirstReasonCounts() {
        HostRig rig = new HostRig();
        rig.script.on("out", (room, session, event) -> {
            session.disconnect(LeaveReason.KICKED);
            session.disconnect(LeaveReason.FLOODING);
            room.close();
        });
        RecordingConnection alice = rig.join("alice");

        alice.send(event("out"));

        assertThat(closing(alice)).isEqualTo(LeaveReason.KICKED);
        assertThat(rig.script.happened).endsWith("leave alice KICKED", "close CLOSED");
    }

    @Test
    void sessionsOfAStrangerAreNone() {
        HostRig rig = new HostRig();
        rig.script.onJoin((room, session) -> session.send("sessions", room.sessionsOf(UserId.of("nobody"))));

        assertThat(heard(rig.join("alice"))).containsExactly("sessions []");
    }
}
