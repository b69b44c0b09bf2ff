package io.roomrouting.session;

import static io.roomrouting.session.HostRig.ROOM;
import static io.roomrouting.session.HostRig.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.ErrorCode;
import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomSpec;
import io.roomrouting.Ticket;
import io.roomrouting.testkit.RecordingConnection;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A ticket opens one room, on one life of a host, under one ownership, once. */
class TicketsTest {

    private final HostRig rig = new HostRig();

    @Test
    void aTicketIsGoodForOneEntry() {
        Ticket ticket = rig.ticket("alice");
        RecordingConnection first = rig.knock(ticket);

        assertThat(refusal(rig.knock(ticket))).isEqualTo(ErrorCode.TICKET_USED);
        first.end(LeaveReason.LEFT);
        assertThat(refusal(rig.knock(ticket))).isEqualTo(ErrorCode.TICKET_USED);
    }

    @Test
    void aTicketIsRememberedAsLongAsItCouldBeShownAgain() {
        Ticket ticket = rig.ticket("alice");
        rig.knock(ticket);

        for (int i = 0; i < 7; i++) {
            rig.time.advance(Duration.ofSeconds(10));
            assertThat(refusal(rig.knock(ticket))).isEqualTo(ErrorCode.TICKET_USED);
            rig.join("user-" + i);
        }
    }

    @Test
    void aTicketForAnotherHostIsRefused() {
        HostIncarnation other = HostIncarnation.next(HostId.of("elsewhere"));
        RoomAssignment theirs = rig.registry.assign(ROOM, other);

        assertThat(refusal(rig.knock(rig.ticket("alice", theirs, RoomSpec.defaults()))))
                .isEqualTo(ErrorCode.TICKET_WRONG_HOST);
        assertThat(rig.registry.asked).containsExactly("join");
    }

    @Test
    void aTicketForAnEarlierLifeOfTheHostIsRefused() {
        Ticket ticket = rig.ticket("alice");
        HostIncarnation before = rig.host.status().host();
        rig.registry.outOfReach();
        rig.time.advance(ScriptedRegistry.LEASE);
        rig.registry.backAgain();
        rig.time.advance(Duration.ofSeconds(1));
        assertThat(rig.host.status().ready()).isTrue();
        assertThat(rig.host.status().host()).isNotEqualTo(before);

        assertThat(refusal(rig.knock(ticket))).isEqualTo(ErrorCode.TICKET_WRONG_HOST);
    }

    @Test
    void aRefusedTicketIsNotUsedUpUnlessItsClientCameAsFarAsTheRoom() {
        HostRig small = new HostRig(RoomSettings.defaults().withMaxClients(1));
        small.join("bob");
        Ticket ticket = small.ticket("alice");

        assertThat(refusal(small.knock(ticket))).isEqualTo(ErrorCode.ROOM_FULL);

        assertThat(refusal(small.knock(ticket))).isEqualTo(ErrorCode.TICKET_USED);
    }
}
