package io.roomrouting.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomrouting.Claim;
import io.roomrouting.ClaimResult;
import io.roomrouting.Epoch;
import io.roomrouting.HeldRoom;
import io.roomrouting.HostAddress;
import io.roomrouting.HostIncarnation;
import io.roomrouting.HostLoad;
import io.roomrouting.HostSnapshot;
import io.roomrouting.HostState;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.Placement;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomOwnership.Release;
import io.roomrouting.RoomRecord;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import io.roomrouting.spi.ProbeRequest;
import io.roomrouting.testkit.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StaticHostsTest {

    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final ManualTime time = ManualTime.create();
    private final ModelNetwork network = new ModelNetwork(time);
    private final ModelHost host = network.host("a");
    private final InMemoryRegistry registry = registry();
    private Optional<StaticHosts> probing = Optional.empty();

    @AfterEach
    void stop() {
        probing.ifPresent(StaticHosts::close);
    }

    @Test
    void brings_every_host_into_the_registry_and_ends_the_settling() {
        ModelHost other = network.host("b");

        probe(host, other);

        assertThat(registry.isSettling()).isFalse();
        assertThat(registry.list()).extracting(HostSnapshot::host).containsExactlyInAnyOrder(host.life, other.life);
        assertThat(snapshot().orElseThrow().address()).isEqualTo(host.address);
        assertThat(snapshot().orElseThrow().region()).contains("Tokyo");
    }

    @Test
    void settles_until_the_last_host_has_answered() {
        RoomId unknown = RoomId.of("unknown");
        HostAddress later = new HostAddress("later", 8000, false);
        probing = Optional.of(
                builder(registry).hosts(List.of(host.address, later)).start(new CallerRuns()));

        assertThat(registry.isSettling()).isTrue();
        assertThatThrownBy(() -> registry.find(unknown)).isInstanceOf(RoutingException.Unavailable.class);

        network.host("later");
        time.advance(INTERVAL);
        assertThat(registry.isSettling()).isFalse();
        assertThat(registry.find(unknown)).isEmpty();
    }

    @Test
    void settles_no_longer_than_the_registry_allows_for_a_host_that_is_gone() {
        probing = Optional.of(builder(registry)
                .hosts(List.of(host.address, new HostAddress("gone", 8000, false)))
                .start(new CallerRuns()));

        time.advance(LEASE.minusMillis(1));
        assertThat(registry.isSettling()).isTrue();
        time.advance(Duration.ofMillis(1));
        assertThat(registry.isSettling()).isFalse();
    }

    @Test
    void reports_load_and_draining() {
        probe(host);
        host.load = new HostLoad(3, 70);
        host.state = HostState.DRAINING;
        time.advance(INTERVAL);
        assertThat(snapshot().orElseThrow().load()).isEqualTo(host.load);
        assertThat(snapshot().orElseThrow().state()).isEqualTo(HostState.DRAINING);

        host.state = HostState.ACTIVE;
        time.advance(INTERVAL);
        assertThat(snapshot().orElseThrow().state()).isEqualTo(HostState.ACTIVE);
    }

    @Test
    void asks_a_host_that_drains_more_often() {
        probe(host);
        host.state = HostState.DRAINING;
        time.advance(INTERVAL);
        int before = host.probes.size();

        time.advance(Duration.ofSeconds(1));
        assertThat(host.probes.size() - before).isEqualTo(5);

        host.state = HostState.ACTIVE;
        time.advance(Duration.ofMillis(200));
        int after = host.probes.size();
        time.advance(INTERVAL.multipliedBy(3));
        assertThat(host.probes.size() - after).isEqualTo(3);
    }

    @Test
    void a_host_takes_no_rooms_before_it_has_its_lease() {
        probe(host);
        assertThat(snapshot().orElseThrow().state()).isEqualTo(HostState.DRAINING);

        time.advance(Duration.ZERO);

        assertThat(host.serves()).isTrue();
        assertThat(snapshot().orElseThrow().state()).isEqualTo(HostState.ACTIVE);
    }

    @Test
    void hears_soon_of_what_a_draining_host_releases() {
        probe(host);
        RoomAssignment room = open(host.life);
        host.state = HostState.DRAINING;
        time.advance(INTERVAL);
        host.release(1, room, Release.IDLE);

        time.advance(Duration.ofMillis(200));

        assertThat(registry.find(room.room()).orElseThrow().assignment()).isEmpty();
    }

    @Test
    void does_not_hurry_with_a_draining_host_that_has_gone() {
        probe(host);
        host.state = HostState.DRAINING;
        time.advance(INTERVAL);
        int[] attempts = {0};
        network.fate = () -> {
            attempts[0]++;
            return new ModelNetwork.Fate.Lost();
        };

        time.advance(INTERVAL.multipliedBy(5));

        assertThat(attempts[0]).isLessThanOrEqualTo(6);
    }

    @Test
    void never_asks_less_often_than_told_because_a_host_drains() {
        probing = Optional.of(builder(registry)
                .hosts(List.of(host.address))
                .interval(Duration.ofMillis(50))
                .start(new CallerRuns()));
        host.state = HostState.DRAINING;
        time.advance(Duration.ofMillis(100));
        int before = host.probes.size();

        time.advance(Duration.ofSeconds(1));

        assertThat(host.probes.size() - before).isEqualTo(20);
    }

    @Test
    void what_an_operator_has_marked_stays_while_the_host_says_nothing_new() {
        probe(host);
        registry.mark(host.life, HostState.DRAINING);

        time.advance(INTERVAL.multipliedBy(3));

        assertThat(snapshot().orElseThrow().state()).isEqualTo(HostState.DRAINING);
    }

    @Test
    void keeps_a_host_alive_that_answers_one_probe_in_three() {
        probe(host);
        HostIncarnation life = host.life;
        int[] count = {0};
        network.fate = () -> ++count[0] % 3 == 0 ? new ModelNetwork.Fate.Arrives() : new ModelNetwork.Fate.Lost();

        time.advance(Duration.ofMinutes(5));

        assertThat(host.life).isEqualTo(life);
        assertThat(snapshot()).isPresent();
        assertThat(host.serves()).isTrue();
    }

    @Test
    void a_host_that_serves_without_a_lease_is_told_when_its_life_is_over() {
        host.outlivesSilence = true;
        probe(host);
        time.advance(INTERVAL);
        HostIncarnation life = host.life;
        network.fate = ModelNetwork.Fate.Lost::new;
        time.advance(LEASE.plus(INTERVAL));
        assertThat(host.life).isEqualTo(life);

        network.fate = ModelNetwork.Fate.Arrives::new;
        time.advance(INTERVAL.multipliedBy(3));

        assertThat(host.probes).extracting(ProbeRequest::refused).contains(Optional.of(life));
        assertThat(host.life).isNotEqualTo(life);
        time.advance(INTERVAL.multipliedBy(2));
        assertThat(snapshot()).isPresent();
        assertThat(host.probes.get(host.probes.size() - 1).refused()).isEmpty();
    }

    @Test
    void a_dead_host_is_gone_a_lease_after_its_last_reply() {
        probe(host);
        network.fate = ModelNetwork.Fate.Lost::new;

        time.advance(LEASE.minusMillis(1));
        assertThat(snapshot()).isPresent();
        time.advance(Duration.ofMillis(1));
        assertThat(snapshot()).isEmpty();
    }

    @Test
    void a_probe_that_was_answered_into_the_void_still_counts() {
        probe(host);
        network.fate = () -> new ModelNetwork.Fate.ReplyLost(Duration.ZERO);

        while (host.serves()) {
            assertThat(snapshot()).isPresent();
            time.advance(Duration.ofMillis(100));
        }

        time.advance(LEASE);
        assertThat(snapshot()).isEmpty();
    }

    @Test
    void a_host_that_was_cut_off_comes_back_as_a_new_life() {
        probe(host);
        HostIncarnation former = host.life;
        RoomAssignment lost = open(former);
        network.fate = ModelNetwork.Fate.Lost::new;
        time.advance(LEASE.multipliedBy(2));
        network.fate = ModelNetwork.Fate.Arrives::new;

        time.advance(INTERVAL.multipliedBy(2));

        assertThat(host.life).isNotEqualTo(former);
        assertThat(registry.list()).extracting(HostSnapshot::host).containsExactly(host.life);
        assertThat(registry.find(lost.room()).orElseThrow().assignment()).isEmpty();
    }

    @Test
    void a_host_whose_backend_was_paused_right_after_it_joined_comes_back_as_a_new_life() {
        probe(host);
        HostIncarnation former = host.life;
        assertThat(host.serves()).isFalse();
        network.fate = ModelNetwork.Fate.Lost::new;
        time.advance(LEASE.plusSeconds(1));
        network.fate = ModelNetwork.Fate.Arrives::new;

        time.advance(INTERVAL.multipliedBy(3));

        assertThat(host.life).isNotEqualTo(former);
        assertThat(registry.list()).extracting(HostSnapshot::host).containsExactly(host.life);
    }

    @Test
    void a_host_that_restarts_gives_up_its_former_rooms_at_once() {
        probe(host);
        time.advance(INTERVAL);
        HostIncarnation former = host.life;
        RoomAssignment lost = open(former);

        host.restart();
        time.advance(INTERVAL);

        assertThat(registry.list()).extracting(HostSnapshot::host).containsExactly(host.life);
        assertThat(registry.find(lost.room()).orElseThrow().assignment()).isEmpty();
    }

    @Test
    void another_host_at_the_same_address_does_not_end_the_lease_of_the_first() {
        probe(host);
        time.advance(INTERVAL);
        HostIncarnation first = host.life;

        host.life = network.host("other").life;
        time.advance(INTERVAL);

        assertThat(registry.list()).extracting(HostSnapshot::host).containsExactlyInAnyOrder(first, host.life);
    }

    @Test
    void works_every_release_in_once_even_if_replies_are_lost() {
        probe(host);
        RoomAssignment first = open(host.life);
        RoomAssignment second = open(host.life);
        host.release(1, first, Release.IDLE);
        host.release(2, second, Release.CLOSED);
        network.fate = () -> new ModelNetwork.Fate.ReplyLost(Duration.ZERO);
        time.advance(INTERVAL);
        assertThat(registry.find(first.room()).orElseThrow().assignment()).isPresent();

        network.fate = ModelNetwork.Fate.Arrives::new;
        time.advance(INTERVAL);

        assertThat(registry.find(first.room()).orElseThrow().assignment()).isEmpty();
        assertThat(registry.find(second.room())).isEmpty();
        time.advance(INTERVAL);
        assertThat(host.releases).isEmpty();
    }

    @Test
    void claims_that_were_never_used_are_taken_back_and_used_ones_stay() {
        probe(host);
        RoomAssignment used = open(host.life);
        RoomAssignment unused = claim(host.life);
        assertThat(registry.find(unused.room()).orElseThrow().assignment()).contains(unused);

        time.advance(Duration.ofSeconds(119));
        assertThat(registry.find(unused.room()).orElseThrow().assignment()).contains(unused);
        RoomAssignment young = claim(host.life);
        time.advance(Duration.ofSeconds(40));

        assertThat(host.closedUpTo)
                .isBetween(unused.epoch().value(), young.epoch().value() - 1);
        assertThat(registry.find(unused.room()).orElseThrow().assignment()).isEmpty();
        assertThat(registry.find(used.room()).orElseThrow().assignment()).contains(used);
        assertThat(registry.find(young.room()).orElseThrow().assignment()).contains(young);
        assertThat(snapshot().orElseThrow().assignedRooms()).isEqualTo(2);
    }

    @Test
    void a_restarted_backend_takes_over_the_rooms_that_hosts_hold() {
        probe(host);
        time.advance(INTERVAL);
        RoomAssignment kept = open(host.life);
        host.newestEpoch = kept.epoch().value();
        probing.orElseThrow().close();

        InMemoryRegistry next = registry();
        StaticHosts again = builder(next).hosts(List.of(host.address)).start(new CallerRuns());
        assertThat(next.isSettling()).isTrue();
        time.advance(LEASE.minusSeconds(1));

        assertThat(next.isSettling()).isFalse();
        assertThat(host.serves()).isTrue();
        assertThat(next.find(kept.room()).orElseThrow().assignment()).contains(kept);
        again.close();
    }

    @Test
    void a_restarted_backend_lets_no_host_open_rooms_that_it_does_not_know() {
        probe(host);
        RoomAssignment unopened = claim(host.life);
        probing.orElseThrow().close();
        time.advance(Duration.ofMillis(1));

        InMemoryRegistry next = registry();
        StaticHosts again = builder(next).hosts(List.of(host.address)).start(new CallerRuns());
        time.advance(LEASE.multipliedBy(2));

        assertThat(next.isSettling()).isFalse();
        assertThat(host.closedUpTo).isGreaterThanOrEqualTo(unopened.epoch().value());
        again.close();
    }

    @Test
    void epochs_grow_beyond_all_that_hosts_have_seen() {
        host.newestEpoch = registry.newestEpoch() + 1_000_000;

        probe(host);

        assertThat(claim(host.life).epoch().value()).isGreaterThan(host.newestEpoch);
    }

    @Test
    void a_second_backend_is_refused_until_the_host_is_free() {
        probe(host);
        time.advance(INTERVAL);
        HostIncarnation served = host.life;
        InMemoryRegistry second = registry();
        StaticHosts rival = builder(second).hosts(List.of(host.address)).start(new CallerRuns());

        time.advance(Duration.ofMinutes(1));
        assertThat(registry.list()).extracting(HostSnapshot::host).containsExactly(served);
        assertThat(second.list()).isEmpty();

        probing.orElseThrow().close();
        time.advance(Duration.ofMinutes(1));
        assertThat(second.list()).extracting(HostSnapshot::host).containsExactly(host.life);
        rival.close();
    }

    @Test
    void a_host_that_holds_rooms_of_nobody_knows_whom_gets_no_lease() {
        InMemoryRegistry settled = registry();
        StaticHosts late = builder(settled).hosts(List.of(host.address)).start(new CallerRuns());
        late.close();
        time.advance(LEASE);
        host.held.add(new HeldRoom(RoomId.of("stray"), RoomSpec.defaults(), new Epoch(9)));
        host.restart();
        host.held.add(new HeldRoom(RoomId.of("stray"), RoomSpec.defaults(), new Epoch(9)));
        StaticHost first = new StaticHost(host.address, settled, "registry", time);

        assertThat(first.replied(first.nextProbe(), host.onProbe(first.nextProbe())))
                .isFalse();

        assertThat(first.nextProbe().stamp()).isEmpty();
        assertThat(settled.find(RoomId.of("stray"))).isEmpty();
    }

    @Test
    void a_prober_that_fails_unexpectedly_is_asked_again() {
        int[] calls = {0};
        probing = Optional.of(StaticHosts.builder(registry, (address, request, timeout) -> {
                    calls[0]++;
                    throw new IllegalStateException("broken prober");
                })
                .time(time)
                .interval(INTERVAL)
                .hosts(List.of(host.address))
                .start(new CallerRuns()));

        time.advance(INTERVAL.multipliedBy(2));

        assertThat(calls[0]).isEqualTo(3);
    }

    @Test
    void nobody_is_asked_after_the_end() {
        probe(host);
        probing.orElseThrow().close();
        int before = host.probes.size();

        time.advance(LEASE);

        assertThat(host.probes).hasSize(before);
        assertThat(time.pendingTimers()).isZero();
    }

    @Test
    void a_list_needs_hosts_that_differ_and_a_registry_that_settles() {
        StaticHostsBuilder twice = builder(registry).hosts(List.of(host.address, host.address));
        StaticHostsBuilder none = builder(registry);
        StaticHostsBuilder settled =
                builder(InMemoryRegistry.builder().time(time).build()).hosts(List.of(host.address));

        assertThatIllegalArgumentException().isThrownBy(twice::start).withMessageContaining("twice");
        assertThatIllegalArgumentException().isThrownBy(none::start).withMessageContaining("hosts = 0");
        assertThatIllegalStateException().isThrownBy(settled::start).withMessageContaining("settle time");
    }

    /** Whatever happens to probes, while a host believes in its lease the registry grants it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void no_host_believes_in_more_than_the_registry_grants(long seed) {
        Random random = new Random(seed);
        List<ModelHost> hosts = Stream.of("b", "c", "d").map(network::host).toList();
        network.fate = () -> randomFate(random);
        probe(hosts.toArray(ModelHost[]::new));
        int believers = 0;

        for (int step = 0; step < 5_000; step++) {
            time.advance(Duration.ofMillis(random.nextInt(200)));
            List<HostIncarnation> granted =
                    registry.list().stream().map(HostSnapshot::host).toList();
            for (ModelHost each : hosts) {
                if (each.serves()) {
                    believers++;
                    assertThat(granted).as("seed %d step %d", seed, step).contains(each.life);
                }
            }
            if (random.nextInt(500) == 0) {
                hosts.get(random.nextInt(hosts.size())).restart();
            }
        }

        assertThat(believers).isGreaterThan(500);
    }

    private static ModelNetwork.Fate randomFate(Random random) {
        int dice = random.nextInt(10);
        if (dice < 3) {
            return new ModelNetwork.Fate.Arrives();
        }
        return dice < 6
                ? new ModelNetwork.Fate.Lost()
                : new ModelNetwork.Fate.ReplyLost(Duration.ofMillis(random.nextInt(25_000)));
    }

    private InMemoryRegistry registry() {
        return InMemoryRegistry.builder().time(time).settleTime(LEASE).build();
    }

    private StaticHostsBuilder builder(InMemoryRegistry of) {
        return StaticHosts.builder(of, network).time(time).interval(INTERVAL);
    }

    private void probe(ModelHost... hosts) {
        List<HostAddress> list = Stream.of(hosts).map(each -> each.address).toList();
        probing = Optional.of(builder(registry).hosts(list).start(new CallerRuns()));
    }

    private Optional<HostSnapshot> snapshot() {
        return registry.list().stream()
                .filter(snapshot -> snapshot.host().equals(host.life))
                .findFirst();
    }

    private RoomAssignment claim(HostIncarnation owner) {
        // A new host takes rooms once it has taken its second probe, which follows at once.
        time.advance(Duration.ZERO);
        RoomRecord room = registry.create(RoomId.random(), RoomSpec.defaults());
        Placement placement = new Placement(owner, host.address, Optional.empty(), "for a test");
        ClaimResult result = registry.claim(new Claim(room.room(), placement));
        return ((ClaimResult.Granted) result).assignment();
    }

    private RoomAssignment open(HostIncarnation owner) {
        RoomAssignment assignment = claim(owner);
        host.held.add(new HeldRoom(assignment.room(), RoomSpec.defaults(), assignment.epoch()));
        return assignment;
    }
}
