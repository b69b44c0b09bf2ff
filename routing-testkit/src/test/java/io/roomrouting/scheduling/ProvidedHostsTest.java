package io.roomrouting.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.Claim;
import io.roomrouting.ClaimResult;
import io.roomrouting.Epoch;
import io.roomrouting.HeldRoom;
import io.roomrouting.HostAddress;
import io.roomrouting.HostState;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.Placement;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomOwnership.Release;
import io.roomrouting.RoomRecord;
import io.roomrouting.RoomSpec;
import io.roomrouting.testkit.ManualTime;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProvidedHostsTest {

    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final Duration VALIDITY = Duration.ofSeconds(10);
    private static final HostAddress NOBODY = new HostAddress("nobody", 8000, false);

    private final ManualTime time = ManualTime.create();
    private final ModelNetwork network = new ModelNetwork(time);
    private final ModelHost host = network.host("a");
    private final InMemoryRegistry registry =
            InMemoryRegistry.builder().time(time).lease(LEASE).settleTime(LEASE).build();
    private final ProvidedHosts hosts = ProvidedHosts.start(registry, network, time, new CallerRuns());

    @AfterEach
    void stop() {
        hosts.close();
    }

    @Test
    void a_host_is_named_once_it_has_its_lease() {
        assertThat(hosts.at(host.address)).isEmpty();

        time.advance(INTERVAL);

        assertThat(host.serves()).isTrue();
        assertThat(hosts.at(host.address)).contains(host.life);
    }

    @Test
    void a_host_is_found_when_it_begins_to_answer_later() {
        assertThat(hosts.at(new HostAddress("late", 8000, false))).isEmpty();
        ModelHost late = network.host("late");

        time.advance(INTERVAL.multipliedBy(2));

        assertThat(hosts.at(late.address)).contains(late.life);
    }

    @Test
    void a_host_that_has_been_silent_for_a_lease_is_not_named() {
        join();
        network.fate = ModelNetwork.Fate.Lost::new;

        time.advance(LEASE.minusMillis(1));
        assertThat(hosts.at(host.address)).contains(host.life);
        time.advance(INTERVAL);
        assertThat(hosts.at(host.address)).isEmpty();
    }

    @Test
    void an_address_where_nobody_answers_is_forgotten_after_a_while_unless_somebody_asks_for_it() {
        int[] probes = {0};
        ProvidedHosts counting = ProvidedHosts.start(
                registry,
                (address, request, timeout) -> {
                    probes[0]++;
                    return network.probe(address, request, timeout);
                },
                time,
                new CallerRuns());
        counting.at(NOBODY);
        time.advance(LEASE.multipliedBy(3));
        counting.at(NOBODY);
        time.advance(LEASE.multipliedBy(3));
        int wanted = probes[0];
        time.advance(LEASE.multipliedBy(3));
        int forgotten = probes[0];
        time.advance(LEASE.multipliedBy(3));

        assertThat(wanted).isGreaterThanOrEqualTo(90 * 2);
        assertThat(probes[0]).isEqualTo(forgotten);
        counting.at(NOBODY);
        assertThat(probes[0]).isEqualTo(forgotten + 1);
    }

    @Test
    void a_host_that_lives_is_asked_for_ever_though_nobody_wants_it() {
        join();

        time.advance(LEASE.multipliedBy(100));

        assertThat(host.serves()).isTrue();
    }

    @Test
    void what_a_host_gives_back_is_placed_anew() {
        join();
        RoomId room = registry.create(RoomId.of("lobby"), RoomSpec.defaults()).room();
        RoomAssignment first = claimed(room);
        host.release(1, first, Release.IDLE);
        time.advance(INTERVAL);

        assertThat(registry.find(room).flatMap(RoomRecord::assignment)).isEmpty();
        assertThat(claimed(room).epoch().isNewerThan(first.epoch())).isTrue();
    }

    @Test
    void a_host_that_drains_keeps_what_it_has_and_gets_nothing_new() {
        join();
        RoomId old = registry.create(RoomId.of("old"), RoomSpec.defaults()).room();
        RoomId fresh = registry.create(RoomId.of("fresh"), RoomSpec.defaults()).room();
        RoomAssignment first = claimed(old);
        host.state = HostState.DRAINING;
        time.advance(VALIDITY);

        assertThat(claimed(old)).isEqualTo(first);
        assertThat(registry.claim(new Claim(fresh, placement())))
                .isEqualTo(new ClaimResult.HostRefused(ClaimResult.Refusal.DRAINING));
    }

    @Test
    void a_host_whose_lease_has_ended_gets_nothing() {
        join();
        RoomId room = registry.create(RoomId.of("lobby"), RoomSpec.defaults()).room();
        network.fate = ModelNetwork.Fate.Lost::new;
        time.advance(LEASE);

        assertThat(registry.claim(new Claim(room, placement())))
                .isEqualTo(new ClaimResult.HostRefused(ClaimResult.Refusal.DEAD));
    }

    @Test
    void a_registry_that_has_restarted_learns_the_rooms_of_a_host_that_is_asked_while_it_settles() {
        RoomId room = RoomId.of("lobby");
        host.held.add(new HeldRoom(room, RoomSpec.defaults(), new Epoch(7)));

        join();

        assertThat(registry.find(room).flatMap(RoomRecord::assignment))
                .contains(new RoomAssignment(room, host.life, host.address, new Epoch(7)));
    }

    private void join() {
        hosts.at(host.address);
        time.advance(INTERVAL);
    }

    private RoomAssignment claimed(RoomId room) {
        ClaimResult result = registry.claim(new Claim(room, placement()));
        assertThat(result).isInstanceOf(ClaimResult.Granted.class);
        return ((ClaimResult.Granted) result).assignment();
    }

    private Placement placement() {
        return new Placement(host.life, host.address, Optional.of(VALIDITY), "the provider says so");
    }
}
