package io.roomrouting.testkit;

import static io.roomrouting.testkit.TestHost.granted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.roomrouting.Claim;
import io.roomrouting.ClaimResult;
import io.roomrouting.Epoch;
import io.roomrouting.HostLoad;
import io.roomrouting.HostSnapshot;
import io.roomrouting.HostState;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomOwnership.Release;
import io.roomrouting.RoomRecord;
import io.roomrouting.RoomRegistry;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link RoomRegistry} does: one owner, growing epochs, and everybody learns the winner. Extend it for yours
 * and add no exception.
 */
public abstract class RoomRegistryContract {

    private static final int THREADS = 8;
    private static final int RACERS = 3;
    private static final int RACES = 800;

    // Set up before each test.
    @SuppressWarnings("NullAway.Init")
    private RegistryUnderTest registry;

    @SuppressWarnings("NullAway.Init")
    private RoomRegistry rooms;

    /** For subclasses. */
    protected RoomRegistryContract() {}

    /**
     * Makes an empty registry that is not settling, with space for at least 2,000 rooms.
     *
     * @return a new registry
     */
    protected abstract RegistryUnderTest createRegistry();

    @BeforeEach
    final void open() {
        registry = createRegistry();
        rooms = registry.rooms();
    }

    @AfterEach
    final void close() {
        registry.close();
    }

    // Rooms that exist

    @Test
    final void a_created_room_is_known_everywhere_and_has_no_owner() {
        RoomId room = RoomId.random();
        RoomSpec spec = RoomSpec.ofType("chess").withRegion("Tokyo").withMaxClients(2);

        RoomRecord created = rooms.create(room, spec);

        assertThat(created).isEqualTo(new RoomRecord(room, spec, Optional.empty()));
        assertThat(rooms.find(room)).contains(created);
        assertThat(registry.elsewhere().rooms().find(room)).contains(created);
    }

    @Test
    final void an_id_is_given_to_one_created_room_only() {
        RoomId room = room();

        assertThatExceptionOfType(RoutingException.InvalidRequest.class)
                .isThrownBy(() -> rooms.create(room, RoomSpec.defaults()));
    }

    @Test
    final void an_unknown_room_is_neither_found_nor_claimed_nor_confirmed() {
        TestHost host = host("a");
        RoomId unknown = RoomId.random();

        assertThat(rooms.find(unknown)).isEmpty();
        assertThat(host.claim(unknown)).isInstanceOf(ClaimResult.NoSuchRoom.class);
        assertThat(rooms.confirm(new RoomAssignment(unknown, host.incarnation(), host.address(), new Epoch(1))))
                .isFalse();
    }

    @Test
    final void ensuring_makes_a_room_once_and_keeps_how_it_was_made() {
        RoomId room = RoomId.of("lobby");

        RoomRecord first = rooms.ensure(room, RoomSpec.ofType("first"));
        RoomRecord second = registry.elsewhere().rooms().ensure(room, RoomSpec.ofType("second"));

        assertThat(first.spec().type()).isEqualTo("first");
        assertThat(second).isEqualTo(first);
    }

    @Test
    final void ensuring_a_room_that_has_an_owner_tells_the_owner() {
        RoomId room = room();
        RoomAssignment owner = host("a").wins(room);

        assertThat(rooms.ensure(room, RoomSpec.defaults()).assignment()).contains(owner);
    }

    @Test
    final void many_who_ensure_a_room_at_once_get_the_same_one() {
        RoomId room = RoomId.of("lobby");

        List<RoomRecord> records = Together.run(THREADS, i -> access(i).ensure(room, RoomSpec.ofType("type-" + i)));

        assertThat(Set.copyOf(records)).hasSize(1);
    }

    // Claims

    @Test
    final void a_claim_makes_the_placed_host_the_owner() {
        TestHost host = host("a");
        RoomId room = room();

        RoomAssignment assignment = host.wins(room);

        assertThat(assignment.room()).isEqualTo(room);
        assertThat(assignment.owner()).isEqualTo(host.incarnation());
        assertThat(assignment.address()).isEqualTo(host.address());
        assertThat(registry.elsewhere().rooms().find(room).orElseThrow().assignment())
                .contains(assignment);
    }

    @Test
    final void who_comes_second_learns_the_owner() {
        RoomId room = room();
        RoomAssignment winner = host("a").wins(room);

        assertThat(host("b").claim(room)).isEqualTo(new ClaimResult.Held(winner));
    }

    @Test
    final void who_comes_second_learns_the_owner_even_for_a_host_that_could_not_have_it() {
        RoomId room = room();
        RoomAssignment winner = host("a").wins(room);

        assertThat(TestHost.named(registry, "dead").claim(room)).isEqualTo(new ClaimResult.Held(winner));
    }

    @Test
    final void claiming_again_for_the_owner_changes_nothing() {
        TestHost host = host("a");
        RoomId room = room();
        RoomAssignment first = host.opens(room);

        assertThat(host.wins(room)).isEqualTo(first);
        assertThat(rooms.confirm(first)).isTrue();
        assertThat(assignedRooms(host)).isEqualTo(1);
    }

    @Test
    final void of_many_claims_at_once_one_wins_and_everybody_learns_it() {
        List<TestHost> hosts = hosts(RACERS);
        List<RoomId> wanted = rooms(RACES);

        List<List<ClaimResult>> races = Together.race(
                RACERS,
                RACES,
                (racer, race) -> access(racer)
                        .claim(new Claim(wanted.get(race), hosts.get(racer).placement())));

        for (int race = 0; race < RACES; race++) {
            RoomAssignment winner =
                    rooms.find(wanted.get(race)).orElseThrow().assignment().orElseThrow();
            assertThat(races.get(race)).containsOnlyOnce(new ClaimResult.Granted(winner));
            assertThat(races.get(race))
                    .filteredOn(end -> !(end instanceof ClaimResult.Granted))
                    .hasSize(RACERS - 1)
                    .containsOnly(new ClaimResult.Held(winner));
        }
    }

    @Test
    final void a_room_never_has_two_owners_while_hosts_come_and_go() {
        RoomId room = room();
        List<TestHost> hosts = hosts(THREADS);
        AtomicReference<Optional<RoomAssignment>> inside = new AtomicReference<>(Optional.empty());
        Set<Epoch> epochs = ConcurrentHashMap.newKeySet();

        List<Integer> wins = Together.run(THREADS, i -> {
            int count = 0;
            for (int turn = 0; turn < 200; turn++) {
                if (access(i).claim(new Claim(room, hosts.get(i).placement())) instanceof ClaimResult.Granted granted
                        && access(i).confirm(granted.assignment())) {
                    Optional<RoomAssignment> mine = Optional.of(granted.assignment());
                    assertThat(inside.compareAndExchange(Optional.empty(), mine))
                            .isEmpty();
                    assertThat(epochs.add(granted.assignment().epoch())).isTrue();
                    inside.set(Optional.empty());
                    access(i).release(granted.assignment(), Release.IDLE);
                    count++;
                }
            }
            return count;
        });

        assertThat(wins.stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(epochs.size())
                .isPositive();
    }

    @Test
    final void a_host_without_a_lease_gets_nothing() {
        TestHost never = TestHost.named(registry, "never");
        TestHost left = host("left");
        registry.hosts().leave(left.incarnation());
        RoomId room = room();

        assertThat(never.claim(room)).isEqualTo(new ClaimResult.HostRefused(ClaimResult.Refusal.DEAD));
        assertThat(left.claim(room)).isEqualTo(new ClaimResult.HostRefused(ClaimResult.Refusal.DEAD));
        assertThat(rooms.find(room).orElseThrow().assignment()).isEmpty();
    }

    @Test
    final void a_draining_host_gets_nothing_new_and_keeps_what_it_has() {
        TestHost host = host("a");
        RoomId old = room();
        RoomAssignment kept = host.opens(old);

        registry.hosts().mark(host.incarnation(), HostState.DRAINING);

        assertThat(host.claim(room())).isEqualTo(new ClaimResult.HostRefused(ClaimResult.Refusal.DRAINING));
        assertThat(rooms.find(old).orElseThrow().assignment()).contains(kept);
        assertThat(rooms.confirm(kept)).isTrue();
    }

    @Test
    final void a_host_that_no_longer_drains_gets_rooms_again() {
        TestHost host = host("a");
        registry.hosts().mark(host.incarnation(), HostState.DRAINING);
        registry.hosts().mark(host.incarnation(), HostState.ACTIVE);

        host.wins(room());
    }

    @Test
    final void a_full_host_gets_nothing_until_it_gives_a_room_back() {
        TestHost host = TestHost.withRooms(registry, "small", 2).joined();
        RoomAssignment first = host.opens(room());
        host.opens(room());
        RoomId third = room();

        assertThat(host.claim(third)).isEqualTo(new ClaimResult.HostRefused(ClaimResult.Refusal.FULL));

        rooms.release(first, Release.IDLE);
        host.wins(third);
    }

    @Test
    final void claims_at_once_never_exceed_a_hosts_capacity() {
        List<TestHost> hosts = IntStream.range(0, RACES / 4)
                .mapToObj(i -> TestHost.withRooms(registry, "small-" + i, 1).joined())
                .toList();
        List<List<RoomId>> wanted =
                Stream.generate(() -> rooms(RACERS)).limit(hosts.size()).toList();

        List<List<ClaimResult>> races = Together.race(
                RACERS,
                hosts.size(),
                (racer, race) -> access(racer)
                        .claim(new Claim(
                                wanted.get(race).get(racer), hosts.get(race).placement())));

        for (List<ClaimResult> race : races) {
            assertThat(race)
                    .filteredOn(end -> end instanceof ClaimResult.Granted)
                    .hasSize(1);
            assertThat(race)
                    .filteredOn(end -> !(end instanceof ClaimResult.Granted))
                    .containsOnly(new ClaimResult.HostRefused(ClaimResult.Refusal.FULL));
        }
        assertThat(registry.hosts().list())
                .extracting(HostSnapshot::assignedRooms)
                .containsOnly(1);
    }

    // Capacity in connections

    @Test
    final void a_host_that_is_full_in_connections_gets_nothing_until_it_reports_fewer() {
        TestHost host = TestHost.withConnections(registry, "small", 10).joined();
        RoomId room = room();
        assertThat(host.reports(new HostLoad(1, 10))).isTrue();

        assertThat(host.claim(room)).isEqualTo(new ClaimResult.HostRefused(ClaimResult.Refusal.FULL));

        assertThat(host.reports(new HostLoad(1, 9))).isTrue();
        host.wins(room);
    }

    @Test
    final void each_claim_counts_as_a_connection_until_the_next_report() {
        TestHost host = TestHost.withConnections(registry, "small", 3).joined();
        host.wins(room());
        host.opens(room());
        host.wins(room());
        RoomId fourth = room();
        assertThat(host.claim(fourth)).isEqualTo(new ClaimResult.HostRefused(ClaimResult.Refusal.FULL));

        assertThat(host.reports(new HostLoad(3, 2))).isTrue();

        host.wins(fourth);
        assertThat(host.claim(room())).isEqualTo(new ClaimResult.HostRefused(ClaimResult.Refusal.FULL));
    }

    @Test
    final void claiming_again_for_the_owner_expects_nobody_else() {
        TestHost host = TestHost.withConnections(registry, "small", 2).joined();
        RoomId room = room();
        RoomAssignment first = host.wins(room);
        assertThat(host.wins(room)).isEqualTo(first);
        assertThat(host.wins(room)).isEqualTo(first);

        host.wins(room());

        assertThat(host.wins(room)).isEqualTo(first);
    }

    @Test
    final void claims_that_are_not_granted_expect_nobody() {
        TestHost host = TestHost.withConnections(registry, "small", 1).joined();
        RoomId taken = room();
        RoomAssignment owner = host("a").wins(taken);
        assertThat(host.claim(taken)).isEqualTo(new ClaimResult.Held(owner));
        assertThat(host.claim(RoomId.random())).isInstanceOf(ClaimResult.NoSuchRoom.class);

        host.wins(room());
    }

    @Test
    final void claims_at_once_never_exceed_a_hosts_connections() {
        TestHost host = TestHost.withConnections(registry, "small", 50).joined();
        List<RoomId> wanted = rooms(RACERS * 40);

        List<List<ClaimResult>> races = Together.race(
                RACERS,
                40,
                (racer, race) -> access(racer).claim(new Claim(wanted.get(race * RACERS + racer), host.placement())));

        assertThat(races.stream().flatMap(List::stream).filter(end -> end instanceof ClaimResult.Granted))
                .hasSize(50);
        assertThat(races.stream().flatMap(List::stream).filter(end -> !(end instanceof ClaimResult.Granted)))
                .containsOnly(new ClaimResult.HostRefused(ClaimResult.Refusal.FULL));
    }

    @Test
    final void a_provided_placement_neither_needs_nor_takes_a_connection_of_a_host_that_has_joined() {
        TestHost host = TestHost.withConnections(registry, "small", 1).joined();
        granted(host.claim(room(), registry.lease()));
        host.wins(room());

        granted(host.claim(room(), registry.lease()));
    }

    // Epochs

    @Test
    final void every_new_ownership_of_a_room_has_a_larger_epoch() {
        RoomId room = room();
        RoomAssignment before = host("a").opens(room);
        TestHost next = host("b");
        for (int i = 0; i < 5; i++) {
            rooms.release(before, Release.IDLE);
            RoomAssignment after = (i % 2 == 0 ? next : host("c")).opens(room);
            assertThat(after.epoch().isNewerThan(before.epoch())).isTrue();
            before = after;
        }
    }

    @Test
    final void epochs_go_on_growing_when_a_closed_room_is_made_again() {
        RoomId room = room();
        TestHost host = host("a");
        RoomAssignment before = host.opens(room);
        rooms.release(before, Release.CLOSED);

        rooms.ensure(room, RoomSpec.defaults());

        assertThat(host.wins(room).epoch().isNewerThan(before.epoch())).isTrue();
        assertThat(rooms.confirm(before)).isFalse();
    }

    // Release

    @Test
    final void a_room_released_as_idle_stays_known_without_an_owner() {
        RoomId room = room();
        RoomAssignment assignment = host("a").opens(room);

        rooms.release(assignment, Release.IDLE);

        assertThat(rooms.find(room).orElseThrow().assignment()).isEmpty();
        assertThat(rooms.confirm(assignment)).isFalse();
    }

    @Test
    final void a_room_released_as_closed_is_forgotten() {
        RoomId room = room();
        TestHost host = host("a");
        RoomAssignment assignment = host.opens(room);

        rooms.release(assignment, Release.CLOSED);

        assertThat(rooms.find(room)).isEmpty();
        assertThat(host.claim(room)).isInstanceOf(ClaimResult.NoSuchRoom.class);
        assertThat(assignedRooms(host)).isZero();
    }

    @Test
    final void releasing_twice_frees_one_place() {
        TestHost host = host("a");
        RoomAssignment first = host.opens(room());
        host.opens(room());

        rooms.release(first, Release.IDLE);
        rooms.release(first, Release.IDLE);

        assertThat(assignedRooms(host)).isEqualTo(1);
    }

    @Test
    final void a_late_release_is_harmless() {
        RoomId room = room();
        TestHost first = host("a");
        TestHost second = host("b");
        RoomAssignment old = first.opens(room);
        rooms.release(old, Release.IDLE);
        RoomAssignment current = second.opens(room);

        rooms.release(old, Release.CLOSED);
        rooms.release(old, Release.IDLE);

        assertThat(rooms.find(room).orElseThrow().assignment()).contains(current);
        assertThat(rooms.confirm(current)).isTrue();
    }

    @Test
    final void a_late_release_is_harmless_to_a_later_ownership_of_the_same_host() {
        RoomId room = room();
        TestHost host = host("a");
        RoomAssignment old = host.opens(room);
        rooms.release(old, Release.IDLE);
        RoomAssignment current = host.opens(room);

        rooms.release(old, Release.CLOSED);

        assertThat(rooms.find(room).orElseThrow().assignment()).contains(current);
    }

    @Test
    final void a_release_that_names_another_owner_of_the_same_epoch_is_harmless() {
        RoomId room = room();
        RoomAssignment current = host("a").opens(room);
        TestHost other = host("b");

        rooms.release(new RoomAssignment(room, other.incarnation(), other.address(), current.epoch()), Release.CLOSED);

        assertThat(rooms.find(room).orElseThrow().assignment()).contains(current);
    }

    // Confirmation

    @Test
    final void only_the_newest_assignment_is_confirmed() {
        RoomId room = room();
        TestHost first = host("a");
        TestHost second = host("b");
        RoomAssignment old = first.wins(room);
        rooms.release(old, Release.IDLE);
        RoomAssignment current = second.wins(room);

        assertThat(rooms.confirm(current)).isTrue();
        assertThat(registry.elsewhere().rooms().confirm(current)).isTrue();
        assertThat(rooms.confirm(old)).isFalse();
        assertThat(rooms.confirm(new RoomAssignment(room, first.incarnation(), first.address(), current.epoch())))
                .isFalse();
    }

    // The end of a lease

    @Test
    final void a_host_that_is_not_heard_of_loses_its_rooms() {
        RoomId room = room();
        TestHost dead = host("a");
        RoomAssignment old = dead.opens(room);

        registry.letPass(registry.lease());
        TestHost next = host("b");

        assertThat(rooms.find(room).orElseThrow().assignment()).isEmpty();
        assertThat(rooms.confirm(old)).isFalse();
        RoomAssignment current = next.wins(room);
        assertThat(current.epoch().isNewerThan(old.epoch())).isTrue();
        rooms.release(old, Release.CLOSED);
        assertThat(rooms.find(room).orElseThrow().assignment()).contains(current);
    }

    @Test
    final void a_host_that_is_heard_of_keeps_its_rooms() {
        RoomId room = room();
        TestHost host = host("a");
        RoomAssignment assignment = host.opens(room);

        for (int i = 0; i < 4; i++) {
            registry.letPass(registry.lease().dividedBy(2));
            assertThat(host.beats()).isTrue();
        }

        assertThat(rooms.find(room).orElseThrow().assignment()).contains(assignment);
        assertThat(host("b").claim(room)).isEqualTo(new ClaimResult.Held(assignment));
    }

    @Test
    final void a_host_that_leaves_gives_its_rooms_up_at_once() {
        RoomId room = room();
        TestHost host = host("a");
        RoomAssignment old = host.opens(room);

        registry.hosts().leave(host.incarnation());

        assertThat(rooms.find(room).orElseThrow().assignment()).isEmpty();
        assertThat(rooms.confirm(old)).isFalse();
        assertThat(host("b").wins(room).epoch().isNewerThan(old.epoch())).isTrue();
    }

    @Test
    final void nothing_of_a_former_life_belongs_to_the_next() {
        RoomId room = room();
        TestHost former = host("a");
        RoomAssignment old = former.opens(room);
        registry.hosts().leave(former.incarnation());

        TestHost later = former.reborn().joined();

        assertThat(rooms.find(room).orElseThrow().assignment()).isEmpty();
        assertThat(rooms.confirm(old)).isFalse();
        assertThat(later.wins(room).epoch().isNewerThan(old.epoch())).isTrue();
    }

    // Claims that nobody used

    @Test
    final void a_claim_that_is_never_confirmed_lapses() {
        TestHost host = TestHost.withRooms(registry, "small", 1).joined();
        RoomId room = room();
        RoomAssignment unused = host.wins(room);

        letPassWithHeartbeats(registry.unconfirmedClaimLife(), host);

        assertThat(rooms.find(room).orElseThrow().assignment()).isEmpty();
        assertThat(host.wins(room()).epoch().isNewerThan(unused.epoch())).isTrue();
    }

    @Test
    final void a_confirmed_claim_does_not_lapse() {
        TestHost host = host("a");
        RoomId room = room();
        RoomAssignment used = host.opens(room);

        letPassWithHeartbeats(registry.unconfirmedClaimLife(), host);

        assertThat(rooms.find(room).orElseThrow().assignment()).contains(used);
        assertThat(host("b").claim(room)).isEqualTo(new ClaimResult.Held(used));
    }

    @Test
    final void a_late_confirmation_revives_a_claim_that_is_still_the_newest() {
        TestHost host = host("a");
        RoomId room = room();
        RoomAssignment late = host.wins(room);
        letPassWithHeartbeats(registry.unconfirmedClaimLife(), host);
        assertThat(assignedRooms(host)).isZero();

        assertThat(rooms.confirm(late)).isTrue();

        assertThat(rooms.find(room).orElseThrow().assignment()).contains(late);
        assertThat(host("b").claim(room)).isEqualTo(new ClaimResult.Held(late));
        assertThat(assignedRooms(host)).isEqualTo(1);
    }

    @Test
    final void a_late_confirmation_comes_too_late_once_the_room_has_another_owner() {
        TestHost host = host("a");
        RoomId room = room();
        RoomAssignment late = host.wins(room);
        letPassWithHeartbeats(registry.unconfirmedClaimLife(), host);
        RoomAssignment current = host("b").wins(room);

        assertThat(rooms.confirm(late)).isFalse();
        assertThat(rooms.find(room).orElseThrow().assignment()).contains(current);
    }

    @Test
    final void a_late_confirmation_does_not_exceed_the_hosts_capacity() {
        TestHost host = TestHost.withRooms(registry, "small", 1).joined();
        RoomAssignment late = host.wins(room());
        letPassWithHeartbeats(registry.unconfirmedClaimLife(), host);
        host.opens(room());

        assertThat(rooms.confirm(late)).isFalse();
        assertThat(assignedRooms(host)).isEqualTo(1);
    }

    // Hosts that a provider keeps

    @Test
    final void a_provided_placement_needs_no_lease_and_ends_by_its_own_validity() {
        Duration validity = registry.lease().multipliedBy(2);
        TestHost provided = TestHost.named(registry, "process-1");
        RoomId room = room();

        RoomAssignment assignment = granted(provided.claim(room, validity));
        assertThat(rooms.confirm(assignment)).isTrue();
        registry.letPass(registry.lease());
        assertThat(rooms.find(room).orElseThrow().assignment()).contains(assignment);

        registry.letPass(registry.lease());
        assertThat(rooms.find(room).orElseThrow().assignment()).isEmpty();
        TestHost other = TestHost.named(registry, "process-2");
        assertThat(granted(other.claim(room, validity)).epoch().isNewerThan(assignment.epoch()))
                .isTrue();
    }

    @Test
    final void a_provided_placement_is_extended_under_the_same_epoch() {
        TestHost provided = TestHost.named(registry, "process-1");
        Duration validity = registry.lease().multipliedBy(2);
        RoomId room = room();
        RoomAssignment assignment = granted(provided.claim(room, validity));

        registry.letPass(registry.lease());
        assertThat(granted(provided.claim(room, validity))).isEqualTo(assignment);
        registry.letPass(registry.lease());
        assertThat(rooms.find(room).orElseThrow().assignment()).contains(assignment);

        registry.letPass(validity);
        assertThat(rooms.find(room).orElseThrow().assignment()).isEmpty();
        assertThat(granted(provided.claim(room, validity))).isEqualTo(assignment);
    }

    @Test
    final void a_provided_placement_is_not_taken_away_while_it_is_valid() {
        TestHost provided = TestHost.named(registry, "process-1");
        RoomId room = room();
        RoomAssignment assignment = granted(provided.claim(room, registry.lease()));

        assertThat(TestHost.named(registry, "process-2").claim(room, registry.lease()))
                .isEqualTo(new ClaimResult.Held(assignment));
        assertThat(host("a").claim(room)).isEqualTo(new ClaimResult.Held(assignment));
    }

    // Rooms that expire

    @Test
    final void a_room_that_never_had_an_owner_is_forgotten() {
        RoomId room = room();
        registry.letPass(registry.roomRetention());

        assertThat(rooms.find(room)).isEmpty();
        assertThat(host("a").claim(room)).isInstanceOf(ClaimResult.NoSuchRoom.class);
    }

    @Test
    final void a_room_is_forgotten_a_while_after_its_owner_gave_it_back() {
        RoomId room = room();
        TestHost host = host("a");
        RoomAssignment assignment = host.opens(room);
        letPassWithHeartbeats(registry.roomRetention().dividedBy(2), host);
        rooms.release(assignment, Release.IDLE);

        registry.letPass(registry.roomRetention().dividedBy(2));
        assertThat(rooms.find(room)).isPresent();
        registry.letPass(registry.roomRetention().dividedBy(2));
        assertThat(rooms.find(room)).isEmpty();
    }

    @Test
    final void a_room_is_forgotten_a_while_after_its_owner_died() {
        RoomId room = room();
        host("a").opens(room);

        registry.letPass(registry.roomRetention());
        assertThat(rooms.find(room)).isPresent();
        registry.letPass(registry.lease());
        assertThat(rooms.find(room)).isEmpty();
    }

    @Test
    final void a_room_whose_owner_lives_is_not_forgotten() {
        RoomId room = room();
        TestHost host = host("a");
        RoomAssignment assignment = host.opens(room);

        letPassWithHeartbeats(registry.roomRetention().multipliedBy(2), host);

        assertThat(rooms.find(room).orElseThrow().assignment()).contains(assignment);
    }

    @Test
    final void a_forgotten_room_can_be_made_again_with_larger_epochs() {
        RoomId room = room();
        TestHost host = host("a");
        RoomAssignment before = host.opens(room);
        rooms.release(before, Release.IDLE);
        letPassWithHeartbeats(registry.roomRetention(), host);

        RoomRecord again = rooms.ensure(room, RoomSpec.ofType("again"));

        assertThat(again.spec().type()).isEqualTo("again");
        assertThat(host.wins(room).epoch().isNewerThan(before.epoch())).isTrue();
    }

    private RoomId room() {
        return rooms.create(RoomId.random(), RoomSpec.defaults()).room();
    }

    private List<RoomId> rooms(int count) {
        return Stream.generate(this::room).limit(count).toList();
    }

    private TestHost host(String name) {
        return TestHost.named(registry, name).joined();
    }

    private List<TestHost> hosts(int count) {
        AtomicInteger number = new AtomicInteger();
        return Stream.generate(() -> host("host-" + number.incrementAndGet()))
                .limit(count)
                .toList();
    }

    /** Half of the callers are in another process, if there is one. */
    private RoomRegistry access(int caller) {
        return caller % 2 == 0 ? rooms : registry.elsewhere().rooms();
    }

    private int assignedRooms(TestHost host) {
        return registry.hosts().list().stream()
                .filter(snapshot -> snapshot.host().equals(host.incarnation()))
                .mapToInt(HostSnapshot::assignedRooms)
                .findFirst()
                .orElseThrow();
    }

    private void letPassWithHeartbeats(Duration duration, TestHost host) {
        Duration step = registry.lease().dividedBy(2);
        Duration left = duration;
        while (left.compareTo(Duration.ZERO) > 0) {
            Duration next = left.compareTo(step) < 0 ? left : step;
            registry.letPass(next);
            assertThat(host.beats()).isTrue();
            left = left.minus(next);
        }
    }
}
