package io.roomrouting.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.roomrouting.Epoch;
import io.roomrouting.ErrorCode;
import io.roomrouting.JoinResult;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomOwnership.Release;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoomVisibility;
import io.roomrouting.RoutingException;
import io.roomrouting.SeatWish;
import io.roomrouting.UserId;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** What is over goes away, and nothing else. */
class HousekeepingTest {

    private static final RoomId ROOM = RoomId.of("lobby");
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Duration RETENTION = Duration.ofHours(1);
    private static final RoomSpec LISTED =
            RoomSpec.ofType("chess").withMaxClients(4).withVisibility(RoomVisibility.PUBLIC);

    private final RedisDatabase database = Engine.OLDEST.emptyDatabase();
    private final RedisRegistry registry = registry(1_000_000);
    private final Housekeeping housekeeping = new Housekeeping(new RegistryScripts(database, Duration.ZERO, RETENTION));

    @AfterEach
    void close() {
        database.close();
    }

    private RedisRegistry registry(int maxRooms) {
        return RedisRegistry.builder(database)
                .lease(LEASE)
                .roomRetention(RETENTION)
                .settleTime(Duration.ZERO)
                .maxRooms(maxRooms)
                .build();
    }

    @Test
    void nothing_is_left_of_a_room_and_its_host_when_all_their_times_have_passed() {
        RoomHost host = RoomHost.named("a").joined(registry);
        registry.ensure(ROOM, LISTED);
        host.opened(registry, ROOM);
        registry.reserve(ROOM, SeatWish.of(UserId.of("alice"), Duration.ofMinutes(1)));
        Engine.OLDEST.letPass(LEASE);
        tidyUp();
        assertThat(registry.find(ROOM)).isPresent();
        assertThat(keys()).contains("room:lobby", "past").doesNotContain("leases", "hosts", "names");

        Engine.OLDEST.letPass(RETENTION);
        tidyUp();
        assertThat(keys()).containsExactly("meta", "past");

        Engine.OLDEST.letPass(Duration.ofDays(1));
        tidyUp();
        assertThat(keys()).containsExactly("meta");
    }

    @Test
    void nothing_is_left_of_rooms_that_were_closed_or_never_opened() {
        RoomHost host = RoomHost.named("a").joined(registry);
        registry.ensure(ROOM, LISTED);
        RoomAssignment owner = host.opened(registry, ROOM);
        registry.reserve(ROOM, SeatWish.of(UserId.of("alice"), Duration.ofMinutes(1)));
        registry.release(owner, Release.CLOSED);
        registry.ensure(RoomId.of("never"), LISTED);
        RoomId claimed = registry.create(RoomId.random(), LISTED).room();
        host.claimed(registry, claimed);
        registry.leave(host.incarnation());
        Engine.OLDEST.letPass(RETENTION.plusMinutes(2));

        tidyUp();

        assertThat(keys()).containsExactly("meta", "past");
    }

    @Test
    void open_rooms_are_left_alone_however_long_they_are_open() {
        RoomHost host = RoomHost.named("a").joined(registry);
        RoomAssignment owner = host.opened(registry, ROOM);
        for (int i = 0; i < 30; i++) {
            Engine.OLDEST.letPass(LEASE.minusSeconds(1));
            assertThat(host.beats(registry)).isTrue();
        }

        tidyUp();

        assertThat(registry.find(ROOM).orElseThrow().assignment()).contains(owner);
        assertThat(registry.confirm(owner)).isTrue();
    }

    @Test
    void more_rooms_than_one_look_takes_are_removed_in_one_turn() {
        for (int i = 0; i < 450; i++) {
            registry.ensure(RoomId.of("room-" + i), RoomSpec.defaults());
        }
        Engine.OLDEST.letPass(RETENTION);

        tidyUp();

        assertThat(keys()).containsExactly("meta");
    }

    @Test
    void the_end_of_a_room_counts_from_the_end_of_its_owners_lease_although_that_is_forgotten_first() {
        RedisRegistry patient = RedisRegistry.builder(database)
                .lease(LEASE)
                .roomRetention(Duration.ofDays(10))
                .settleTime(Duration.ZERO)
                .build();
        Housekeeping patiently = new Housekeeping(new RegistryScripts(database, Duration.ZERO, Duration.ofDays(10)));
        RoomHost.named("a").joined(patient).opened(patient, ROOM);
        for (int day = 0; day < 9; day++) {
            Engine.OLDEST.letPass(Duration.ofDays(1));
            patiently.tidyUp(Duration.ZERO);
        }

        assertThat(keys()).doesNotContain("past");
        assertThat(patient.find(ROOM)).isPresent();
        Engine.OLDEST.letPass(Duration.ofDays(1).plus(LEASE));
        assertThat(patient.find(ROOM)).isEmpty();
    }

    @Test
    void a_room_that_was_open_for_long_stays_known_for_its_whole_time_after_its_host_has_left() {
        RoomHost host = RoomHost.named("a").joined(registry);
        host.opened(registry, ROOM);
        for (int i = 0; i < 20; i++) {
            Engine.OLDEST.letPass(LEASE.minusSeconds(1));
            assertThat(host.beats(registry)).isTrue();
        }
        registry.leave(host.incarnation());
        Engine.OLDEST.letPass(RETENTION.minusMinutes(1));

        assertThat(registry.find(ROOM)).isPresent();
        Engine.OLDEST.letPass(Duration.ofMinutes(1));
        assertThat(registry.find(ROOM)).isEmpty();
    }

    @Test
    void a_room_that_is_asked_for_again_stays_known_for_its_whole_time() {
        registry.ensure(ROOM, RoomSpec.defaults());
        Engine.OLDEST.letPass(RETENTION.dividedBy(2));
        registry.ensure(ROOM, RoomSpec.defaults());
        Engine.OLDEST.letPass(RETENTION.dividedBy(2));
        tidyUp();

        assertThat(registry.find(ROOM)).isPresent();
    }

    @Test
    void states_and_fences_are_forgotten_when_nobody_has_used_them_for_long() {
        RedisRoomStateStore states = RedisRoomStateStore.in(database).keepFor(Duration.ofDays(2));
        states.save(ROOM, new Epoch(2), 1, new byte[1]);
        states.load(RoomId.of("loaded"), new Epoch(2));
        states.delete(RoomId.of("deleted"), new Epoch(2));
        Engine.OLDEST.letPass(Duration.ofDays(1));
        states.load(ROOM, new Epoch(2));
        Engine.OLDEST.letPass(Duration.ofDays(1).plusMinutes(1));

        assertThat(keys()).containsExactly("state:lobby");
        assertThat(states.save(ROOM, new Epoch(1), 1, new byte[1])).isFalse();
        Engine.OLDEST.letPass(Duration.ofDays(1));
        assertThat(keys()).isEmpty();
    }

    @Test
    void one_of_all_processes_does_it() {
        registry.ensure(ROOM, RoomSpec.defaults());
        Engine.OLDEST.letPass(RETENTION);
        tidyUp();
        registry.ensure(ROOM, RoomSpec.defaults());
        Engine.OLDEST.letPass(RETENTION.minus(Housekeeping.INTERVAL).plusSeconds(1));

        housekeeping.tidyUp(RETENTION);

        assertThat(keys()).contains("room:lobby");
    }

    @Test
    void a_life_that_is_over_is_remembered_for_a_day() {
        RoomHost host = RoomHost.named("a").joined(registry);
        Engine.OLDEST.letPass(LEASE.plusHours(23));
        tidyUp();

        assertThat(host.join(registry)).isInstanceOf(JoinResult.Refused.class);
    }

    @Test
    void a_full_registry_takes_no_more_rooms_but_knows_those_that_it_has() {
        RedisRegistry small = registry(2);
        small.ensure(ROOM, RoomSpec.defaults());
        small.create(RoomId.random(), RoomSpec.defaults());

        assertThatExceptionOfType(RoutingException.Unavailable.class)
                .isThrownBy(() -> small.create(RoomId.random(), RoomSpec.defaults()))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.OVERLOADED));
        assertThat(small.ensure(ROOM, RoomSpec.defaults()).room()).isEqualTo(ROOM);
    }

    private void tidyUp() {
        housekeeping.tidyUp(Duration.ZERO);
    }

    private static Set<String> keys() {
        try (Jedis admin = Engine.OLDEST.server().admin()) {
            Set<String> names = new TreeSet<>();
            admin.keys("*").forEach(key -> names.add(key.replace("{rooms}:", "")));
            return names;
        }
    }
}
