package io.roomrouting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roomrouting.RoomOwnership.Release;
import io.roomrouting.testkit.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What is special to the registry in memory: restarts, settling, bounds, and hosts that are probed. */
class InMemoryRegistryTest {

    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final RoomId LOBBY = RoomId.of("lobby");

    private final ManualTime time = ManualTime.create();
    private final InMemoryRegistry registry = settled();

    // Restarts

    @Test
    void epochs_go_on_growing_after_a_restart() {
        RoomAssignment before = claim(registry, join(registry, "a"), room(registry));
        time.advance(Duration.ofMillis(1));

        InMemoryRegistry next = settled();

        assertThat(claim(next, join(next, "a"), room(next)).epoch().isNewerThan(before.epoch()))
                .isTrue();
    }

    @Test
    void epochs_grow_beyond_what_hosts_tell_even_if_the_wall_clock_was_set_back() {
        HostIncarnation host = join(registry, "a");
        RoomAssignment before = claim(registry, host, room(registry));
        time.shiftWallClock(Duration.ofDays(-1));

        InMemoryRegistry confirming = settled();
        assertThat(confirming.confirm(before)).isFalse();
        InMemoryRegistry adopting = settling();
        adopting.join(registration(host, held(before)));
        InMemoryRegistry told = settled();
        told.raiseEpochs(before.epoch().value());

        for (InMemoryRegistry next : List.of(confirming, adopting, told)) {
            RoomAssignment after = claim(next, join(next, "b"), room(next));
            assertThat(after.epoch().isNewerThan(before.epoch())).isTrue();
        }
    }

    @Test
    void an_epoch_that_nobody_can_have_given_out_is_refused() {
        assertThatExceptionOfType(RoutingException.InvalidRequest.class)
                .isThrownBy(() -> registry.raiseEpochs(Long.MAX_VALUE));
    }

    // Settling

    @Test
    void while_settling_nothing_is_said_of_unknown_rooms() {
        InMemoryRegistry settling = settling();
        HostIncarnation host = join(settling, "a");
        RoomAssignment unknown = new RoomAssignment(LOBBY, host, address(host), new Epoch(7));

        assertUnavailable(() -> settling.find(LOBBY));
        assertUnavailable(() -> settling.ensure(LOBBY, RoomSpec.defaults()));
        assertUnavailable(() -> settling.claim(new Claim(LOBBY, placement(host))));
        assertUnavailable(() -> settling.confirm(unknown));
        settling.release(unknown, Release.IDLE);
    }

    @Test
    void while_settling_new_rooms_can_be_made_and_used() {
        InMemoryRegistry settling = settling();
        RoomAssignment assignment = claim(settling, join(settling, "a"), room(settling));

        assertThat(settling.confirm(assignment)).isTrue();
        assertThat(settling.find(assignment.room()).orElseThrow().assignment()).contains(assignment);
        assertThat(settling.ensure(assignment.room(), RoomSpec.defaults()).assignment())
                .contains(assignment);
    }

    @Test
    void while_settling_hosts_bring_the_rooms_that_they_hold() {
        HostIncarnation host = join(registry, "a");
        RoomAssignment kept = claim(registry, host, room(registry));
        InMemoryRegistry settling = settling();

        assertThat(settling.join(registration(host, held(kept)))).isEqualTo(new JoinResult.Joined(LEASE));

        RoomRecord record = settling.find(kept.room()).orElseThrow();
        assertThat(record.assignment()).contains(kept);
        assertThat(record.spec().type()).isEqualTo("held");
        assertThat(settling.confirm(kept)).isTrue();
        HostIncarnation other = join(settling, "b");
        assertThat(settling.claim(new Claim(kept.room(), placement(other)))).isEqualTo(new ClaimResult.Held(kept));
        assertThat(assignedRooms(settling, host)).isEqualTo(1);
        time.advance(Duration.ofMinutes(10));
        assertThat(settling.find(kept.room()).orElseThrow().assignment()).isEmpty();
    }

    @Test
    void a_room_that_two_hosts_hold_stays_with_the_first_and_the_second_brings_nothing() {
        HostIncarnation first = HostIncarnation.next(HostId.of("a"));
        HostIncarnation second = HostIncarnation.next(HostId.of("b"));
        RoomAssignment kept = new RoomAssignment(LOBBY, first, address(first), new Epoch(5));
        RoomAssignment rival = new RoomAssignment(LOBBY, second, address(second), new Epoch(6));
        RoomAssignment own = new RoomAssignment(RoomId.of("own"), second, address(second), new Epoch(4));
        InMemoryRegistry settling = settling();
        settling.join(registration(first, held(kept)));

        assertThat(settling.join(registration(second, held(own), held(rival)))).isInstanceOf(JoinResult.Refused.class);

        assertThat(settling.find(LOBBY).orElseThrow().assignment()).contains(kept);
        assertThat(settling.find(own.room()).orElseThrow().assignment()).isEmpty();
        assertThat(settling.list()).extracting(HostSnapshot::host).containsExactly(first);
    }

    @Test
    void settling_ends_after_its_time_or_when_it_is_told_to() {
        InMemoryRegistry byTime = settling();
        InMemoryRegistry early = settling();
        early.endSettling();

        assertThat(early.isSettling()).isFalse();
        assertThat(early.find(LOBBY)).isEmpty();
        time.advance(LEASE.minusNanos(1));
        assertUnavailable(() -> byTime.find(LOBBY));
        time.advance(Duration.ofNanos(1));
        assertThat(byTime.find(LOBBY)).isEmpty();
    }

    @Test
    void after_settling_no_host_brings_rooms_any_more() {
        HostIncarnation host = HostIncarnation.next(HostId.of("a"));
        RoomAssignment stray = new RoomAssignment(LOBBY, host, address(host), new Epoch(5));
        InMemoryRegistry settling = settling();
        time.advance(LEASE);

        assertThat(settling.join(registration(host, held(stray)))).isInstanceOf(JoinResult.Refused.class);
        assertThat(settling.find(LOBBY)).isEmpty();
    }

    // Hosts that are probed

    @Test
    void a_claim_on_a_probed_host_does_not_lapse_by_itself() {
        HostIncarnation host = joinProbed("a");
        RoomAssignment claimed = claim(registry, host, room(registry));

        passWithHeartbeats(host, Duration.ofMinutes(10));

        assertThat(registry.find(claimed.room()).orElseThrow().assignment()).contains(claimed);
        assertThat(registry.unopenedUpTo(host)).isEqualTo(claimed.epoch().value());
    }

    @Test
    void taking_stock_ends_unused_claims_up_to_an_epoch_and_confirms_the_others() {
        HostIncarnation host = joinProbed("a");
        RoomAssignment unused = claim(registry, host, room(registry));
        RoomAssignment used = claim(registry, host, room(registry));
        passWithHeartbeats(host, Duration.ofMinutes(2));
        RoomAssignment young = claim(registry, host, room(registry));
        long upTo = registry.unopenedUpTo(host);

        registry.takeStock(host, upTo, List.of(held(used)));

        assertThat(upTo).isEqualTo(used.epoch().value());
        assertThat(registry.find(unused.room()).orElseThrow().assignment()).isEmpty();
        assertThat(registry.find(used.room()).orElseThrow().assignment()).contains(used);
        assertThat(registry.find(young.room()).orElseThrow().assignment()).contains(young);
        assertThat(registry.unopenedUpTo(host)).isZero();
        assertThat(assignedRooms(registry, host)).isEqualTo(2);
    }

    @Test
    void what_stock_taking_has_ended_is_placed_under_a_new_epoch_and_never_confirmed() {
        HostIncarnation host = joinProbed("a");
        RoomAssignment unused = claim(registry, host, room(registry));
        registry.takeStock(host, unused.epoch().value(), List.of());

        assertThat(registry.confirm(unused)).isFalse();
        assertThat(claim(registry, host, unused.room()).epoch().isNewerThan(unused.epoch()))
                .isTrue();
    }

    // Bounds

    @Test
    void takes_no_more_rooms_than_it_is_allowed_to_until_some_are_gone() {
        InMemoryRegistry small =
                InMemoryRegistry.builder().time(time).maxRooms(100).build();
        HostIncarnation host = join(small, "a");
        RoomAssignment closed = claim(small, host, room(small));
        for (int i = 1; i < 100; i++) {
            room(small);
        }

        RoutingException.Unavailable refusal = catchThrowableOfType(
                RoutingException.Unavailable.class, () -> small.ensure(LOBBY, RoomSpec.defaults()));
        assertThat(refusal.code()).isEqualTo(ErrorCode.OVERLOADED);
        small.release(closed, Release.CLOSED);
        small.ensure(LOBBY, RoomSpec.defaults());
        assertUnavailable(ErrorCode.OVERLOADED, () -> room(small));

        time.advance(Duration.ofHours(1));
        for (int i = 0; i < 100; i++) {
            room(small);
        }
        assertUnavailable(ErrorCode.OVERLOADED, () -> room(small));
    }

    @Test
    void forgets_expired_rooms_in_passing() {
        RoomTable table = new RoomTable(Integer.MAX_VALUE, Duration.ofHours(1));
        for (int i = 0; i < 10_000; i++) {
            table.create(RoomId.random(), RoomSpec.defaults(), time.nanoTime());
        }
        time.advance(Duration.ofHours(1));

        for (int i = 0; i < 5_000; i++) {
            table.create(RoomId.random(), RoomSpec.defaults(), time.nanoTime());
        }

        assertThat(table.size()).isEqualTo(5_000);
    }

    @Test
    void rooms_that_come_and_go_leave_nothing_behind() {
        RoomTable table = new RoomTable(1_000, Duration.ofHours(1));
        HostIncarnation host = HostIncarnation.next(HostId.of("a"));

        for (int i = 0; i < 100_000; i++) {
            RoomId room = table.create(RoomId.random(), RoomSpec.defaults(), time.nanoTime())
                    .room();
            RoomEntry entry = Objects.requireNonNull(table.known(room, time.nanoTime()));
            RoomAssignment assignment = new RoomAssignment(room, host, address(host), new Epoch(i + 1));
            entry.claim(
                    placement(host),
                    spec -> Optional.of(new ProvidedOwnership(assignment, spec, LEASE, null, time.nanoTime())),
                    time.nanoTime());
            assertThat(entry.release(assignment, Release.CLOSED, time.nanoTime()))
                    .isTrue();
            table.remove(entry);
        }

        assertThat(table.size()).isZero();
        assertThat(table.waitingForTheirTurn()).isLessThan(10);
    }

    @Test
    void a_thousand_lives_of_a_host_leave_one_behind() {
        HostIncarnation last = HostIncarnation.next(HostId.of("a"));
        for (int i = 0; i < 1_000; i++) {
            last = join(registry, "a");
            time.advance(LEASE);
        }

        assertThat(registry.list()).isEmpty();
        assertThat(registry.join(registration(last))).isInstanceOf(JoinResult.Refused.class);
    }

    @Test
    void never_waits() {
        assertThat(registry.mayBlock()).isFalse();
    }

    @Test
    void refuses_settings_out_of_bounds() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> InMemoryRegistry.builder().lease(Duration.ZERO).build())
                .withMessageContaining("lease = PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InMemoryRegistry.builder()
                        .settleTime(Duration.ofSeconds(14))
                        .build())
                .withMessageContaining("settleTime = PT14S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InMemoryRegistry.builder().maxRooms(0).build())
                .withMessageContaining("maxRooms = 0");
    }

    private static void assertUnavailable(ThrowingCallable call) {
        assertUnavailable(ErrorCode.REGISTRY_UNAVAILABLE, call);
    }

    private static void assertUnavailable(ErrorCode code, ThrowingCallable call) {
        RoutingException.Unavailable refusal = catchThrowableOfType(RoutingException.Unavailable.class, call);
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.retryAfter().orElseThrow()).isPositive();
    }

    private InMemoryRegistry settled() {
        return InMemoryRegistry.builder().time(time).build();
    }

    private InMemoryRegistry settling() {
        return InMemoryRegistry.builder().time(time).settleTime(LEASE).build();
    }

    private static RoomId room(InMemoryRegistry in) {
        return in.create(RoomId.random(), RoomSpec.defaults()).room();
    }

    private static HostIncarnation join(InMemoryRegistry in, String name) {
        HostIncarnation host = HostIncarnation.next(HostId.of(name));
        assertThat(in.join(registration(host))).isInstanceOf(JoinResult.Joined.class);
        return host;
    }

    private HostIncarnation joinProbed(String name) {
        HostIncarnation host = HostIncarnation.next(HostId.of(name));
        assertThat(registry.joinProbed(registration(host))).isInstanceOf(JoinResult.Joined.class);
        return host;
    }

    private static HostRegistration registration(HostIncarnation host, HeldRoom... held) {
        return new HostRegistration(host, address(host), new HostCapacity(10, 10), Map.of(), List.of(held));
    }

    private static HeldRoom held(RoomAssignment assignment) {
        return new HeldRoom(assignment.room(), RoomSpec.ofType("held"), assignment.epoch());
    }

    private static HostAddress address(HostIncarnation host) {
        return new HostAddress(host.host().value(), 8000, false);
    }

    private static Placement placement(HostIncarnation host) {
        return new Placement(host, address(host), Optional.empty(), "for a test");
    }

    private static RoomAssignment claim(InMemoryRegistry in, HostIncarnation host, RoomId room) {
        return ((ClaimResult.Granted) in.claim(new Claim(room, placement(host)))).assignment();
    }

    private static int assignedRooms(InMemoryRegistry in, HostIncarnation host) {
        return in.list().stream()
                .filter(snapshot -> snapshot.host().equals(host))
                .mapToInt(HostSnapshot::assignedRooms)
                .sum();
    }

    private void passWithHeartbeats(HostIncarnation host, Duration duration) {
        for (Duration passed = Duration.ZERO; passed.compareTo(duration) < 0; passed = passed.plusSeconds(10)) {
            time.advance(Duration.ofSeconds(10));
            registry.heartbeat(host, HostLoad.NONE, HostState.ACTIVE);
        }
    }
}
