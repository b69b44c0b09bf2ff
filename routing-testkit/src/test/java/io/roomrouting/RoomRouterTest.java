package io.roomrouting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roomrouting.RoomAuthorizer.Action;
import io.roomrouting.RoomOwnership.Release;
import io.roomrouting.scheduling.LocalScheduler;
import io.roomrouting.testkit.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RoomRouterTest {

    private static final Identity ALICE = Identity.of("alice");
    private static final Identity BOB = Identity.of("bob");

    private final ManualTime time = ManualTime.create();
    private final InMemoryRegistry registry =
            InMemoryRegistry.builder().time(time).build();
    private final RecordingListener heard = new RecordingListener();
    private final AtomicInteger tickets = new AtomicInteger();
    private final List<String> asked = new ArrayList<>();

    // Creating

    @Test
    void creates_a_room_on_a_host_and_gives_a_ticket_for_it() {
        HostSnapshot host = host("a");

        Route route = router().create(ALICE, RoomSpec.ofType("chess"));

        assertThat(route.room().value()).hasSize(22);
        assertThat(route.address()).isEqualTo(host.address());
        assertThat(route.ticket()).isEqualTo("alice@" + route.room() + " 1");
        assertThat(route.expiresAt()).isEqualTo(time.now().plusSeconds(60));
        RoomRecord room = registry.find(route.room()).orElseThrow();
        assertThat(room.spec().type()).isEqualTo("chess");
        assertThat(heard.placed).containsExactly(room.assignment().orElseThrow());
        assertThat(heard.reasons.get(0)).contains("least-loaded");
    }

    @Test
    void creates_nothing_for_whom_may_not_create() {
        host("a");
        RoomRouter router = builder()
                .authorizer((identity, action, room) -> {
                    asked.add(identity.user() + " " + action);
                    throw RoutingException.forbidden("no rooms for you");
                })
                .build();

        assertThatExceptionOfType(RoutingException.Forbidden.class)
                .isThrownBy(() -> router.create(ALICE, RoomSpec.defaults()));
        assertThat(asked).containsExactly("alice CREATE");
        assertThat(registry.list().get(0).assignedRooms()).isZero();
    }

    @Test
    void asks_for_the_right_to_create_only_when_creating() {
        host("a");

        router().create(ALICE, RoomSpec.defaults());

        assertThat(asked).containsExactly("alice CREATE");
    }

    // Finding

    @Test
    void leads_everybody_to_the_same_host_with_a_ticket_of_their_own() {
        host("a");
        host("b");
        RoomRouter router = router();
        Route created = router.create(ALICE, RoomSpec.defaults());

        Route alice = router.find(created.room(), ALICE);
        Route bob = router.find(created.room(), BOB);

        assertThat(List.of(alice.address(), bob.address())).containsOnly(created.address());
        assertThat(alice.ticket()).startsWith("alice@");
        assertThat(bob.ticket()).startsWith("bob@");
        assertThat(heard.placed).hasSize(1);
        assertThat(asked).containsExactly("alice CREATE", "alice JOIN", "bob JOIN");
    }

    @Test
    void says_that_an_unknown_room_is_not_found() {
        host("a");

        RoutingException.RoomRefused refusal = catchThrowableOfType(
                RoutingException.RoomRefused.class, () -> router().find(RoomId.of("nowhere"), ALICE));

        assertThat(refusal.code()).isEqualTo(ErrorCode.ROOM_NOT_FOUND);
        assertThat(refusal.retryAfter()).isEmpty();
    }

    @Test
    void tells_whom_may_not_join_nothing_about_the_room() {
        RoomRouter router = builder()
                .authorizer((identity, action, room) -> {
                    throw RoutingException.forbidden("not your room");
                })
                .build();

        assertThatExceptionOfType(RoutingException.Forbidden.class)
                .isThrownBy(() -> router.find(RoomId.of("nowhere"), ALICE));
    }

    @Test
    void places_a_room_again_when_its_owner_has_died() {
        HostSnapshot first = host("a");
        RoomRouter router = router();
        Route created = router.create(ALICE, RoomSpec.defaults());
        registry.leave(first.host());
        HostSnapshot second = host("b");

        Route again = router.find(created.room(), ALICE);

        assertThat(again.address()).isEqualTo(second.address());
        assertThat(heard.placed.get(1).epoch().isNewerThan(heard.placed.get(0).epoch()))
                .isTrue();
    }

    @Test
    void does_not_find_a_room_that_was_closed_or_has_expired() {
        host("a");
        RoomRouter router = router();
        Route closed = router.create(ALICE, RoomSpec.defaults());
        registry.release(heard.placed.get(0), Release.CLOSED);
        Route forgotten = router.create(ALICE, RoomSpec.defaults());
        registry.leave(heard.placed.get(1).owner());
        time.advance(Duration.ofHours(1));

        assertCode(ErrorCode.ROOM_NOT_FOUND, () -> router.find(closed.room(), ALICE));
        assertCode(ErrorCode.ROOM_NOT_FOUND, () -> router.find(forgotten.room(), ALICE));
    }

    @Test
    void a_room_that_is_closed_while_it_is_placed_is_not_found() {
        HostSnapshot host = host("a");
        RoomId room = registry.create(RoomId.random(), RoomSpec.defaults()).room();
        RoomRouter router = builder()
                .scheduler(request -> {
                    Placement placement = placement(host);
                    closeBehindItsBack(room, placement);
                    return placement;
                })
                .build();

        assertCode(ErrorCode.ROOM_NOT_FOUND, () -> router.find(room, ALICE));
    }

    // Finding or starting

    @Test
    void starts_an_unknown_room_and_keeps_a_known_one() {
        host("a");
        RoomRouter router = router();
        RoomId lobby = RoomId.of("lobby");

        Route started = router.findOrStart(lobby, RoomSpec.ofType("first"), ALICE);
        Route found = router.findOrStart(lobby, RoomSpec.ofType("second"), BOB);

        assertThat(found.address()).isEqualTo(started.address());
        assertThat(registry.find(lobby).orElseThrow().spec().type()).isEqualTo("first");
        assertThat(asked).containsExactly("alice JOIN", "alice CREATE", "bob JOIN");
    }

    @Test
    void starts_a_room_again_that_was_closed() {
        host("a");
        RoomRouter router = router();
        RoomId lobby = RoomId.of("lobby");
        router.findOrStart(lobby, RoomSpec.defaults(), ALICE);
        registry.release(heard.placed.get(0), Release.CLOSED);

        router.findOrStart(lobby, RoomSpec.defaults(), ALICE);

        assertThat(heard.placed).hasSize(2);
    }

    @Test
    void starts_a_room_anew_that_is_closed_while_it_is_placed() {
        HostSnapshot host = host("a");
        RoomId lobby = RoomId.of("lobby");
        AtomicInteger calls = new AtomicInteger();
        RoomRouter router = builder()
                .scheduler(request -> {
                    Placement placement = placement(host);
                    if (calls.getAndIncrement() == 0) {
                        closeBehindItsBack(lobby, placement);
                    }
                    return placement;
                })
                .build();

        assertThat(router.findOrStart(lobby, RoomSpec.defaults(), ALICE).room()).isEqualTo(lobby);
        assertThat(calls).hasValue(2);
    }

    @Test
    void starts_nothing_for_whom_may_only_join() {
        host("a");
        RoomRouter router = builder()
                .authorizer((identity, action, room) -> {
                    if (action == Action.CREATE) {
                        throw RoutingException.forbidden("ask a teacher");
                    }
                })
                .build();
        RoomId lobby = RoomId.of("lobby");

        assertThatExceptionOfType(RoutingException.Forbidden.class)
                .isThrownBy(() -> router.findOrStart(lobby, RoomSpec.defaults(), ALICE));
        assertThat(registry.find(lobby)).isEmpty();

        registry.ensure(lobby, RoomSpec.defaults());
        assertThat(router.findOrStart(lobby, RoomSpec.defaults(), ALICE).room()).isEqualTo(lobby);
    }

    // Hosts that refuse, rivals, and what is out of reach

    @Test
    void tries_the_next_host_when_one_refuses() {
        HostSnapshot draining = host("a");
        HostSnapshot good = host("b");
        registry.mark(draining.host(), HostState.DRAINING);
        List<PlacementRequest> requests = new ArrayList<>();
        RoomRouter router = builder()
                .scheduler(request -> {
                    requests.add(request);
                    return placement(request.excluded().isEmpty() ? draining : good);
                })
                .build();

        Route route = router.create(ALICE, RoomSpec.defaults());

        assertThat(route.address()).isEqualTo(good.address());
        assertThat(heard.refusals).containsExactly(ClaimResult.Refusal.DRAINING);
        assertThat(requests.get(1).excluded()).containsExactly(draining.host());
    }

    @Test
    void gives_up_after_a_number_of_refusals() {
        HostSnapshot draining = host("a");
        registry.mark(draining.host(), HostState.DRAINING);
        AtomicInteger calls = new AtomicInteger();
        RoomRouter router = builder()
                .maxPlacementAttempts(3)
                .scheduler(request -> {
                    calls.incrementAndGet();
                    return placement(draining);
                })
                .build();

        assertCode(ErrorCode.NO_CAPACITY, () -> router.create(ALICE, RoomSpec.defaults()));
        assertThat(calls).hasValue(3);
    }

    @Test
    void tries_no_further_host_when_its_time_is_over() {
        HostSnapshot draining = host("a");
        registry.mark(draining.host(), HostState.DRAINING);
        AtomicInteger calls = new AtomicInteger();
        RoomRouter router = builder()
                .placementTimeout(Duration.ofSeconds(10))
                .scheduler(request -> {
                    calls.incrementAndGet();
                    time.advance(Duration.ofSeconds(6));
                    return placement(draining);
                })
                .build();

        assertCode(ErrorCode.NO_CAPACITY, () -> router.create(ALICE, RoomSpec.defaults()));
        assertThat(calls).hasValue(2);
    }

    @Test
    void gives_the_scheduler_the_time_that_is_left() {
        HostSnapshot host = host("a");
        List<Duration> left = new ArrayList<>();
        RoomRouter router = builder()
                .placementTimeout(Duration.ofSeconds(7))
                .scheduler(request -> {
                    left.add(request.deadline().remaining());
                    return placement(host);
                })
                .build();

        router.create(ALICE, RoomSpec.defaults());

        assertThat(left).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void uses_the_host_of_a_rival_who_was_first() {
        HostSnapshot mine = host("a");
        HostSnapshot rivals = host("b");
        RoomRouter router = builder()
                .scheduler(request -> {
                    registry.claim(new Claim(request.room(), placement(rivals)));
                    return placement(mine);
                })
                .build();

        Route route = router.create(ALICE, RoomSpec.defaults());

        assertThat(route.address()).isEqualTo(rivals.address());
        assertThat(heard.placed).isEmpty();
        assertThat(heard.lost).hasSize(1);
    }

    @Test
    void says_when_no_host_can_take_the_room() {
        assertCode(ErrorCode.NO_CAPACITY, () -> router().create(ALICE, RoomSpec.defaults()));
        assertThat(heard.failures).containsExactly(ErrorCode.NO_CAPACITY);
    }

    @Test
    void says_when_the_registry_does_not_know_yet() {
        InMemoryRegistry settling = InMemoryRegistry.builder()
                .time(time)
                .settleTime(Duration.ofSeconds(15))
                .build();
        RoomRouter router = builder().registry(settling).build();
        RoomId room = RoomId.of("lobby");

        assertCode(ErrorCode.REGISTRY_UNAVAILABLE, () -> router.find(room, ALICE));
        assertCode(ErrorCode.REGISTRY_UNAVAILABLE, () -> router.findOrStart(room, RoomSpec.defaults(), ALICE));
    }

    @Test
    void a_listener_that_throws_changes_nothing() {
        host("a");
        RoutingListener broken = new RoutingListener() {
            @Override
            public void roomPlaced(RoomAssignment assignment, String reason) {
                throw new IllegalStateException("broken listener");
            }
        };

        assertThat(builder()
                        .listener(broken)
                        .build()
                        .create(ALICE, RoomSpec.defaults())
                        .room())
                .isNotNull();
    }

    @Test
    void a_fault_of_a_seam_reaches_the_caller_as_it_is() {
        IllegalStateException fault = new IllegalStateException("broken scheduler");
        RoomRouter router = builder()
                .scheduler(request -> {
                    throw fault;
                })
                .build();

        assertThatIllegalStateException()
                .isThrownBy(() -> router.create(ALICE, RoomSpec.defaults()))
                .isSameAs(fault);
    }

    @Test
    void passes_tokens_to_the_authenticator() {
        assertThat(router().authenticate("alice's token")).isEqualTo(ALICE);
        assertThatExceptionOfType(RoutingException.Unauthenticated.class)
                .isThrownBy(() -> router().authenticate("forged"));
    }

    @Test
    void a_thousand_rooms_are_spread_evenly() {
        host("a");
        host("b");
        RoomRouter router = router();

        for (int i = 0; i < 1_000; i++) {
            router.create(ALICE, RoomSpec.defaults());
        }

        assertThat(registry.list()).extracting(HostSnapshot::assignedRooms).containsExactly(500, 500);
    }

    // Settings

    @Test
    void may_block_if_any_of_its_parts_may() {
        Authenticator quick = new Authenticator() {
            @Override
            public Identity authenticate(String token) {
                return ALICE;
            }

            @Override
            public boolean mayBlock() {
                return false;
            }
        };
        RoomRouterBuilder none = builder().authenticator(quick).authorizer(RoomAuthorizer.anyone());

        assertThat(none.build().mayBlock()).isFalse();
        assertThat(none.authorizer((identity, action, room) -> {}).build().mayBlock())
                .isTrue();
        assertThat(builder().authorizer(RoomAuthorizer.anyone()).build().mayBlock())
                .isTrue();
        assertThat(none.authorizer(RoomAuthorizer.anyone())
                        .scheduler(request -> placement(host("a")))
                        .build()
                        .mayBlock())
                .isTrue();
    }

    @Test
    void refuses_settings_that_are_missing_or_out_of_bounds() {
        assertThatIllegalStateException()
                .isThrownBy(() -> RoomRouter.builder().build())
                .withMessageContaining("authenticator");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().placementTimeout(Duration.ZERO).build())
                .withMessageContaining("placementTimeout = PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().maxPlacementAttempts(0).build())
                .withMessageContaining("maxPlacementAttempts = 0");
    }

    private static void assertCode(ErrorCode code, ThrowingCallable call) {
        RoutingException refusal = catchThrowableOfType(RoutingException.class, call);
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.retryAfter().isPresent()).isEqualTo(refusal instanceof RoutingException.Unavailable);
    }

    private RoomRouter router() {
        return builder().build();
    }

    private RoomRouterBuilder builder() {
        return RoomRouter.builder()
                .authenticator(token -> {
                    if (token.equals("alice's token")) {
                        return ALICE;
                    }
                    throw RoutingException.unauthenticated("not a token");
                })
                .authorizer((identity, action, room) -> asked.add(identity.user() + " " + action))
                .registry(registry)
                .scheduler(new LocalScheduler(registry))
                .ticketIssuer((identity, assignment, spec, seat, correlation) -> new IssuedTicket(
                        identity.user() + "@" + assignment.room() + " " + tickets.incrementAndGet(),
                        time.now().plusSeconds(60)))
                .time(time)
                .listener(heard);
    }

    private HostSnapshot host(String name) {
        HostIncarnation host = HostIncarnation.next(HostId.of(name));
        HostAddress address = new HostAddress(name, 8000, false);
        HostCapacity capacity = new HostCapacity(1_000, 1_000);
        registry.join(new HostRegistration(host, address, capacity, Map.of(), List.of()));
        return new HostSnapshot(
                host, address, HostState.ACTIVE, capacity, HostLoad.NONE, 0, 0, Duration.ZERO, Map.of());
    }

    private static Placement placement(HostSnapshot host) {
        return new Placement(host.host(), host.address(), Optional.empty(), "because");
    }

    private void closeBehindItsBack(RoomId room, Placement placement) {
        ClaimResult result = registry.claim(new Claim(room, placement));
        registry.release(((ClaimResult.Granted) result).assignment(), Release.CLOSED);
    }
}
