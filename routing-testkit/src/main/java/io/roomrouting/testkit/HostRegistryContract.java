package io.roomrouting.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomrouting.Epoch;
import io.roomrouting.HeartbeatResult;
import io.roomrouting.HeldRoom;
import io.roomrouting.HostIncarnation;
import io.roomrouting.HostLoad;
import io.roomrouting.HostRegistration;
import io.roomrouting.HostRegistry;
import io.roomrouting.HostSnapshot;
import io.roomrouting.HostState;
import io.roomrouting.JoinResult;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomOwnership.Release;
import io.roomrouting.RoomSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link HostRegistry} does: one lease per life of a host, and no life twice. Extend it for yours and add no
 * exception.
 */
public abstract class HostRegistryContract {

    private static final int THREADS = 16;

    // Set up before each test.
    @SuppressWarnings("NullAway.Init")
    private RegistryUnderTest registry;

    @SuppressWarnings("NullAway.Init")
    private HostRegistry hosts;

    /** For subclasses. */
    protected HostRegistryContract() {}

    /**
     * Makes an empty registry that is not settling.
     *
     * @return a new registry
     */
    protected abstract RegistryUnderTest createRegistry();

    @BeforeEach
    final void open() {
        registry = createRegistry();
        hosts = registry.hosts();
    }

    @AfterEach
    final void close() {
        registry.close();
    }

    @Test
    final void a_host_that_joins_has_a_lease_and_is_listed() {
        TestHost host = TestHost.named(registry, "a");

        JoinResult result = hosts.join(host.registration());

        assertThat(result).isEqualTo(new JoinResult.Joined(registry.lease()));
        assertThat(hosts.list())
                .extracting(snapshot -> snapshot.withAge(Duration.ZERO))
                .containsExactly(new HostSnapshot(
                        host.incarnation(),
                        host.address(),
                        HostState.ACTIVE,
                        host.capacity(),
                        HostLoad.NONE,
                        0,
                        0,
                        Duration.ZERO,
                        host.registration().labels()));
    }

    @Test
    final void a_hosts_age_counts_from_its_first_joining() {
        TestHost host = TestHost.named(registry, "a").joined();
        Duration half = registry.lease().dividedBy(2);
        registry.letPass(half);

        host.joined();

        assertThat(age(host)).isBetween(half, registry.lease());
        TestHost later = host.reborn().joined();
        assertThat(age(later)).isBetween(Duration.ZERO, half.minusNanos(1));
    }

    @Test
    final void nobody_is_listed_at_first_and_the_list_cannot_be_changed() {
        assertThat(hosts.list()).isEmpty();
        HostSnapshot snapshot = snapshot(TestHost.named(registry, "a").joined()).orElseThrow();
        assertThatThrownBy(() -> hosts.list().remove(snapshot)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    final void many_hosts_that_join_at_once_are_all_listed() {
        List<HostIncarnation> joined = Together.run(
                THREADS, i -> TestHost.named(registry, "host-" + i).joined().incarnation());

        assertThat(hosts.list()).extracting(HostSnapshot::host).containsExactlyInAnyOrderElementsOf(joined);
    }

    @Test
    final void a_heartbeat_extends_the_lease_and_reports_the_load() {
        TestHost host = TestHost.named(registry, "a").joined();
        HostLoad load = new HostLoad(3, 40);
        registry.letPass(registry.lease().dividedBy(2));

        HeartbeatResult result = hosts.heartbeat(host.incarnation(), load, HostState.ACTIVE);

        assertThat(result).isEqualTo(new HeartbeatResult.Renewed(registry.lease(), HostState.ACTIVE));
        registry.letPass(registry.lease().multipliedBy(3).dividedBy(4));
        assertThat(snapshot(host).orElseThrow().load()).isEqualTo(load);
    }

    @Test
    final void a_lease_ends_when_nobody_renews_it() {
        TestHost host = TestHost.named(registry, "a").joined();

        registry.letPass(registry.lease());

        assertThat(hosts.list()).isEmpty();
        assertThat(hosts.heartbeat(host.incarnation(), HostLoad.NONE, HostState.ACTIVE))
                .isInstanceOf(HeartbeatResult.Unknown.class);
    }

    @Test
    final void a_lease_that_has_ended_is_not_revived_even_if_nobody_noticed_its_end() {
        TestHost beating = TestHost.named(registry, "a").joined();
        TestHost joining = TestHost.named(registry, "b").joined();

        registry.letPass(registry.lease());

        assertThat(beating.beats()).isFalse();
        assertThat(hosts.join(joining.registration())).isInstanceOf(JoinResult.Refused.class);
    }

    @Test
    final void a_host_that_never_joined_is_unknown() {
        assertThat(TestHost.named(registry, "a").beats()).isFalse();
    }

    @Test
    final void joining_again_renews_the_lease() {
        TestHost host = TestHost.named(registry, "a").joined();
        registry.letPass(registry.lease().dividedBy(2));

        host.joined();

        registry.letPass(registry.lease().multipliedBy(3).dividedBy(4));
        assertThat(hosts.list()).hasSize(1);
    }

    @Test
    final void a_life_that_is_over_never_joins_again() {
        TestHost expired = TestHost.named(registry, "a").joined();
        TestHost left = TestHost.named(registry, "b").joined();
        hosts.leave(left.incarnation());
        registry.letPass(registry.lease());
        assertThat(hosts.list()).isEmpty();

        assertThat(hosts.join(expired.registration())).isInstanceOf(JoinResult.Refused.class);
        assertThat(hosts.join(left.registration())).isInstanceOf(JoinResult.Refused.class);
        assertThat(hosts.list()).isEmpty();
    }

    @Test
    final void the_next_life_of_a_host_joins_while_the_former_one_only_keeps_what_it_has() {
        TestHost former = TestHost.named(registry, "a").joined();
        RoomId room =
                registry.rooms().create(RoomId.random(), RoomSpec.defaults()).room();
        RoomAssignment kept = former.opens(room);

        TestHost later = former.reborn().joined();

        assertThat(snapshot(later).orElseThrow().state()).isEqualTo(HostState.ACTIVE);
        assertThat(snapshot(former).orElseThrow().state()).isEqualTo(HostState.DRAINING);
        assertThat(registry.rooms().find(room).orElseThrow().assignment()).contains(kept);
        assertThat(former.beats()).isTrue();
    }

    @Test
    final void draining_is_told_to_everybody_and_can_be_undone() {
        TestHost host = TestHost.named(registry, "a").joined();

        hosts.mark(host.incarnation(), HostState.DRAINING);
        assertThat(snapshot(host).orElseThrow().state()).isEqualTo(HostState.DRAINING);
        assertThat(hosts.heartbeat(host.incarnation(), HostLoad.NONE, HostState.ACTIVE))
                .isEqualTo(new HeartbeatResult.Renewed(registry.lease(), HostState.DRAINING));

        hosts.mark(host.incarnation(), HostState.ACTIVE);
        assertThat(snapshot(host).orElseThrow().state()).isEqualTo(HostState.ACTIVE);
    }

    @Test
    final void a_host_may_want_to_drain_by_itself() {
        TestHost host = TestHost.named(registry, "a").joined();

        assertThat(hosts.heartbeat(host.incarnation(), HostLoad.NONE, HostState.DRAINING))
                .isEqualTo(new HeartbeatResult.Renewed(registry.lease(), HostState.ACTIVE));
        assertThat(snapshot(host).orElseThrow().state()).isEqualTo(HostState.DRAINING);

        assertThat(host.beats()).isTrue();
        assertThat(snapshot(host).orElseThrow().state()).isEqualTo(HostState.ACTIVE);
    }

    @Test
    final void an_order_to_drain_holds_whatever_the_host_wants() {
        TestHost host = TestHost.named(registry, "a").joined();
        hosts.mark(host.incarnation(), HostState.DRAINING);
        hosts.heartbeat(host.incarnation(), HostLoad.NONE, HostState.DRAINING);

        assertThat(host.beats()).isTrue();

        assertThat(snapshot(host).orElseThrow().state()).isEqualTo(HostState.DRAINING);
    }

    @Test
    final void marking_does_not_extend_a_lease() {
        TestHost host = TestHost.named(registry, "a").joined();
        registry.letPass(registry.lease().dividedBy(2));
        hosts.mark(host.incarnation(), HostState.DRAINING);
        registry.letPass(registry.lease().dividedBy(2));

        assertThat(hosts.list()).isEmpty();
    }

    @Test
    final void marking_or_ending_a_life_that_is_over_does_nothing() {
        TestHost former = TestHost.named(registry, "a").joined();
        hosts.leave(former.incarnation());
        TestHost later = former.reborn().joined();

        hosts.mark(former.incarnation(), HostState.DRAINING);
        hosts.leave(former.incarnation());

        assertThat(hosts.list()).hasSize(1);
        assertThat(snapshot(later).orElseThrow().state()).isEqualTo(HostState.ACTIVE);
    }

    @Test
    final void a_host_that_leaves_is_gone_at_once() {
        TestHost host = TestHost.named(registry, "a").joined();
        TestHost other = TestHost.named(registry, "b").joined();

        hosts.leave(host.incarnation());

        assertThat(hosts.list()).extracting(HostSnapshot::host).containsExactly(other.incarnation());
        assertThat(host.beats()).isFalse();
    }

    @Test
    final void the_list_counts_the_rooms_that_were_assigned() {
        TestHost host = TestHost.named(registry, "a").joined();
        for (int i = 0; i < 3; i++) {
            host.wins(registry.rooms()
                    .create(RoomId.random(), RoomSpec.defaults())
                    .room());
        }

        assertThat(snapshot(host).orElseThrow().assignedRooms()).isEqualTo(3);
    }

    @Test
    final void the_list_counts_a_connection_for_each_claim_since_the_last_report() {
        TestHost host = TestHost.named(registry, "a").joined();
        for (int i = 0; i < 3; i++) {
            host.wins(registry.rooms()
                    .create(RoomId.random(), RoomSpec.defaults())
                    .room());
        }
        assertThat(snapshot(host).orElseThrow().expectedConnections()).isEqualTo(3);
        assertThat(snapshot(host).orElseThrow().connections()).isEqualTo(3);

        assertThat(host.reports(new HostLoad(3, 5))).isTrue();

        assertThat(snapshot(host).orElseThrow().expectedConnections()).isZero();
        assertThat(snapshot(host).orElseThrow().connections()).isEqualTo(5);
    }

    @Test
    final void a_life_that_holds_rooms_of_its_own_may_join_again() {
        TestHost host = TestHost.named(registry, "a").joined();
        RoomId room =
                registry.rooms().create(RoomId.random(), RoomSpec.defaults()).room();
        RoomAssignment own = host.opens(room);

        assertThat(hosts.join(holding(host, room, own.epoch()))).isInstanceOf(JoinResult.Joined.class);

        assertThat(registry.rooms().find(room).orElseThrow().assignment()).contains(own);
    }

    @Test
    final void a_host_that_holds_rooms_which_the_registry_has_not_granted_is_refused() {
        TestHost stranger = TestHost.named(registry, "a");
        TestHost known = TestHost.named(registry, "b").joined();
        RoomId room = RoomId.of("somewhere-else");
        Epoch epoch = new Epoch(7);

        assertThat(hosts.join(holding(stranger, room, epoch))).isInstanceOf(JoinResult.Refused.class);
        assertThat(hosts.join(holding(known, room, epoch))).isInstanceOf(JoinResult.Refused.class);
        assertThat(registry.rooms().find(room)).isEmpty();
        assertThat(snapshot(stranger)).isEmpty();
    }

    @Test
    final void a_host_that_holds_a_room_which_has_got_another_owner_is_refused() {
        TestHost former = TestHost.named(registry, "a").joined();
        RoomId room =
                registry.rooms().create(RoomId.random(), RoomSpec.defaults()).room();
        RoomAssignment old = former.opens(room);
        registry.rooms().release(old, Release.IDLE);
        RoomAssignment current = TestHost.named(registry, "b").joined().opens(room);

        assertThat(hosts.join(holding(former, room, old.epoch()))).isInstanceOf(JoinResult.Refused.class);
        assertThat(registry.rooms().find(room).orElseThrow().assignment()).contains(current);
    }

    @Test
    final void many_heartbeats_at_once_keep_a_lease_until_its_end_and_none_after_it() {
        TestHost host = TestHost.named(registry, "a").joined();
        assertThat(Together.run(THREADS, i -> host.beats())).containsOnly(true);

        registry.letPass(registry.lease().plus(Duration.ofMillis(1)));

        assertThat(Together.run(THREADS, i -> host.beats())).containsOnly(false);
    }

    private static HostRegistration holding(TestHost host, RoomId room, Epoch epoch) {
        HostRegistration plain = host.registration();
        return new HostRegistration(
                plain.host(),
                plain.address(),
                plain.capacity(),
                plain.labels(),
                List.of(new HeldRoom(room, RoomSpec.defaults(), epoch)));
    }

    private Duration age(TestHost host) {
        return snapshot(host).orElseThrow().age();
    }

    private Optional<HostSnapshot> snapshot(TestHost host) {
        return hosts.list().stream()
                .filter(snapshot -> snapshot.host().equals(host.incarnation()))
                .findFirst();
    }
}
