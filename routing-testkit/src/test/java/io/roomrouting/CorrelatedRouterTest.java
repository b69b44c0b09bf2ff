package io.roomrouting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.roomrouting.scheduling.LocalScheduler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** A look-up with a name. */
class CorrelatedRouterTest {

    private static final CorrelationId ID = new CorrelationId("look-up.1");
    private static final Identity ALICE = Identity.of("alice");
    private static final RoomId ROOM = RoomId.of("room");

    private final InMemoryRegistry registry = InMemoryRegistry.create();
    private final LocalScheduler scheduler = new LocalScheduler(registry);

    /** Who was at work, and under which name. */
    private final List<String> seen = new ArrayList<>();

    /** The names that went into tickets. */
    private final List<Optional<CorrelationId>> issued = new ArrayList<>();

    private final RoomRouter router = RoomRouter.builder()
            .authenticator(token -> {
                see("authenticator");
                return Identity.of(token);
            })
            .authorizer((identity, action, room) -> see(action.toString()))
            .registry(registry)
            .scheduler(request -> {
                see("scheduler");
                return scheduler.place(request);
            })
            .ticketIssuer((identity, assignment, spec, seat, correlation) -> {
                see("issuer");
                issued.add(correlation);
                return new IssuedTicket("ticket", Instant.EPOCH);
            })
            .listener(new RoutingListener() {
                @Override
                public void roomPlaced(RoomAssignment assignment, String reason) {
                    see("listener");
                }
            })
            .build();

    @BeforeEach
    void joinHost() {
        registry.join(new HostRegistration(
                HostIncarnation.next(HostId.of("a")),
                new HostAddress("a", 8000, false),
                new HostCapacity(10, 10),
                Map.of(),
                List.of()));
    }

    @AfterEach
    void forget() {
        MDC.clear();
    }

    private void see(String who) {
        seen.add(who + " " + CorrelationId.current().map(CorrelationId::value).orElse("-"));
    }

    @Test
    void is_told_by_everybody_who_works_on_it_and_stands_in_the_ticket() {
        RoomRouter named = router.correlated(ID);

        named.findOrStart(ROOM, RoomSpec.defaults(), named.authenticate("alice"));

        assertThat(seen)
                .containsExactly(
                        "authenticator look-up.1",
                        "JOIN look-up.1",
                        "CREATE look-up.1",
                        "scheduler look-up.1",
                        "listener look-up.1",
                        "issuer look-up.1");
        assertThat(issued).containsExactly(Optional.of(ID));
        assertThat(CorrelationId.current()).isEmpty();
    }

    @Test
    void every_way_into_a_room_takes_the_name_along() {
        RoomRouter named = router.correlated(ID);

        named.create(ALICE, RoomSpec.defaults());
        named.findOrStart(ROOM, RoomSpec.defaults(), ALICE);
        named.find(ROOM, ALICE);

        assertThat(issued).hasSize(3).containsOnly(Optional.of(ID));
        assertThat(seen).allMatch(line -> line.endsWith(" look-up.1"));
    }

    @Test
    void shares_its_rooms_with_the_router_that_has_none_and_leaves_that_as_it_was() {
        router.correlated(ID).findOrStart(ROOM, RoomSpec.defaults(), ALICE);
        seen.clear();
        MDC.put(CorrelationId.MDC_KEY, "the.application's");

        router.find(ROOM, ALICE);

        assertThat(issued).containsExactly(Optional.of(ID), Optional.empty());
        assertThat(seen).isNotEmpty();
        assertThat(MDC.get(CorrelationId.MDC_KEY)).isEqualTo("the.application's");
    }

    @Test
    void a_refused_look_up_leaves_nothing_behind() {
        assertThatExceptionOfType(RoutingException.RoomRefused.class)
                .isThrownBy(() -> router.correlated(ID).find(RoomId.of("unknown"), ALICE));

        assertThat(seen).containsExactly("JOIN look-up.1");
        assertThat(CorrelationId.current()).isEmpty();
    }

    @Test
    void the_last_name_counts() {
        router.correlated(new CorrelationId("first")).correlated(ID).create(ALICE, RoomSpec.defaults());

        assertThat(issued).containsExactly(Optional.of(ID));
    }
}
