package io.roomrouting.session;

import static io.roomrouting.session.HostRig.ROOM;
import static io.roomrouting.session.HostRig.closing;
import static io.roomrouting.session.HostRig.event;
import static io.roomrouting.session.HostRig.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.ErrorCode;
import io.roomrouting.HeldRoom;
import io.roomrouting.HostIncarnation;
import io.roomrouting.spi.ProbeReply;
import io.roomrouting.spi.ProbeRequest;
import io.roomrouting.testkit.RecordingConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A probed host that serves on when its backend falls silent. */
class ProbedOutageTest {

    private static final Duration LEASE = Duration.ofSeconds(15);

    private final ProbedHost probed = new ProbedHost();
    private final HostRig rig = new HostRig(builder -> builder.probed(probed).outagePolicy(OutagePolicy.AVAILABLE));
    private OptionalLong stamp = OptionalLong.empty();
    private final RecordingConnection alice = firstClient();
    private final HostIncarnation life = rig.host.status().host();

    private RecordingConnection firstClient() {
        probe("one", Optional.empty());
        probe("one", Optional.empty());
        return rig.join("alice");
    }

    private ProbeReply probe(String registry, Optional<HostIncarnation> refused) {
        ProbeReply reply = probed.onProbe(new ProbeRequest(registry, LEASE, stamp, 0, 0, true, refused));
        stamp = OptionalLong.of(reply.stamp());
        return reply;
    }

    private void silence() {
        rig.time.advance(LEASE.multipliedBy(4));
        assertThat(rig.reports.lines).endsWith("lease false");
    }

    @Test
    void servesItsSessionsAndAdmitsNobody() {
        silence();
        alice.send(event("still"));

        assertThat(rig.script.happened).endsWith("alice still");
        assertThat(rig.host.status().ready()).isFalse();
        assertThat(refusal(rig.knock("bob"))).isEqualTo(ErrorCode.NOT_OWNER);
    }

    @Test
    void goesOnWhenTheBackendStillCountsItAmongTheLiving() {
        silence();

        probe("one", Optional.empty());
        assertThat(rig.host.status().ready()).isFalse();
        probe("one", Optional.empty());

        assertThat(rig.host.status().ready()).isTrue();
        assertThat(rig.reports.lines).endsWith("lease true");
        assertThat(rig.host.status().host()).isEqualTo(life);
        assertThat(rig.join("bob").isOpen()).isTrue();
    }

    @Test
    void isAdoptedByABackendThatWasRestarted() {
        silence();
        stamp = OptionalLong.empty();

        ProbeReply reply = probe("two", Optional.empty());
        probe("two", Optional.empty());

        assertThat(reply.host()).isEqualTo(life);
        assertThat(reply.held()).extracting(HeldRoom::room).containsExactly(ROOM);
        assertThat(rig.host.status().ready()).isTrue();
        assertThat(alice.isOpen()).isTrue();
    }

    @Test
    void closesItsRoomsAsSoonAsItHearsThatTheyWereGivenAway() {
        silence();
        stamp = OptionalLong.empty();
        probe("one", Optional.empty());
        stamp = OptionalLong.empty();

        ProbeReply reply = probe("one", Optional.of(life));

        assertThat(closing(alice)).isEqualTo(LeaveReason.LEASE_LOST);
        assertThat(reply.host()).isNotEqualTo(life);
        assertThat(reply.held()).isEmpty();
        probe("one", Optional.empty());
        assertThat(rig.host.status().ready()).isTrue();
    }

    @Test
    void doesNotListenToARefusalOfAnotherLife() {
        silence();

        probe("one", Optional.of(HostIncarnation.next(life.host())));

        assertThat(alice.isOpen()).isTrue();
    }

    @Test
    void doesNotListenToABackendThatItDoesNotServe() {
        silence();

        probe("two", Optional.of(life));

        assertThat(alice.isOpen()).isTrue();
    }

    @Test
    void doesNotListenToARefusalThatCameBeforeItsLeaseDid() {
        probe("one", Optional.of(life));

        assertThat(alice.isOpen()).isTrue();
    }

    @Test
    void beginsANewLifeWhenItWasPaused() {
        silence();
        rig.time.shiftWallClock(LEASE);

        ProbeReply reply = probe("one", Optional.empty());

        assertThat(closing(alice)).isEqualTo(LeaveReason.LEASE_LOST);
        assertThat(reply.host()).isNotEqualTo(life);
    }
}
